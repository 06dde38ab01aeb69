"""What may be sent, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from wagtail.admin.forms import WagtailAdminModelForm

from courses.models import AttemptQuestion
from courses.rules import question_problem

MAX_OPTIONS = 50


class ChosenField(forms.Field):
    """The ids of the options chosen: any number of short texts."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        """Return the ids; what is too long to be one is refused."""
        ids = [str(one) for one in value or []]
        if len(ids) > MAX_OPTIONS or any(len(one) > 64 for one in ids):
            raise forms.ValidationError("too long", code="too_long")
        return ids


class AnswerForm(forms.Form):
    """One answer with the device's own id and order."""

    client_id = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    chosen = ChosenField(required=False)

    @classmethod
    def posted_for(cls, question: AttemptQuestion, data: QueryDict) -> AnswerForm:
        """Read the answer to one question out of a plain form post."""
        place = question.position
        one = QueryDict(mutable=True)
        one["client_id"] = data.get(f"id{place}", "")
        one["sequence"] = data.get(f"n{place}", "")
        one.setlist("chosen", data.getlist(f"q{place}"))
        return cls(one)


class QuestionForm(WagtailAdminModelForm):
    """A question with its options, refused when its key does not fit its kind."""

    def clean(self) -> dict[str, Any]:
        """Check the options together with the kind."""
        cleaned: dict[str, Any] = super().clean()
        options = self.formsets.get("options")
        if options is not None and options.is_valid():
            problem = question_problem(cleaned.get("kind", ""), _right_options(options))
            if problem:
                self.add_error(None, problem)
        return cleaned


def _right_options(options: forms.BaseFormSet[Any]) -> list[bool]:
    kept = [form.cleaned_data for form in options.forms if form.cleaned_data.get("text")]
    return [bool(option.get("is_correct")) for option in kept if not option.get("DELETE")]
