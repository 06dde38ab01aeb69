"""What may be sent, and what is wrong with it."""

from courses.forms.answers import AnswerForm
from courses.forms.examining import ExtraAttemptsForm, ExtraTimeForm, MinutesForm, NoteForm, SampleForm
from courses.forms.exams import ExamForm
from courses.forms.questions import QuestionForm
from courses.forms.types import question_form

__all__ = [
    "AnswerForm",
    "ExamForm",
    "ExtraAttemptsForm",
    "ExtraTimeForm",
    "MinutesForm",
    "NoteForm",
    "QuestionForm",
    "SampleForm",
    "question_form",
]
