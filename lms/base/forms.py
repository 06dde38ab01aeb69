"""Forms of the floor."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import today

MAX_UPLOAD = 50 * 1024 * 1024


class ImportFileForm(forms.Form):
    """One CSV or XLSX file."""

    CHANGES, FULL = "changes", "full"

    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        help_text=gettext_lazy("The first row holds the headers. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is larger than any list of the province's staff."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_UPLOAD:
            raise ValidationError(_("The file is larger than 50 MB: split it, or use the command."))
        return upload

    @property
    def into_code(self) -> str:
        """The code of what the file goes into; empty where its rows say it."""
        return ""

    @property
    def full_list(self) -> str:
        """The code of the agency of which the file is the full list; empty for changes only."""
        return ""

    @property
    def list_on(self) -> Any:
        """The day of which the full list speaks."""
        return None


class ImportIntoForm(ImportFileForm):
    """A file of one kind that goes into one of several places."""

    into = forms.ChoiceField()
    field_order = ("into", "file")

    def __init__(self, *args: Any, importer: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = importer.into_choices(person)
        self.fields["into"].label = importer.goes_into
        self.fields["into"].choices = choices if len(choices) == 1 else [("", "–"), *choices]  # type: ignore[attr-defined]
        self.fields["file"].label = _("File")
        self.fields["file"].help_text = importer.file_help
        self.fields["file"].widget.attrs["accept"] = importer.accepts

    @property
    def into_code(self) -> str:
        """The code of what the file goes into."""
        return str(self.cleaned_data["into"])


class ImportListForm(ImportFileForm):
    """A file that holds changes only, or everybody of an agency: the officer says which."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What does the file hold?"),
        choices=(
            (
                ImportFileForm.CHANGES,
                gettext_lazy("Changes only: whoever the file does not name stays as they are"),
            ),
            (
                ImportFileForm.FULL,
                gettext_lazy("The full list of one agency: posts there that the file does not name end"),
            ),
        ),
        initial=ImportFileForm.CHANGES,
        widget=forms.RadioSelect,
    )
    agency = forms.ChoiceField(
        label=gettext_lazy("Agency of the full list"),
        help_text=gettext_lazy("With all agencies below it. Only for a full list."),
        required=False,
    )
    on = forms.DateField(
        label=gettext_lazy("Day of the full list"),
        help_text=gettext_lazy("Posts that the list does not name end on this day. Only for a full list."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "–"), *agencies]  # type: ignore[attr-defined]
        self.fields["on"].initial = today

    def clean(self) -> dict[str, Any]:
        """A full list names its agency, and a day that has come."""
        data = super().clean() or {}
        if data.get("scope") == self.FULL:
            if not data.get("agency"):
                self.add_error("agency", _("Choose the agency of which this is the full list."))
            if (data.get("on") or today()) > today():
                self.add_error("on", _("A full list cannot speak of a day to come."))
        return data

    @property
    def full_list(self) -> str:
        """The code of the agency of which the file is the full list; empty for changes only."""
        return str(self.cleaned_data["agency"]) if self.cleaned_data["scope"] == self.FULL else ""

    @property
    def list_on(self) -> Any:
        """The day of which the full list speaks."""
        return (self.cleaned_data["on"] or today()) if self.full_list else None


class ConfirmImportForm(forms.Form):
    """Repeats each number that stops an import: it goes on only when the officer has read and typed it."""

    def __init__(self, *args: Any, stops: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stops = stops
        for stop in stops:
            self.fields[stop["name"]] = forms.IntegerField(
                label=stop["message"],
                help_text=_("Type the number %(number)d to confirm it.") % {"number": stop["number"]},
                min_value=0,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse another number than the one shown."""
        data = super().clean() or {}
        for stop in self.stops:
            if stop["name"] in data and data[stop["name"]] != stop["number"]:
                self.add_error(
                    stop["name"],
                    _("The number is %(number)d. Nothing was written.") % {"number": stop["number"]},
                )
        return data


class ReasonForm(forms.Form):
    """A reason, which the audit log keeps."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept in the audit log."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
