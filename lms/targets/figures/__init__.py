"""The three figures for a question: one piece of code for the command, the pages and the API."""

from lms.targets.figures.answer import Board, Figures, figures
from lms.targets.figures.question import BadQuestion, Question, ask, read_day

__all__ = ["BadQuestion", "Board", "Figures", "Question", "ask", "figures", "read_day"]
