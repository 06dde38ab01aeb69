"""A bundle: one proof with everything needed to check it, by a reader without us, for decades (docs/bundle.md)."""

from lms.base.bundle.jws import NotSigned, canonical, opened, signed
from lms.base.bundle.packing import FORMAT, Part, packed
from lms.base.bundle.reading import Checked, verified

__all__ = ["FORMAT", "Checked", "NotSigned", "Part", "canonical", "opened", "packed", "signed", "verified"]
