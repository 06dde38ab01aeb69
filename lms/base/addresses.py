"""The address a request comes from: one rule for the audit log, the sign-in and the limits per address."""

from allauth.core.internal.httpkit import clean_client_ip, get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the visitor's address, behind as many proxies as TRUSTED_PROXY_COUNT says.

    A request that names fewer addresses than we have proxies did not come through all of them (a health
    check, a neighbour on the network): its header is nobody's word that we believe.
    """
    try:
        address: str | None = get_client_ip(request)
    except ImproperlyConfigured:
        address = clean_client_ip(request.META.get("REMOTE_ADDR") or "")
    # A zone ("fe80::1%eth0") is known on that machine only, and no column of a database takes it.
    return address.partition("%")[0] if address else None
