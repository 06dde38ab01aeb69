"""Legal texts, holidays and kinds of inspection: what an administrator keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.actions.kinds import DocumentOf, PeriodOf
from inspections.forms.choices import DayInput
from inspections.models import ChecklistTemplate, KindVersion, LegalBasis
from inspections.states import DayMode
from inspections.words import Level, PaperType
from lms.base.dates import today


class BasisForm(forms.ModelForm):
    """One legal text."""

    class Meta:
        model = LegalBasis
        fields = (
            "number",
            "title",
            "issued_on",
            "valid_from",
            "valid_to",
            "replaced_by",
            "certainty",
            "note",
        )
        widgets = {name: DayInput() for name in ("issued_on", "valid_from", "valid_to")}

    def _post_clean(self) -> None:
        """Leave the checking of the whole to the action, which alone writes."""


class HolidayForm(forms.Form):
    """One exception to the plain week."""

    day = forms.DateField(label=_("Day"), widget=DayInput())
    name = forms.CharField(label=_("Name"), max_length=200)
    is_worked = forms.BooleanField(label=_("Worked in exchange"), required=False)
    is_assumed = forms.BooleanField(
        label=_("Assumed"), required=False, help_text=_("Not yet published by the Government.")
    )


class BasesField(forms.ModelMultipleChoiceField):
    """Offers legal texts by number and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return number and title."""
        return f"{obj.number} – {obj.title}"


class KindForm(forms.Form):
    """One version of a kind of inspection."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters without marks and hyphens.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    valid_from = forms.DateField(label=_("For decisions from"), widget=DayInput(), initial=today)
    bases = BasesField(
        label=_("Legal texts"), queryset=LegalBasis.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    requires_announcement = forms.BooleanField(
        label=_("Must be announced (S2)"), required=False, initial=True
    )
    requires_result = forms.BooleanField(label=_("Always ends with a result document (S5)"), required=False)
    requires_plan = forms.BooleanField(
        label=_("Needs an approved work plan before the announcement"), required=False
    )
    closing_document = forms.CharField(label=_("Name of the closing document"), max_length=200)
    team_name = forms.CharField(label=_("What the team is called"), max_length=60, initial="Đoàn kiểm tra")
    signers = forms.CharField(
        label=_("Who may sign the decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Positions, one a line."),
    )
    day_mode = forms.ChoiceField(label=_("How days are counted"), choices=DayMode)
    warn_days = forms.IntegerField(label=_("Warn so many days ahead"), min_value=0, max_value=30, initial=3)
    checklists = forms.ModelMultipleChoiceField(
        label=_("Checklists"),
        queryset=ChecklistTemplate.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    papers = forms.MultipleChoiceField(
        label=_("Documents every case has"),
        choices=PaperType,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_papers = forms.MultipleChoiceField(
        label=_("Documents a case may have"),
        choices=PaperType,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, version: KindVersion | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", facts_of(version) if version else {})
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["bases"].queryset = LegalBasis.objects.all()  # type: ignore[attr-defined]
        self.fields["checklists"].queryset = ChecklistTemplate.objects.filter(is_active=True)  # type: ignore[attr-defined]
        for level in Level:
            for name, label in ((f"{level}_days", _("Days")), (f"{level}_extra", _("Days of the extension"))):
                self.fields[name] = forms.IntegerField(
                    label=f"{level.label}: {label}", min_value=0, max_value=365, required=False
                )
        if version is not None:
            self.fields["code"].disabled = True

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = dict(self.cleaned_data)
        data["periods"] = [period for level in Level if (period := _period(level, data))]
        required, other = data.pop("papers"), data.pop("other_papers")
        named = {row.type: row for row in self.version.documents.all()} if self.version else {}
        data["documents"] = [
            DocumentOf(
                type_,
                named[type_].name if type_ in named else "",
                named[type_].template_code if type_ in named else "",
                type_ in required,
            )
            for type_ in [*required, *(type_ for type_ in other if type_ not in required)]
        ]
        data["bases"], data["checklists"] = list(data["bases"]), list(data["checklists"])
        return data


def _period(level: Level, data: dict[str, Any]) -> PeriodOf | None:
    days, extra = data.pop(f"{level}_days"), data.pop(f"{level}_extra")
    return PeriodOf(level, days, extra or 0) if days else None


def facts_of(version: KindVersion) -> dict[str, Any]:
    """Return a version as a form begins with it."""
    same = (
        "requires_announcement",
        "requires_result",
        "requires_plan",
        "closing_document",
        "team_name",
        "signers",
        "day_mode",
        "warn_days",
    )
    facts: dict[str, Any] = {name: getattr(version, name) for name in same}
    facts |= {
        "code": version.kind.code,
        "name": version.kind.name,
        "valid_from": max(today(), version.valid_from),
    }
    facts |= {"bases": version.bases.all(), "checklists": version.checklists.all()}
    for row in version.periods.all():
        facts |= {f"{row.level}_days": row.days, f"{row.level}_extra": row.extra_days}
    papers = list(version.documents.all())
    facts["papers"] = [row.type for row in papers if row.is_required]
    facts["other_papers"] = [row.type for row in papers if not row.is_required]
    return facts
