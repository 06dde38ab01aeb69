"""How each type of question is put on a page, and what is told of it after release."""

from courses.views.questions.put import put
from courses.views.questions.told import told

__all__ = ["put", "told"]
