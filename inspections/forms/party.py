"""Inviting a party, its sign-in, and what it sends."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from inspections.forms.collection import ACCEPTED

LONG = {"rows": 5}


class InviteForm(forms.Form):
    """One person of the party."""

    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Post or relation to the subject"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The link goes there, later codes too.")
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, help_text=_("You tell the code there.")
    )
    personal_number = forms.RegexField(
        r"^\d{12}$",
        label=_("Personal number of the representative"),
        required=False,
        help_text=_("Twelve digits; the person may sign in by it."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("email") and not data.get("phone") and not self.errors:
            self.add_error("email", _("Give an e-mail or a phone number."))
        return data


class RevokeForm(forms.Form):
    """Why an access is taken back."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class ContactForm(forms.Form):
    """Who comes."""

    contact = forms.CharField(
        label=_("E-mail, phone or personal number"),
        max_length=254,
        help_text=_("As you gave it to the inspection team."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class CodeForm(forms.Form):
    """The code that came another way."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Sixteen letters and figures, told by the team or sent by e-mail."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class PartySignInForm(ContactForm, CodeForm):
    """Contact and code."""

    field_order = ("contact", "code")


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is checked where it is kept, so that a bad one does not take the good ones with it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"accept": ACCEPTED, "multiple": True}), **options)

    def to_python(self, data: Any) -> Any:
        """Return the list as it came, also what is empty: the action names it."""
        return data

    def clean(self, data: Any, initial: Any = None) -> Sequence[UploadedFile]:
        """Refuse nothing but no file at all."""
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not files:
            raise forms.ValidationError(_("Choose at least one file."))
        return files


class FilesForm(forms.Form):
    """Files for one document asked for, or for none."""

    documents = FilesField(
        label=_("Files"),
        help_text=_("PDF, photo, video (MP4), XLSX or DOCX; up to 10 files, each at most 20 MB."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)


class StatementForm(forms.Form):
    """The party's own words."""

    text = forms.CharField(
        label=_("What you want to say"), max_length=10_000, widget=forms.Textarea(attrs=LONG)
    )
    uuid = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class DoneForm(forms.Form):
    """What was done, in words."""

    reason = forms.CharField(
        label=_("What was done"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
