"""What the province says of somebody: the personal number, as far as it knows it (kept as the last name)."""

from allauth.idp.oidc.adapter import DefaultOIDCAdapter


class ProvinceAdapter(DefaultOIDCAdapter):
    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
        claims = super().get_claims(purpose, user, client, scopes, email=email, **kwargs)
        return {**claims, **({"personal_number": user.last_name} if user.last_name else {})}
