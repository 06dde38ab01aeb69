"""Asking for documents, and registering what came on paper."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.actions.collection import Wanted
from inspections.collection_states import FileFormat
from inspections.forms.choices import DayInput
from inspections.models import InspectedSubject, RequestItem
from lms.base.dates import today

SHORT = {"rows": 3}
ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,video/mp4,.pdf,.xlsx,.docx,.jpg,.jpeg,.png"


def in_three_days() -> Any:
    """Return the day a new request proposes."""
    return today() + timedelta(days=3)


class RequestForm(forms.Form):
    """Until when, and what else is to be known; the documents stand in rows beside it."""

    due_on = forms.DateField(label=_("To be handed over by"), widget=DayInput(), initial=in_three_days)
    note = forms.CharField(
        label=_("What else is to be known"),
        required=False,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Printed on the request, e.g. whom to call."),
    )


class WantedForm(forms.Form):
    """One document."""

    what = forms.CharField(label=_("Document or data"), max_length=500, required=False)
    format = forms.ChoiceField(label=_("Form"), choices=FileFormat, initial=FileFormat.ANY, required=False)


class WantedRows(forms.BaseFormSet):
    """The documents of a request; the first is needed."""

    def clean(self) -> None:
        """Ask for one document at least."""
        if not any(self.errors) and not self.wanted():
            self.forms[0].add_error("what", _("Name at least one document."))

    def wanted(self) -> list[Wanted]:
        """Return the documents that were filled in."""
        filled = [form.cleaned_data for form in self.forms if form.cleaned_data.get("what")]
        return [Wanted(one["what"], one["format"] or FileFormat.ANY) for one in filled]


WantedFormSet: type[WantedRows] = forms.formset_factory(  # type: ignore[assignment]
    WantedForm, formset=WantedRows, extra=5, min_num=3, max_num=60
)


class PapersForm(forms.Form):
    """What came on paper."""

    item = forms.ModelChoiceField(
        label=_("For which document"), queryset=RequestItem.objects.none(), required=False
    )
    name = forms.CharField(label=_("What was handed over"), max_length=300)
    sheets = forms.IntegerField(label=_("Sheets"), min_value=1, max_value=30_000, required=False)
    giver = forms.CharField(label=_("Handed over by"), max_length=200, help_text=_("Name and post."))
    came_on = forms.DateField(
        label=_("Came on"),
        widget=DayInput(),
        initial=today,
        help_text=_("Entered later than one working day after it, the collection counts as done on paper."),
    )
    file = forms.FileField(
        label=_("Scan"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    uuid = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)

    def __init__(self, *args: Any, subject: InspectedSubject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = RequestItem.objects.filter(request__subject=subject, request__handed_at__isnull=False)
        self.fields["item"].queryset = asked  # type: ignore[attr-defined]


class AsideForm(forms.Form):
    """Why a document is no longer needed."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))
