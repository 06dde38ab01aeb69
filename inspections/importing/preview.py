"""What a row of imported inspections would do, in the words of a preview."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from inspections.importing.case import SUBJECT_FIELDS, Case, Item
from lms.people.importing.described import agency_words, in_words

Words = dict[str, Any]


def item_in_words(item: Item) -> tuple[Words, Words]:
    """Return old and new: all of what is new, of what is known that which changes."""
    case, subject = item.case, item.subject
    before = {} if case.is_new else case.old
    names = [name for name in case.new if name not in before or before[name] != case.new[name]]
    old = _case({name: before[name] for name in names if name in before}, case)
    new = _case({name: case.new[name] for name in names}, case)
    if subject is not None and (case.is_new or item.old is not None):
        known = item.old or {}
        told = {name: getattr(subject, name) for name in SUBJECT_FIELDS}
        told = {name: value for name, value in told.items() if name not in known or known[name] != value}
        old |= in_words(subject, {name: known[name] for name in told if name in known})
        new |= in_words(subject, told)
    return old, new


def _case(facts: Words, case: Case) -> Words:
    words = in_words(case.inspection, {name: value for name, value in facts.items() if name != "members"})
    if members := facts.get("members"):
        words[_("member agencies")] = "; ".join(map(agency_words, members))
    return words
