"""A register to reconcile, and what a decision of it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.actions.parties import Party
from inspections.forms.choices import AgencyField, DayInput, agencies_for
from inspections.importing.outgoing import OutgoingRegister, RegisterRefused
from inspections.models import RegisterEntry
from inspections.rules.reconciling import RegisterLine
from inspections.states import SubjectKind
from lms.base.dates import today
from lms.base.forms import MAX_UPLOAD
from lms.base.importing import FileRefused, Problem


class ReconcileForm(forms.Form):
    """Whose register, of which days, and the file; a file with a wrong row is refused with all wrong rows."""

    agency = AgencyField(label=_("Agency whose register it is"))
    start = forms.DateField(label=_("Decisions from"), widget=DayInput())
    end = forms.DateField(label=_("Decisions to before"), widget=DayInput())
    file = forms.FileField(
        label=_("Outgoing-document register (XLSX or CSV)"),
        help_text=_(
            "Row 1 holds the headers: Số ký hiệu, Ngày ban hành, Trích yếu; of use: Ngày hoàn thành, Tên đối tượng, "
            "Mã số thuế, Loại đối tượng, Lĩnh vực."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: list[Problem] = []
        self.lines: list[RegisterLine] = []
        self.content = b""
        agencies = agencies_for(by, "inspections.register", "inspections.run")
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if agencies.count() == 1:
            self.fields["agency"].initial = agencies.first()
        day = today()
        self.fields["start"].initial = day.replace(month=1, day=1)
        self.fields["end"].initial = day.replace(day=1) if day.month > 1 else day

    def clean(self) -> dict[str, Any]:
        """Read the file under the period."""
        data: dict[str, Any] = super().clean() or {}
        start, end, file = data.get("start"), data.get("end"), data.get("file")
        if not (start and end and file):
            return data
        if end <= start:
            self.add_error("end", gettext("The period must end after it starts."))
        elif file.size > MAX_UPLOAD:
            self.add_error("file", gettext("The file is larger than 50 MB: send a shorter period."))
        else:
            self._read(file, (start, end))
        return data

    def _read(self, file: Any, period: Any) -> None:
        self.content = file.read()
        try:
            self.lines = OutgoingRegister().read_lines(self.content, file.name, period)
        except FileRefused as refused:
            self.add_error("file", str(refused))
        except RegisterRefused as refused:
            self.problems = refused.problems
            self.add_error("file", gettext("Nothing was taken: the rows below are wrong."))

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        return {
            "agency": data["agency"],
            "period": (data["start"], data["end"]),
            "lines": self.lines,
            "file_name": data["file"].name,
            "content": self.content,
        }


class MissingForm(forms.Form):
    """What the register does not say of a decision that was carried out on paper."""

    completed_on = forms.DateField(
        label=_("Completed on"),
        widget=DayInput(),
        help_text=_("Date of the result document, else of the last minutes."),
    )
    kind = forms.ChoiceField(label=_("Kind of subject"), choices=SubjectKind)
    identifier = forms.CharField(label=_("Tax code or identification number"), max_length=40, required=False)
    name = forms.CharField(label=_("Name"), max_length=300)
    field = forms.CharField(label=_("Field"), max_length=200, required=False)
    result_issued = forms.BooleanField(label=_("A result document was issued"), required=False)

    @classmethod
    def of(cls, entry: RegisterEntry, data: Any = None) -> MissingForm:
        """Return the form with what the register says."""
        said = {
            "completed_on": entry.completed_on,
            "kind": entry.subject_kind,
            "identifier": entry.subject_id,
            "name": entry.subject_name,
            "field": entry.field,
        }
        return cls(data, initial=said)

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        party = Party(data["kind"], data["identifier"], data["name"])
        rest = {name: data[name] for name in ("completed_on", "field", "result_issued")}
        return {**rest, "party": party}


class AsideForm(forms.Form):
    """Why a decision opens no inspection."""

    reason = forms.CharField(label=_("Why it is no inspection"), max_length=300)
