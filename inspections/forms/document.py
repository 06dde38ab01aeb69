"""Drafting a case's document, and giving it its number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.documents.signing import Authority
from inspections.documents.templates import Template
from inspections.forms.choices import DayInput, PersonField, staff_of
from inspections.models import Inspection

LONG = {"rows": 4}
# Label, help. A field that is not here is one line.
TEXTS: dict[str, tuple[Any, Any]] = {
    "reason": (_("Reason"), ""),
    "grounds": (_("Further grounds"), _("One a line; a text no longer in force is refused.")),
    "assessment": (_("Assessment"), ""),
    "proposals": (_("Requests and proposals"), _("One a line; they are numbered on the document.")),
    "prepare": (_("Documents to be prepared"), _("One a line.")),
    "requested": (_("Documents asked for"), _("One a line.")),
    "hand_in": (_("What else is to be known"), ""),
    "visits": (_("When each subject is visited"), _("One a line, in the order of the subjects.")),
    "outline": (_("Outline of the subject's report"), _("One a line, numbered as it is to be printed.")),
    "leaving": (_("Who leaves the team"), _("One person a line, with position.")),
    "joining": (_("Who joins the team"), _("One person a line, with position and duty.")),
    "representatives": (_("Who represents the subjects"), _("One person a line: name, position.")),
    "receivers": (_("Who takes over"), _("One person a line: name, position.")),
    "witnesses": (_("Witnesses"), _("One person a line: name, address.")),
    "statements": (_("What was said"), _("Left empty: nothing was said.")),
    "enclosed": (
        _("What is handed over"),
        _("One thing a line: name; number of sheets or copies; note."),
    ),
    "violator": (
        _("Who committed the violation"),
        _("One fact a line: name, identity or business number, address, representative."),
    ),
    "acts": (
        _("Acts and provisions"),
        _("One act a line, with time, place and the provision it violates."),
    ),
    "measures": (_("Measures taken to prevent or secure"), _("Left empty: none.")),
    "recipients": (_("Recipients"), _("One a line, without dashes. Left empty, the usual ones.")),
}
LINES: dict[str, tuple[Any, Any]] = {
    "proposed_by": (_("On the proposal of"), _("Post of who proposes it.")),
    "addressee": (_("To whom"), ""),
    "further": (_("Adds to the request"), _("Number of the earlier request.")),
    "meeting_time": (_("Time of the announcement"), ""),
    "meeting_place": (_("Place or way of meeting"), ""),
    "meeting_end": (_("Ended"), _("E.g. lúc 10 giờ 30 cùng ngày.")),
    "recipient": (_("To whom"), _("The body that takes the file over.")),
    "signs_for": (_("Who signs for the violator"), _("Name, position.")),
    "explain_to": (_("Explanation to whom, until when"), _("Left empty: as the law says.")),
    "head_title": (
        _("Title of the head"),
        _("For KT., TL., TUQ.: whose place the signer takes, e.g. Giám đốc."),
    ),
    "collective": (_("Collective"), _("For TM.: e.g. Ủy ban nhân dân.")),
}
DAYS: dict[str, Any] = {
    "from_day": _("From the day"),
    "until_day": _("To be done before"),
    "due_day": _("To be handed over by"),
}


class DocumentForm(forms.Form):
    """What the author of one document writes."""

    def __init__(self, *args: Any, case: Inspection, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in template.fields:
            self.fields[name] = _field(name)
            self.fields[name].required = name in template.writes
        if not template.by_team:
            signer = PersonField(label=_("Signer"))
            signer.queryset = staff_of({case.lead_id})
            signer.initial = case.decision.signer_id
            self.fields["signer"] = signer
        self.order_fields([*template.writes, *template.optional, "signer"])

    def facts(self) -> dict[str, Any]:
        """Return what the action takes: days as text, since the document keeps plain values."""
        data = dict(self.cleaned_data)
        return {
            name: value.isoformat() if name in DAYS and value else value
            for name, value in data.items()
            if value is not None or name == "signer"
        }


def _field(name: str) -> forms.Field:
    if name in TEXTS:
        label, told = TEXTS[name]
        return forms.CharField(label=label, help_text=told, widget=forms.Textarea(attrs=LONG))
    if name in DAYS:
        return forms.DateField(label=DAYS[name], widget=DayInput())
    if name == "extra_days":
        return forms.IntegerField(label=_("Days of extension"), min_value=1, max_value=60)
    if name == "authority":
        return forms.ChoiceField(label=_("Signed in whose name"), choices=Authority)
    label, told = LINES[name]
    return forms.CharField(label=label, help_text=told, max_length=300)


class NumberForm(forms.Form):
    """Number and day by the registry."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=999_999,
        required=False,
        help_text=_("Left empty: the next one."),
    )
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput(), required=False)


class SignedFileForm(forms.Form):
    """The file that was signed outside."""

    file = forms.FileField(
        label=_("The signed PDF"),
        help_text=_(
            "The file downloaded from this page, with signatures added in the places kept free:"
            " first the person, then the agency. Nothing else of it may change."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )


class DocumentReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))
