"""How often one address may ask what costs us something or might be guessing."""

from django.core.cache import cache
from django.http import HttpRequest

from lms.base.addresses import client_address

WINDOW = 60  # seconds


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count this request and say whether the address has asked more than `most` times in a minute."""
    key = f"certificates:{what}:{client_address(request) or ''}"
    if cache.add(key, 1, WINDOW):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        cache.set(key, 1, WINDOW)
        return False
