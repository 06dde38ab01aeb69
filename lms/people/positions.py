"""The positions in use, found by words of theirs."""

from django.db import connection

from lms.base.vietnamese import fold
from lms.people.words import Words


def known_positions() -> list[str]:
    """Return every position in use, read from the index one by one: millions of posts share a few thousand."""
    with connection.cursor() as cursor:
        cursor.execute("""
            WITH RECURSIVE known(position) AS (
                SELECT MIN(position) FROM people_post
                UNION ALL
                SELECT (SELECT MIN(position) FROM people_post WHERE position > known.position)
                FROM known WHERE known.position IS NOT NULL
            ) SELECT position FROM known WHERE position IS NOT NULL""")
        return [position for (position,) in cursor.fetchall() if position]


def positions_holding(text: str) -> list[str]:
    """Return the positions in which each word begins a word, accents ignored; those spelt as typed alone where some are."""
    words = Words.read(text)
    found = [position for position in known_positions() if words.match(fold(position))]
    return [position for position in found if words.match_exactly(position)] or found
