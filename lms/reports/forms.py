"""The question above every figure, as a form that stays in the address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.base.dates import today
from lms.people.organisation import Organisation, name_of
from lms.people.rules import Scope, scope_of
from lms.reports.rules import own_agency
from lms.targets.figures import BadQuestion, Question, ask, read_day
from lms.targets.states import OrgView, Variant

Choice = tuple[str, str]


class DayField(forms.CharField):
    """A day, written 2025-12-31 or 31/12/2025."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> Any:
        """Return the day, None for nothing."""
        try:
            return read_day(value)
        except BadQuestion as problem:
            raise forms.ValidationError(str(problem)) from problem


class QuestionForm(forms.Form):
    """Day, agency, variant, view, knowledge and period; what is left out has its default."""

    as_of = DayField(label=_("As of"), required=False)
    agency = forms.CharField(label=_("Agency and all below"), required=False, widget=forms.Select)
    variant = forms.ChoiceField(label=_("Variant"), required=False, choices=Variant.choices)
    org_view = forms.ChoiceField(label=_("Organisation"), required=False, choices=OrgView.choices)
    known_at = DayField(label=_("As known on"), required=False)
    start = DayField(label=_("Inspections from"), required=False)
    end = DayField(label=_("Inspections to before"), required=False)

    def __init__(self, data: Any, *, person: Any) -> None:
        self.person = person
        given = {name: data.get(name, "") for name in self.base_fields}
        if "agency" not in data:
            given["agency"] = self._own_code()
        given["as_of"] = given["as_of"] or today().isoformat()
        super().__init__(given)
        self.fields["agency"].widget.choices = self._agencies(given)

    def _own_code(self) -> str:
        own = own_agency(self.person)
        return Organisation.on(today()).code(own) if own else ""

    def clean(self) -> dict[str, Any]:
        """Make the question of the answers."""
        found = super().clean() or {}
        if self.errors:
            return found
        try:
            self.question = self._ask(found)
        except BadQuestion as problem:
            raise forms.ValidationError(str(problem)) from problem
        return found

    def _ask(self, found: dict[str, Any]) -> Question:
        return ask(
            as_of=found["as_of"],
            known_at=found["known_at"],
            codes=[found["agency"]] if found["agency"] else [],
            variant=found["variant"] or Variant.HEADLINE,
            org_view=found["org_view"] or OrgView.HISTORIC,
            start=found["start"],
            end=found["end"],
        )

    def _agencies(self, given: dict[str, Any]) -> list[Choice]:
        """The agencies of the day's tree that the person sees, as a tree; and the one asked for."""
        tree = Organisation.on(_tree_day(given))
        offered = [
            ("", str(_("Whole province"))),
            *_tree_choices(tree, scope_of(self.person, "targets.view")),
        ]
        asked = given["agency"]
        return offered if asked in dict(offered) else [*offered, (asked, asked)]


def _tree_day(given: dict[str, Any]) -> date:
    if given["org_view"] == OrgView.CURRENT:
        return today()
    try:
        return read_day(given["as_of"]) or today()
    except BadQuestion:
        return today()


def _tree_choices(tree: Organisation, scope: Scope) -> Iterator[Choice]:
    def walk(agency_id: int, depth: int) -> Iterator[Choice]:
        visible = scope.covers(agency_id)
        if visible:
            yield tree.code(agency_id), f"{'– ' * depth}{tree.name(agency_id)}"
        for child in tree.children(agency_id):
            yield from walk(child, depth + visible)

    for root in tree.roots():
        yield from walk(root, 0)


class ReportForm(QuestionForm):
    """The question of a report, with the key by which a request sent twice is one request."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a scope of several agencies: a report is issued by one."""
        found = super().clean()
        if not self.errors and len(self.question.agency_ids) > 1:
            names = ", ".join(name_of(pk, today()) for pk in self.question.agency_ids)
            raise forms.ValidationError(
                gettext("As organised now this agency is split into %(names)s: choose one of them.")
                % {"names": names}
            )
        return found


class InspectionReportForm(ReportForm):
    """Agency and period of an inspection report; what belongs to training alone is not asked."""

    def __init__(self, data: Any, *, person: Any) -> None:
        super().__init__(data, person=person)
        for name in ("as_of", "variant", "org_view", "known_at"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["start"].label, self.fields["end"].label = _("From"), _("To before")
