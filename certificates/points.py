"""The named points of issuing. Tests of faults put their own function in the place of `reached` and exit there."""

POINTS = (
    "number.locked",  # the register is held, nothing written
    "number.written",  # the row is written, the counter not yet
    "number.counted",  # the counter too, the audit event not yet
    "number.committed",  # number and everything that will be signed are stored
    "render.drawn",  # the PDF is made, no file yet
    "render.stored",  # the file is on the disk, the row does not know
    "render.committed",
    "sign.signed",  # signed in memory, nothing stored
    "sign.stepped",  # the row has the signed file, not committed
    "sign.committed",
    "issue.stepped",  # given out, not committed
    "issue.committed",
    "spoil.stepped",  # annulled, its reason not yet written
    "spoil.committed",
)


def reached(point: str) -> None:
    """Do nothing."""
