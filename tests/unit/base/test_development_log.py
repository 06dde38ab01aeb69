"""The log of a developer's machine and of the demonstration: a traceback without what its variables held."""

import io
import logging

import structlog

from lms.base.masking import MaskingFormatter
from lms.settings.logging import LOGGING

NAME, NUMBER, BORN = "Nguyễn Thị Bí Mật", "082199887234", "17/03/1971"


class Somebody:
    """A row, as a frame holds one."""

    def __repr__(self) -> str:
        return f"<Person: {NAME} {NUMBER} {BORN}>"


def written_by(processor) -> str:
    """Return what is written of an error in a function that holds a person."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(MaskingFormatter(processor=processor))
    log = logging.Logger("lms.test")
    log.addHandler(handler)

    def failing(person):
        raise LookupError(f"no post of {NUMBER}")

    try:
        failing(Somebody())
    except LookupError:
        log.exception("a page failed")
    return stream.getvalue()


def test_the_traceback_is_there_and_no_person_in_it():
    written = written_by(LOGGING["formatters"]["line"]["processor"])
    assert "LookupError: no post of 082******234" in written
    assert "in failing" in written
    assert not [secret for secret in (NAME, NUMBER, BORN) if secret in written]


def test_the_control_with_the_library_s_own_traceback_the_person_would_be():
    written = written_by(structlog.dev.ConsoleRenderer(colors=False))
    assert NAME in written
