"""What a certificate is, how it comes about step by step, and what has become of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The paper: a short course earns a giấy chứng nhận, a programme of a training institution a chứng chỉ."""

    ATTENDANCE = "giay_chung_nhan", _("Certificate of completion")
    TRAINING = "chung_chi", _("Training certificate")


class Standing(TextChoices):
    """Whether a certificate counts on a day."""

    VALID = "valid", _("Valid")
    ENDED = "ended", _("Withdrawn from a date on")
    VOID = "void", _("Withdrawn as if it had never been issued")
    REPLACED = "replaced", _("Replaced by a new certificate")
    SPOILT = "spoilt", _("Number annulled")
    EXPIRED = "expired", _("No longer valid: its time has passed")


class State(TextChoices):
    """How far a row of the register has come."""

    NUMBERED = "numbered", _("Numbered")
    RENDERED = "rendered", _("Printed to a file")
    SIGNED = "signed", _("Signed")
    ISSUED = "issued", _("Issued")
    REPLACED = "replaced", _("Replaced")
    SPOILT = "spoilt", _("Annulled")


MAKING = (State.NUMBERED, State.RENDERED, State.SIGNED)
PUBLIC = (State.ISSUED, State.REPLACED, State.SPOILT)
FILE = ("file_name", "file_size", "file_sha256")


@dataclass(frozen=True)
class Step:
    """A row of the table: from where, to where, and the only columns the step may write."""

    before: tuple[State, ...]
    after: State
    writes: tuple[str, ...] = ()


# Everything that is printed and signed is stored with the number; a step only goes forward. The number of a
# row that cannot go on stays in the book as an annulled row with its reason.
STEPS: Mapping[str, Step] = {
    "render": Step((State.NUMBERED,), State.RENDERED, FILE),
    "sign": Step((State.RENDERED,), State.SIGNED, FILE),
    "issue": Step((State.RENDERED, State.SIGNED), State.ISSUED, ("released_at",)),
    "replace": Step((State.ISSUED,), State.REPLACED, ("replaced_by_id",)),
    "spoil": Step((*MAKING, State.ISSUED), State.SPOILT),
}


class Language(TextChoices):
    """The language a certificate is printed in."""

    VIETNAMESE = "vi", _("Vietnamese")
    ENGLISH = "en", _("English")
    BOTH = "both", _("Vietnamese with English under it")


class PaperSize(TextChoices):
    """The sheet."""

    A4_LANDSCAPE = "a4_landscape", _("A4 on its side")
    A4_PORTRAIT = "a4_portrait", _("A4 upright")
    A5_LANDSCAPE = "a5_landscape", _("A5 on its side")


class Ground(TextChoices):
    """What stands behind the words."""

    RIVER = "river", _("Double frame and river")
    FRAME = "frame", _("Double frame")
    NONE = "none", _("Nothing: printed on ready-made paper")


class Superior(TextChoices):
    """Which body stands over the issuing agency in the head."""

    OF_THE_DAY = "day", _("The superior body on the day of issue")
    GIVEN = "given", _("The words given here")
    NONE = "none", _("None")


class Authority(TextChoices):
    """By which authority somebody signs (Nghị định 30/2020/NĐ-CP, Điều 13)."""

    OWN = "", _("In their own right")
    BODY = "TM.", _("TM.: on behalf of the body")
    DEPUTY = "KT.", _("KT.: for the head, as a deputy")
    ORDER = "TL.", _("TL.: by order")
    MANDATE = "TUQ.", _("TUQ.: by mandate")


class Wish(TextChoices):
    """What an officer asks of the register."""

    BOOK = "book", _("The register as a book to print (PDF and XLSX)")
    PAPERS = "papers", _("The certificates of a unit and all below it in one ZIP file")
    ISSUE = "issue", _("A round of issuing in a unit and all below it")


FILES = (Wish.BOOK, Wish.PAPERS)


class VersionState(TextChoices):
    """Whether a version of a template may still be changed."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published: never changes")
