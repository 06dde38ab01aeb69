"""What a person may send about a certificate."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.admin.forms import WagtailAdminModelForm

from certificates import wording
from certificates.states import FILES, Language, Superior, Wish
from courses.states import RevocationMode
from lms.base.dates import today

LARGEST_LOGO, LOGO_POINTS = 2 * 1024 * 1024, 600
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
    def content(self) -> bytes:
        """The file sent."""
        file: UploadedFile = self.cleaned_data["file"]
        file.seek(0)
        return bytes(file.read())


class CorrectionForm(forms.Form):
    """Whether a wrong certificate is issued anew or its number annulled, and why."""

    REISSUE, ANNUL = "certificates.reissue", "certificates.annul"

    kind = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[
            (REISSUE, _("Issue a new certificate; this one is shown as replaced and leads to it")),
            (ANNUL, _("Annul the number; it stays in the book with the reason, and a new number is given")),
        ],
        initial=REISSUE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the register and the audit log; not shown to the public."),
    )


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


class TemplateVersionForm(WagtailAdminModelForm):
    """A draft of a template: its words are checked field by field, its logo is taken in as a PNG of ours."""

    hidden = forms.MultipleChoiceField(
        label=_("Fields left out"),
        required=False,
        choices=list(wording.HIDABLE.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the wording says about them is not printed."),
    )
    logo_file = forms.ImageField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG, at most 2 MB. It stands under the issuing agency."),
    )

    def clean_wording(self) -> str:
        """Refuse unknown fields, with their line."""
        return self._worded("wording")

    def clean_wording_en(self) -> str:
        """Refuse unknown fields, with their line."""
        text = self.cleaned_data.get("wording_en", "")
        return self._worded("wording_en") if text.strip() else text

    def clean_logo_file(self) -> Any:
        """Refuse a logo that is too large."""
        file = self.cleaned_data.get("logo_file")
        if file and (file.size or 0) > LARGEST_LOGO:
            raise forms.ValidationError(_("This picture is larger than 2 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for the English words where English is printed, and for the words of the superior body."""
        found: dict[str, Any] = super().clean()
        if found.get("language") != Language.VIETNAMESE:
            for name in ("title_en", "wording_en"):
                if not (found.get(name) or "").strip() and name not in self.errors:
                    self.add_error(name, _("Needed where English is printed."))
        if found.get("superior") == Superior.GIVEN and not found.get("superior_words"):
            self.add_error("superior_words", _("Give the words of the superior body."))
        return found

    def save(self, commit: bool = True) -> Any:
        """Write the draft, with its logo."""
        if file := self.cleaned_data.get("logo_file"):
            self.instance.logo = _as_png(file)
        return super().save(commit=commit)

    def _worded(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if found := list(wording.faults(text)):
            raise forms.ValidationError(found)
        return text


def _as_png(file: UploadedFile) -> bytes:
    """Return the picture written anew, small enough for a head: nothing but its points is kept."""
    file.seek(0)
    picture = Image.open(file).convert("RGBA")
    picture.thumbnail((LOGO_POINTS, LOGO_POINTS))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


class DaysForm(forms.Form):
    """An agency, a course or all, and the days."""

    agency = forms.TypedChoiceField(label=_("Agency"), coerce=int, choices=[])
    course = forms.ChoiceField(label=_("Course"), choices=[], required=False)
    start = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end = forms.DateField(
        label=_("To the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, agencies: Mapping[int, str], courses: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names = agencies
        self.fields["agency"].choices = list(agencies.items())  # type: ignore[attr-defined]
        every = ("", _("All courses"))
        self.fields["course"].choices = [every, *courses.items()]  # type: ignore[attr-defined]
        self.fields["start"].initial = today().replace(month=1, day=1)
        self.fields["end"].initial = today()

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        found = super().clean() or {}
        if found.get("start") and found.get("end") and found["end"] < found["start"]:
            self.add_error("end", _("The period must end after it starts."))
        return found


class RegisterRequestForm(DaysForm):
    """What is wanted of the register, of which agency, for which days."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    wish = forms.ChoiceField(
        label=_("What is wanted"),
        choices=[(wish.value, wish.label) for wish in FILES],
        initial=Wish.BOOK,
        widget=forms.RadioSelect,
    )
    field_order = ("key", "wish", "agency", "course", "start", "end")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].help_text = _("For the ZIP file. A book has every number of its days.")

    def clean(self) -> dict[str, Any]:
        """A book without some of its numbers would be none."""
        found = super().clean()
        return found | {"course": ""} if found.get("wish") == Wish.BOOK else found


class ConfirmRoundForm(forms.Form):
    """How many certificates a round gives, typed by whoever has looked at the list."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(label=_("Number of certificates"), min_value=1)

    def __init__(self, *args: Any, ready: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready = ready
        self.fields["number"].help_text = _("Type the number you see above, to confirm it.")

    def clean_number(self) -> int:
        """Refuse a number other than that of the list as it is now."""
        number: int = self.cleaned_data["number"]
        if number != self.ready:
            raise forms.ValidationError(
                _("The list now has %(ready)s certificates, not %(number)s. Please look at it again.")
                % {"ready": self.ready, "number": number}
            )
        return number


class CloseYearForm(forms.Form):
    """Which register is closed."""

    agency = forms.TypedChoiceField(label=_("Agency"), coerce=int, choices=[])
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2999)

    def __init__(self, *args: Any, agencies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = list(agencies.items())  # type: ignore[attr-defined]
        self.fields["year"].initial = today().year - 1
