"""Inspection plans and their lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.forms.choices import AgencyField, DayInput, PersonField, agencies_for, staff_of
from inspections.models import InspectionKind, InspectionPlan, PlanLine, PlanVersion, Subject
from inspections.models.plan import ACTS
from inspections.plan_states import PlanScope
from inspections.states import Act
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.people.organisation import history

SHORT, LONG = {"rows": 3}, {"rows": 5}
MONTHS = [(month, str(month)) for month in range(1, 13)]
SPECIALISED = "kiem-tra-chuyen-nganh"


class PlanTextsForm(forms.Form):
    """The words of a plan."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        help_text=_("As it is printed under the word Kế hoạch, e.g. Kiểm tra chuyên ngành năm 2026."),
    )
    legal_ground = forms.CharField(
        label=_("Legal ground"),
        widget=forms.Textarea(attrs=LONG),
        help_text=_("One text a line; a text no longer in force is refused."),
    )
    aims = forms.CharField(
        label=_("Aims and requirements"), required=False, widget=forms.Textarea(attrs=LONG)
    )

    @classmethod
    def of(cls, version: PlanVersion, data: Any = None) -> PlanTextsForm:
        """Return the form with what the draft says."""
        names = ("title", "legal_ground", "aims")
        return cls(data, initial={name: getattr(version, name) for name in names})


class NewPlanForm(PlanTextsForm):
    """A new plan: whose, of which year, annual or on a topic."""

    agency = AgencyField(label=_("Agency"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    scope = forms.ChoiceField(label=_("Kind of plan"), choices=PlanScope, initial=PlanScope.ANNUAL)
    act = forms.ChoiceField(
        label=_("Kind of act"),
        choices=ACTS,
        initial=Act.KT,
        help_text=_("A plan of the inspectorate is kept so that overlaps with it are seen."),
    )
    field_order = ("agency", "year", "scope", "act", "title", "legal_ground", "aims")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_for(by, "inspections.run", "inspections.sign")
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if agencies.count() == 1:
            self.fields["agency"].initial = agencies.first()
        self.fields["year"].initial = today().year


class LineForm(forms.Form):
    """One line; its subjects are named one a row, by number or by the name of the register."""

    number = forms.IntegerField(
        label=_("Line of the plan"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("Empty: it comes last."),
    )
    subjects = forms.CharField(
        label=_("Inspected parties"),
        widget=forms.Textarea(attrs=LONG),
        help_text=_(
            "One a row: tax code or identification number, or the exact name of the register of inspected parties."
        ),
    )
    field = forms.CharField(label=_("Field"), max_length=200)
    content = forms.CharField(label=_("Content"), widget=forms.Textarea(attrs=SHORT))
    kind = forms.ModelChoiceField(label=_("Kind of inspection"), queryset=InspectionKind.objects.none())
    month_from = forms.TypedChoiceField(label=_("From month"), choices=MONTHS, coerce=int)
    month_to = forms.TypedChoiceField(label=_("To month"), choices=MONTHS, coerce=int)
    leader = PersonField(label=_("Team leader"), required=False)
    team = forms.CharField(label=_("Team"), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, plan: InspectionPlan, line: PlanLine | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, initial=_said(line), **kwargs)
        kind, leader = self.fields["kind"], self.fields["leader"]
        kind.queryset = InspectionKind.objects.in_use()  # type: ignore[attr-defined]
        leader.queryset = staff_of({history().bearer(plan.agency_id, today()) or plan.agency_id})  # type: ignore[attr-defined]
        if line is None:
            kind.initial = kind.queryset.filter(code=SPECIALISED).first()  # type: ignore[attr-defined]

    def clean_subjects(self) -> list[Subject]:
        """Find each in the register; name every row that is not there."""
        words = [row.strip() for row in self.cleaned_data["subjects"].splitlines() if row.strip()]
        rows = list(Subject.objects.filter(identifier__in=words))
        by_number = {row.identifier: row for row in rows}
        names = [fold(word) for word in words if word not in by_number]
        by_name: dict[str, list[Subject]] = {}
        for row in Subject.objects.kept().filter(name_folded__in=names):
            by_name.setdefault(row.name_folded, []).append(row)
        found, problems = [], []
        for word in words:
            matches = [by_number[word]] if word in by_number else by_name.get(fold(word), [])
            if len(matches) == 1:
                found.append(matches[0])
            else:
                problems.append(_unclear(word, len(matches)))
        if problems:
            raise forms.ValidationError(problems)
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """Refuse months the wrong way round."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("month_from") and data.get("month_to") and data["month_to"] < data["month_from"]:
            self.add_error("month_to", gettext("The last month lies before the first."))
        return data


def _said(line: PlanLine | None) -> dict[str, Any]:
    if line is None:
        return {}
    names = ("number", "field", "content", "kind", "month_from", "month_to", "leader", "team")
    subjects = "\n".join(str(one.subject.identifier or one.subject.name) for one in line.parties.all())
    return {**{name: getattr(line, name) for name in names}, "subjects": subjects}


def _unclear(word: str, count: int) -> str:
    if count:
        return gettext("“%(word)s” is the name of several parties: give the number.") % {"word": word}
    return gettext("“%(word)s” is not in the register of inspected parties: enter it there first.") % {
        "word": word
    }


class SendForm(forms.Form):
    """To whom a plan goes for the overlap check."""

    sent_to = forms.CharField(label=_("Sent to"), max_length=200, initial="Thanh tra tỉnh")


class ApproveForm(forms.Form):
    """How the overlaps were settled."""

    overlaps_settled = forms.CharField(
        label=_("How the overlaps were settled"),
        required=False,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Needed where the plan meets others."),
    )


class PublishForm(forms.Form):
    """Number and day of the registry."""

    paper_number = forms.CharField(label=_("Number"), max_length=60, help_text=_("E.g. 05/KH-SNV."))
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput(), initial=today)
