"""Opening a case and registering one done on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.actions.decision import Party, Place
from inspections.forms.choices import (
    AgenciesField,
    AgencyField,
    DayInput,
    PersonField,
    agencies_for,
    staff_of,
)
from inspections.models import Inspection, InspectionKind, Subject
from inspections.states import Act, Duty, Ground, Method, SubjectKind
from lms.base.dates import today
from lms.people.models import Agency

SHORT = {"rows": 3}
# The kind that agencies decide on day by day.
SPECIALISED = "kiem-tra-chuyen-nganh"


class PartyForm(forms.Form):
    """One subject of a decision."""

    kind = forms.ChoiceField(label=_("Kind of subject"), choices=SubjectKind, initial=SubjectKind.DN)
    identifier = forms.CharField(label=_("Tax code or identification number"), max_length=40, required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        required=False,
        help_text=_("Of a number the register knows, name and address may stay empty."),
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Fill in name, kind and address from the register; ask for the name of whom it does not know."""
        data: dict[str, Any] = super().clean() or {}
        known = Subject.objects.filter(identifier=data.get("identifier") or "-").first()
        if known is not None:
            data["name"], data["address"] = (
                data.get("name") or known.name,
                data.get("address") or known.address,
            )
            data["kind"] = known.kind if known.kind != SubjectKind.OTHER else data.get("kind")
        elif not data.get("name") and (self._says_something(data) or not self.empty_permitted):
            self.add_error("name", _("Give the name: the register does not know this number."))
        return data

    def _says_something(self, data: dict[str, Any]) -> bool:
        return self.has_changed() and bool(data.get("identifier") or data.get("address") or not self.initial)


class NeededFormSet(forms.BaseFormSet):
    """Rows of which the first is needed and the others may stay empty."""

    def parties(self) -> list[Party]:
        """Return the subjects that were filled in."""
        filled = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [Party(**data) for data in filled]


PartyFormSet: type[NeededFormSet] = forms.formset_factory(  # type: ignore[assignment]
    PartyForm, formset=NeededFormSet, extra=4, min_num=1, max_num=20, validate_min=True
)


class DecisionForm(forms.Form):
    """The contents of Điều 11.3 NĐ 217/2025; subjects stand in rows beside it, the team follows."""

    lead = AgencyField(label=_("Lead agency"))
    members = AgenciesField(label=_("Member agencies"), required=False)
    kind = forms.ModelChoiceField(label=_("Kind of inspection"), queryset=InspectionKind.objects.none())
    decision_no = forms.CharField(
        label=_("Number of the decision"),
        max_length=60,
        help_text=_("As the registry gave it, e.g. 15/QĐ-SKHCN."),
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput())
    signer = PersonField(label=_("Signer"), help_text=_("Whoever signs the decision cannot be in the team."))
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground)
    ground_detail = forms.CharField(label=_("Documents it rests on"), widget=forms.Textarea(attrs=SHORT))
    content = forms.CharField(label=_("Scope and content"), widget=forms.Textarea(attrs=SHORT))
    field = forms.CharField(label=_("Field"), max_length=200)
    period_inspected = forms.CharField(label=_("Period inspected"), max_length=200, required=False)
    days = forms.IntegerField(label=_("Time limit (days)"), min_value=1, max_value=60, initial=7)
    method = forms.ChoiceField(label=_("Method"), choices=Method, initial=Method.REMOTE)
    visit_reason = forms.CharField(
        label=_("Why a visit is needed"),
        required=False,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Online or remote inspection on electronic data is preferred (NĐ 217/2025, Điều 4.5)."),
    )
    not_secret = forms.BooleanField(
        label=_("This case holds no state secret."),
        help_text=_("State-secret cases must never be run in this system."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = agencies_for(by, "inspections.run", "inspections.sign")
        lead, signer, kind = self.fields["lead"], self.fields["signer"], self.fields["kind"]
        lead.queryset, self.fields["members"].queryset = leads, Agency.objects.on(today()).order_by("pk")  # type: ignore[attr-defined]
        kind.queryset = InspectionKind.objects.in_use()  # type: ignore[attr-defined]
        kind.initial = kind.queryset.filter(code=SPECIALISED).first()  # type: ignore[attr-defined]
        signer.queryset = staff_of(set(leads.values_list("pk", flat=True)))  # type: ignore[attr-defined]
        if leads.count() == 1:
            lead.initial = leads.first()

    def clean(self) -> dict[str, Any]:
        """Ask why a visit is needed where one is planned."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("method") in (Method.ONSITE, Method.MIXED) and not data.get("visit_reason", "").strip():
            self.add_error("visit_reason", _("Say why a visit is needed."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "not_secret"}


class PlaceForm(forms.Form):
    """One place in the team."""

    person = PersonField(label=_("Person"))
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty, initial=Duty.MEMBER)
    declared_no_conflict = forms.BooleanField(label=_("Declares no conflict of interest"), required=False)


class TeamRows(forms.BaseFormSet):
    """The team, row by row."""

    def __init__(self, *args: Any, case: Inspection, **kwargs: Any) -> None:
        self.staff = staff_of({case.lead_id, *case.members.values_list("pk", flat=True)})
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer the staff of the agencies that take part; the first row is the leader's."""
        super().add_fields(form, index)
        form.fields["person"].queryset = self.staff
        if index == 0:
            form.fields["duty"].initial = Duty.LEADER

    def places(self) -> list[Place]:
        """Return the places that were filled in."""
        filled = [form.cleaned_data for form in self.forms if form.cleaned_data.get("person")]
        return [Place(**data) for data in filled]


TeamFormSet: type[TeamRows] = forms.formset_factory(  # type: ignore[assignment]
    PlaceForm, formset=TeamRows, extra=5, min_num=1, max_num=20, validate_min=True
)


class RegisterForm(forms.Form):
    """An inspection done on paper."""

    lead = AgencyField(label=_("Lead agency"))
    decision_no = forms.CharField(label=_("Number of the decision"), max_length=60)
    act = forms.ChoiceField(
        label=_("Kind of act"),
        choices=[(Act.KT, Act.KT.label), (Act.TT, Act.TT.label)],
        initial=Act.KT,
        help_text=_(
            "A thanh tra uses up the year of a business on its field; it is not counted in the share."
        ),
    )
    decided_on = forms.DateField(label=_("Date of the decision"), widget=DayInput())
    completed_on = forms.DateField(
        label=_("Completed on"),
        required=False,
        widget=DayInput(),
        help_text=_("Date of the result document, else of the last minutes."),
    )
    field = forms.CharField(label=_("Field"), max_length=200, required=False)
    method = forms.ChoiceField(label=_("Method"), choices=Method)
    result_issued = forms.BooleanField(label=_("A result document was issued"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = agencies_for(by, "inspections.register", "inspections.run")
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
        if leads.count() == 1:
            self.fields["lead"].initial = leads.first()
