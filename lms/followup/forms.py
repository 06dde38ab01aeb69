"""What an officer records of a file for the national HR database; a course proposed after an inspection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from inspections.forms.choices import DayInput
from inspections.models import Remedy
from lms.followup.training import courses_open, staff_for
from lms.people.models import Person


class ReceiptForm(forms.Form):
    """The receipt with which the national database took the file."""

    receipt = forms.CharField(label=_("Receipt of the national database"), max_length=200)


class PersonsField(forms.ModelMultipleChoiceField):
    """Offers persons by name and position: names alone are not unique."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and position."""
        return f"{obj.full_name} – {obj.position}" if obj.position else str(obj.full_name)


class ProposalForm(forms.Form):
    """Which course, whom, by when."""

    course = forms.ModelChoiceField(label=_("Course"), queryset=Course.objects.none())
    persons = PersonsField(
        label=_("Who"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple()
    )
    due_on = forms.DateField(
        label=_("Due on"),
        widget=DayInput(),
        help_text=_("At the latest on the day of the remedy’s deadline."),
    )

    def __init__(self, *args: Any, remedy: Remedy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", remedy.deadline)
        self.fields["course"].queryset = courses_open()  # type: ignore[attr-defined]
        self.fields["course"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        self.fields["persons"].queryset = staff_for(remedy.finding.subject)  # type: ignore[attr-defined]
