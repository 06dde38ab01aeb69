"""Every write of H5P: libraries installed and approved, contents brought in, plays kept."""

from courses.h5p.actions.contents import (
    Imported,
    check_package,
    create_content,
    import_package,
)
from courses.h5p.actions.libraries import approve_library, ensure_starter_libraries
from courses.h5p.actions.plays import SameIdOtherStatement, open_play, record_statement, save_state

__all__ = [
    "Imported",
    "SameIdOtherStatement",
    "approve_library",
    "check_package",
    "create_content",
    "ensure_starter_libraries",
    "import_package",
    "open_play",
    "record_statement",
    "save_state",
]
