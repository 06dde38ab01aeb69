"""What no office program writes into the XML of its files: definitions of its own.

quick-xml and expat know no limit to what the entities of a document type unfold to. A comment of any length may stand
before it, so a part is searched to its end; in text a “<” is written “&lt;”.
"""

DECLARED = (b"<!DOCTYPE", b"<!ENTITY")
# Two bytes a sign, with or without the mark that says so: the words above are not found in it.
WIDE_SIGNS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")


def declares(piece: bytes) -> bool:
    """Tell whether a piece of a part declares something."""
    return any(word in piece for word in DECLARED)


def hides_its_words(start: bytes) -> bool:
    """Tell whether a part is written in an encoding that office programs do not use, in which nothing is found."""
    return start.startswith(WIDE_SIGNS)
