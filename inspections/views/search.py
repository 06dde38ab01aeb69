"""One search over everything one may see: cases, numbers of documents, findings; the exact hits first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from inspections.models import CaseDocument, Finding, Inspection, ResultDocument, TransitionEntry
from inspections.views.door import VIEW, actor, signed_in
from inspections.views.lists import names_of
from lms.base.vietnamese import nfc

SHOWN = 20
NUMBER = re.compile(r"\s*(?:số\s*)?0*(\d{1,6})\s*(?:/\s*(.*\S))?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, where it is, and what helps to know it."""

    title: str
    url: str
    words: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more` when not all are shown."""

    title: str
    hits: list[Hit]
    more: bool
    all_url: str = ""


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Search in what the reader may see; nothing is asked of the database before there are two letters."""
    text = nfc(request.GET.get("q", "")).strip()
    groups = _groups(request, text) if len(text) > 1 else []
    found = any(group.hits for group in groups)
    return render(request, "inspections/search.html", {"text": text, "groups": groups, "found": found})


def _groups(request: HttpRequest, text: str) -> list[Group]:
    mine = Inspection.scoped.for_person(actor(request), VIEW)
    return [_cases(mine, text), _documents(mine.values("pk"), text), _findings(mine.values("pk"), text)]


def _cases(mine: Any, text: str) -> Group:
    rows = list(mine.matching(text).best_first(text).prefetch_related("subjects")[: SHOWN + 1])
    hits = [
        Hit(
            row.code,
            reverse("inspections:case", args=[row.pk]),
            _words(row.decision_no, row.field, names_of(row)),
        )
        for row in rows
    ]
    return _group(_("Inspections"), hits, f"{reverse('inspections:list')}?q=")


def _documents(mine: Any, text: str) -> Group:
    """Find documents by number: those made here, those that steps rest on, result documents."""
    hits = [*_made_here(mine, text), *_of_steps(mine, text), *_results(mine, text)]
    return _group(_("Documents"), hits)


def _made_here(mine: Any, text: str) -> list[Hit]:
    found = NUMBER.fullmatch(text)
    if found is None:
        return []
    rows = CaseDocument.objects.filter(inspection__in=mine).bearing(int(found[1]), found[2] or "")
    return [
        Hit(str(row), reverse("inspections:document", args=[row.inspection_id, row.pk]), row.inspection.code)
        for row in rows.select_related("inspection").order_by("-issued_on", "-pk")[: SHOWN + 1]
    ]


def _of_steps(mine: Any, text: str) -> list[Hit]:
    rows = TransitionEntry.objects.filter(inspection__in=mine, paper_number__icontains=text)
    return [
        Hit(
            row.paper_number,
            reverse("inspections:case", args=[row.inspection_id]),
            _words(row.get_event_display(), row.inspection.code),
        )
        for row in rows.select_related("inspection").order_by("-paper_on", "-pk")[: SHOWN + 1]
    ]


def _results(mine: Any, text: str) -> list[Hit]:
    named = Q(number__icontains=text)
    rows = ResultDocument.objects.filter(named, inspection__in=mine).select_related("inspection")
    return [
        Hit(
            f"{row.name} {row.number}",
            reverse("inspections:case", args=[row.inspection_id]),
            row.inspection.code,
        )
        for row in rows.order_by("-issued_on", "-pk")[: SHOWN + 1]
    ]


def _findings(mine: Any, text: str) -> Group:
    rows = Finding.objects.filter(subject__inspection__in=mine).matching(text).best_first(text)
    hits = [
        Hit(
            row.label,
            reverse("inspections:finding", args=[row.subject.inspection_id, row.pk]),
            _words(row.subject.inspection.code, str(row.subject), row.words),
        )
        for row in rows.select_related("subject__inspection")[: SHOWN + 1]
    ]
    return _group(_("Findings"), hits)


def _words(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _group(title: str, hits: list[Hit], all_url: str = "") -> Group:
    return Group(title, hits[:SHOWN], len(hits) > SHOWN, all_url)
