"""An answer as the page sends it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import QueryDict

from courses.models import AttemptQuestion
from courses.questions import Json

MAX_RESPONSE = 40_000


class ResponseField(forms.CharField):
    """A response as the page's script sends it: a JSON object. Whether it fits its question is asked later."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the object; nothing sent is an empty one."""
        text = super().to_python(value)
        try:
            read = json.loads(text or "{}")
        except (ValueError, RecursionError):
            raise forms.ValidationError("unreadable", code="unreadable") from None
        if not isinstance(read, dict):
            raise forms.ValidationError("unreadable", code="unreadable")
        return read


class AnswerForm(forms.Form):
    """One answer with the device's own id and order."""

    client_id = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    response = ResponseField(required=False, max_length=MAX_RESPONSE)

    @classmethod
    def posted_for(cls, question: AttemptQuestion, response: Json, data: QueryDict) -> AnswerForm:
        """Read id and order of the answer to one question out of a plain form post."""
        place = question.position
        return cls(
            {
                "client_id": data.get(f"id{place}", ""),
                "sequence": data.get(f"n{place}", ""),
                "response": json.dumps(response),
            }
        )
