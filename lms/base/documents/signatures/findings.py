"""What can be said about a signed file, each as one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.documents.signatures.fields import AGENCY, PERSON


class Code(TextChoices):
    """What was found; the label is the sentence for whoever sent the file."""

    # The file is not looked at.
    TOO_LARGE = "too_large", gettext_lazy("The file is larger than any document of ours.")
    NOT_PDF = "not_pdf", gettext_lazy("This is not a PDF file.")
    ENCRYPTED = (
        "encrypted",
        gettext_lazy("The file is encrypted; nothing we issue is. Send it without a password."),
    )
    BOMB = "bomb", gettext_lazy("The file unpacks to far more than a document holds; it was not opened.")
    TOO_COMPLEX = (
        "too_complex",
        gettext_lazy("The file has more parts than a document of ours; it was not opened."),
    )
    DAMAGED = "damaged", gettext_lazy("The file is damaged: its structure cannot be read.")
    # The signatures.
    UNSIGNED = "unsigned", gettext_lazy("The file bears no signature.")
    MISSING = "missing", gettext_lazy("A signature is missing.")
    UNKNOWN_FIELD = (
        "unknown_field",
        gettext_lazy("The file bears a signature in a place that was not reserved for one."),
    )
    TOO_MANY = "too_many", gettext_lazy("The file bears more signatures than a document of ours.")
    WRONG_ORDER = "wrong_order", gettext_lazy("The agency signed before the person: the person signs first.")
    SAME_SIGNER = (
        "same_signer",
        gettext_lazy("The person and the agency signed with one and the same certificate."),
    )
    MALFORMED = "malformed", gettext_lazy("The signature does not follow the rules of signed PDF files.")
    GAP = "gap", gettext_lazy("Bytes hide in the place of the signature, where none may stand.")
    CHANGED = "changed", gettext_lazy("The content was changed after it was signed.")
    FORGED = "forged", gettext_lazy("The signature was not made by the key it names.")
    WEAK = "weak", gettext_lazy("The signature was made by a method that is no longer safe.")
    APPENDED = "appended", gettext_lazy("Something was added to the file after the last signature.")
    MODIFIED = "modified", gettext_lazy("An update after the signature changes what the document shows.")
    NOT_COVERED = "not_covered", gettext_lazy("The signature does not cover the whole document.")
    # The signer.
    NO_ROOTS = "no_roots", gettext_lazy("No trusted authority is set: who signed cannot be confirmed here.")
    SELF_SIGNED = (
        "self_signed",
        gettext_lazy("The signer vouches for himself: no authority stands behind the certificate."),
    )
    UNTRUSTED = (
        "untrusted",
        gettext_lazy("The signer's certificate was not issued by an authority trusted here."),
    )
    EXPIRED = "expired", gettext_lazy("The signer's certificate was not valid when the document was signed.")
    REVOKED = "revoked", gettext_lazy("The signer's certificate had been revoked.")
    WRONG_USE = "wrong_use", gettext_lazy("The signer's certificate is not one for signing documents.")
    FUTURE = "future", gettext_lazy("The time of signing lies in the future.")
    NO_TIME = "no_time", gettext_lazy("The signature does not say when it was made.")
    STAMP = "stamp", gettext_lazy("The time stamp of the signature does not hold.")
    # Bringing back what was signed outside.
    OTHER_FILE = "other_file", gettext_lazy("This is not the file we gave out for signing.")
    ALREADY = "already", gettext_lazy("This document has been signed already.")


# The fields of ours in words; the name of any other is all there is to say about it.
WHOSE = {PERSON: gettext_lazy("signer's signature"), AGENCY: gettext_lazy("agency's signature")}
UNOPENED = frozenset(
    {Code.TOO_LARGE, Code.NOT_PDF, Code.ENCRYPTED, Code.BOMB, Code.TOO_COMPLEX, Code.DAMAGED}
)


@dataclass(frozen=True)
class Finding:
    """One thing that speaks against a file; `field` names the signature it is about, if one."""

    code: Code
    field: str = ""

    def __str__(self) -> str:
        sentence = str(self.code.label)
        if not self.field:
            return sentence
        whose = WHOSE.get(self.field) or _("signature “%(field)s”") % {"field": self.field}
        return _("About the %(signature)s: %(sentence)s") % {"signature": whose, "sentence": sentence}
