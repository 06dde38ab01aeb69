"""Who may come in, and what a page may load."""

from datetime import timedelta
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.urls import reverse_lazy

from lms.settings.environment import VAR_DIR, env

SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])  # opens what an earlier key sealed
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    # First: a locked account is asked for no password.
    "axes.backends.AxesStandaloneBackend",
    "lms.people.sign_in.invitations.InvitationBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# The same password typed on a phone (NFC) and on a Mac (NFD) must be the same password.
PASSWORD_HASHERS = ["lms.people.sign_in.hashing.NormalisedPBKDF2PasswordHasher"]
# NIST SP 800-63B-4, 3.1.1: length and a blocklist; no rules of composition, no change by the calendar.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lms.people.sign_in.passwords.LengthValidator"},
    {"NAME": "lms.people.sign_in.passwords.BlocklistValidator"},
]

LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("learn")
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/admin/login/"  # cms.views.admin_door, which leads to LOGIN_URL

# Staff come from the HR import; nobody signs up.
ACCOUNT_ADAPTER = "lms.people.sign_in.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email", "username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "code"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"login": "lms.people.sign_in.forms.SignInForm"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Sông Tiền: "
ACCOUNT_USER_DISPLAY = str  # the name; allauth would greet by the personal number
# axes counts wrong passwords, by account and address. What stays with allauth bounds codes of the second
# factor (key), and floods; a class of forty behind one address signs in within a minute.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,10/300s/key",
    "reset_password": "40/m/ip,5/m/key",
}
# How many reverse proxies of ours stand before the server: so many addresses of X-Forwarded-For are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Five wrong passwords for one account from one address lock it there for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Trying again does not lengthen the wait: the sentence on the page stays true.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "lms.people.sign_in.locking.account_key"
AXES_CLIENT_IP_CALLABLE = "lms.base.addresses.client_address"
AXES_CLIENT_STR_CALLABLE = "lms.people.sign_in.locking.client_words"
AXES_LOCKOUT_CALLABLE = "lms.people.sign_in.locking.locked_page"
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
# axes keeps what was posted: neither a number nor a secret of it.
AXES_SENSITIVE_PARAMETERS = [
    "login",
    "number",
    "code",
    "password",
    "password1",
    "password2",
    "oldpassword",
    "csrfmiddlewaretoken",
]

MFA_ADAPTER = "lms.people.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "lms.people.sign_in.forms.CodeForm",
    "reauthenticate": "lms.people.sign_in.forms.CodeAgainForm",
    "add_webauthn": "lms.people.sign_in.forms.RegisterKeyForm",
    "edit_webauthn": "lms.people.sign_in.forms.RenameKeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
USERSESSIONS_ADAPTER = "lms.people.sign_in.adapters.SessionsAdapter"
# The roles of lms.people.sign_in.second_factor must have a second factor; the demonstration only offers it.
SECOND_FACTOR_DEMANDED = env.bool("SECOND_FACTOR_DEMANDED", not env.bool("DEMONSTRATION", False))

# A province's own sign-in (OpenID Connect, authorization code with PKCE).
OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC_PERSON_CLAIM = env.str("OIDC_PERSON_CLAIM", "personal_number")
SOCIALACCOUNT_ADAPTER = "lms.people.sign_in.oidc.ProvinceSignInAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.str("OIDC_NAME", "SSO"),
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "oauth_pkce_enabled": True,
                    "scope": env.list("OIDC_SCOPES", ["openid", "profile"]),
                },
            }
        ]
    }

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# Uploaded activities run in a sandboxed frame, on an origin of their own where there is one.
_FRAMES = [SELF, *filter(None, [env.str("CONTENT_ORIGIN", "")])]

# Nothing is loaded from another site. The Wagtail admin's date widgets and one
# injected style need more; lms.base.middleware relaxes the policy on /admin/ only.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "frame-src": _FRAMES,
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "style-src": [SELF, "'unsafe-inline'"],
    "script-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": _FRAMES,
}

# The key that signs the audit log's heads (base64 of 32 bytes, `manage.py make_audit_key`), and the public keys
# of those used before. Without one a key is made under var/: for development only.
SIGNING_AUDIT_KEY = env.str("SIGNING_AUDIT_KEY", "")
SIGNING_AUDIT_OLD_KEYS: list[str] = env.list("SIGNING_AUDIT_OLD_KEYS", [])
SIGNING_AUDIT_KEY_FILE = str(VAR_DIR / "audit-key")

# The key that signs documents: a PKCS#12 file and its passphrase. Without one they wait, or are signed outside.
SIGNING_KEY_FILE = env.str("SIGNING_KEY_FILE", "")
SIGNING_KEY_PASSPHRASE = env.str("SIGNING_KEY_PASSPHRASE", "")
# The keys of those who sign documents of inspections here: PKCS#12 files named person-CODE.p12 and agency-CODE.p12
# in one folder, under one passphrase. Whoever has none there signs outside.
SIGNING_DOCUMENT_KEYS = env.str("SIGNING_DOCUMENT_KEYS", "")
SIGNING_DOCUMENT_KEYS_PASSPHRASE = env.str("SIGNING_DOCUMENT_KEYS_PASSPHRASE", "")
# The authorities whose certificates are believed (PEM or DER files); a time stamp server, where there is one.
SIGNING_TRUST_ROOTS: list[str] = env.list("SIGNING_TRUST_ROOTS", [])
SIGNING_TSA_URL = env.str("SIGNING_TSA_URL", "")
# The key that signs digital credentials and bundles, and the public keys of those used before; as the audit key.
SIGNING_CREDENTIAL_KEY = env.str("SIGNING_CREDENTIAL_KEY", "")
SIGNING_CREDENTIAL_OLD_KEYS: list[str] = env.list("SIGNING_CREDENTIAL_OLD_KEYS", [])
SIGNING_CREDENTIAL_KEY_FILE = str(VAR_DIR / "credential-key")
# How certificates are signed: "none", "key" (by the key above, in a job), "outside" (given out and brought back).
SIGNING_CERTIFICATES = env.str("SIGNING_CERTIFICATES", "key" if SIGNING_KEY_FILE else "none")
