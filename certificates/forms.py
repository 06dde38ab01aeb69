"""What a person may send about a certificate."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.states import RevocationMode
from lms.base.dates import today

LARGEST_FILE = 10 * 1024 * 1024
PDF_START = b"%PDF-"
CODE = re.compile(r"[A-Za-z0-9_-]{1,300}")


class CodeForm(forms.Form):
    """A verification code, or the whole address it was printed in."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=300,
        help_text=_("The letters and digits printed under the square code, or the whole address."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def clean_code(self) -> str:
        """Return the code alone, without blanks and address."""
        text = "".join(str(self.cleaned_data["code"]).split())
        code = text.rstrip("/").rsplit("/", 1)[-1]
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                _("A code consists of letters without accents, digits, - and _ only.")
            )
        return code


class FileForm(forms.Form):
    """A PDF to compare with the one that was issued."""

    file = forms.FileField(
        label=_("The certificate as a PDF file"),
        help_text=_("At most 10 MB. The file is compared and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is no PDF or too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB; no certificate of ours is."))
        if file.read(len(PDF_START)) != PDF_START:
            raise forms.ValidationError(_("This is not a PDF file."))
        return file

    @property
    def sha256(self) -> str:
        """The hash of the file sent."""
        digest = hashlib.sha256()
        file: UploadedFile = self.cleaned_data["file"]
        file.seek(0)
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()


class RevocationForm(forms.Form):
    """How, from when and why a certificate is withdrawn."""

    mode = forms.ChoiceField(
        label=_("How it is withdrawn"), choices=RevocationMode.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(
        label=_("Date of the decision"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept in the register and the audit log; not shown to the public."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
