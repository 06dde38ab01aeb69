"""The rules of partial credit in words, for those who write questions and those who read an import before it is done."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTIAL_WORDS: dict[str, str | Promise] = {
    "none": _("None: all of it right, or nothing"),
    "per_right": _("A share for each right option; marks beyond their number take one away"),
    "right_minus_wrong": _("A share for each right option, less one for each wrong one"),
    "per_pair": _("A share for each pair"),
    "per_position": _("A share for each line in its place"),
    "per_neighbours": _("A share for each two lines that rightly follow each other"),
}


def partial_choices(*rules: str) -> list[tuple[str, str | Promise]]:
    """Return what a form offers: all or nothing, and some rules."""
    return [(rule, PARTIAL_WORDS[rule]) for rule in ("none", *rules)]
