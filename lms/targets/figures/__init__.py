"""The three figures for a question: one piece of code for the command, the pages and the API."""

from lms.targets.figures.answer import Board, Figures, figures
from lms.targets.figures.question import BadQuestion, Question, ask, read_day
from lms.targets.figures.units import Unit, units

__all__ = ["BadQuestion", "Board", "Figures", "Question", "Unit", "ask", "figures", "read_day", "units"]
