"""Personal numbers in what is written about the running of the product: 082******234."""

import logging
import re

import structlog

# Twelve digits that stand alone: NĐ 27/2026/NĐ-CP. Longer runs are instants and hashes.
NUMBER = re.compile(r"(?<![0-9A-Za-z])([0-9]{3})[0-9]{6}([0-9]{3})(?![0-9A-Za-z])")


def masked(text: str) -> str:
    """Return the text with every personal number masked.

    >>> masked("Key (code)=(082199887234) already exists.")
    'Key (code)=(082******234) already exists.'
    """
    return NUMBER.sub(r"\1******\2", text)


class MaskingFormatter(structlog.stdlib.ProcessorFormatter):
    """Writes a log line, its traceback among it, without personal numbers: a database quotes the row it refuses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return masked(super().format(record))
