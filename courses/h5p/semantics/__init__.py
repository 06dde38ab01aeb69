"""A library's semantics.json, and what they let through."""

from courses.h5p.semantics.parameters import ParameterFilter, SemanticsOf
from courses.h5p.semantics.translation import localised

__all__ = ["ParameterFilter", "SemanticsOf", "localised"]
