"""The codes a certificate is found by: a long one for addresses and the square code, a short one to type.

The short code has 13 random signs (64 bits) and two that check them: a Reed-Solomon code over the 31 signs,
so one or two wrong signs, or two exchanged ones, never lead to another certificate.
"""

from __future__ import annotations

import secrets

CODE_BYTES = 24  # 192 random bits: nobody finds a certificate by trying
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L; 31 of them, a prime
FREE, LENGTH, GROUP = 13, 15, 5
ROOT = 3  # generates all numbers 1 … 30 modulo 31


def new_public_code() -> str:
    """Return an unguessable code that may stand in an address."""
    return secrets.token_urlsafe(CODE_BYTES)


def new_short_code() -> str:
    """Return 15 signs to type from paper."""
    return with_checks("".join(secrets.choice(SIGNS) for _place in range(FREE)))


def with_checks(free: str) -> str:
    """Return the 13 signs with the two that check them."""
    first, second = _sums(free)
    one, two = (pow(ROOT, FREE, 31), pow(ROOT, FREE + 1, 31))
    # Two equations in the two check signs: one·x + two·y = -first, one²·x + two²·y = -second.
    divisor = pow(one * two * (two - one), -1, 31)
    x = (-first * two * two + second * two) * divisor % 31
    y = (-second * one + first * one * one) * divisor % 31
    return free + SIGNS[x] + SIGNS[y]


def is_short_code(text: str) -> bool:
    """Say whether the 15 signs check each other."""
    return len(text) == LENGTH and set(text) <= set(SIGNS) and _sums(text) == (0, 0)


def typed(text: str) -> str:
    """Return a short code as it is stored, whatever case, blanks and dashes it was typed with."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def shown(code: str) -> str:
    """Return a short code as it is printed, in groups of five."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _sums(text: str) -> tuple[int, int]:
    values = [SIGNS.index(sign) for sign in text]
    first = sum(value * pow(ROOT, place, 31) for place, value in enumerate(values)) % 31
    second = sum(value * pow(ROOT, 2 * place, 31) for place, value in enumerate(values)) % 31
    return first, second
