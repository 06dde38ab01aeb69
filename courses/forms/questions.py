"""Writing a question: the fields all types share. No author sees JSON; `types` has the fields of each type."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from courses.models import Question
from courses.questions import Json, Malformed, Unclear, content_of
from courses.questions.case_text import Unreadable
from courses.rules import question_problems


class QuestionForm(WagtailAdminModelForm):
    """A question of one type, refused in sentences when its content does not fit."""

    kind: str = ""
    own: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = self.kind
        if self.instance.pk:
            self.initial.update(self.initial_of(self.instance.parsed))

    def initial_of(self, content: Any) -> dict[str, Any]:
        """Return the values of the type's own fields."""
        raise NotImplementedError

    def written(self, cleaned: dict[str, Any]) -> Json:
        """Return the content written in the type's own fields."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Put the content together and check it."""
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            return cleaned
        try:
            content = content_of(self.kind, self.written(cleaned))
        except (Malformed, Unclear, Unreadable) as error:
            self.add_error(None, str(error))
            return cleaned
        self.instance.content = content.to_json()
        trial = Question(kind=self.kind, text=cleaned.get("text", ""), content=self.instance.content)
        for problem in question_problems(trial):
            self.add_error(None, problem)
        return cleaned
