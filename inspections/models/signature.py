"""Electronic signatures on documents of a case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.document import CaseDocument
from inspections.models.written_once import WrittenOnce
from lms.base.documents.signatures import AGENCY, PERSON
from lms.people.models import Person


class PaperSignature(WrittenOnce):
    """A row is one signature (PAdES) on a numbered document, with the file that bears it. Written once.

    The file begins with every byte of the one before: the numbered document, then the person, then the agency.
    The database refuses the agency before the person, and any change of a row.
    """

    class Field(models.TextChoices):
        PERSON = PERSON, _("Signer")
        AGENCY = AGENCY, _("Agency")

    class Way(models.TextChoices):
        KEY = "key", _("By the key kept here")
        OUTSIDE = "outside", _("Signed outside and brought back")

    document = models.ForeignKey(CaseDocument, models.PROTECT, related_name="signatures")
    field = models.CharField(_("place of the signature"), max_length=10, choices=Field)
    way = models.CharField(_("how it was signed"), max_length=7, choices=Way)
    signer = models.CharField(_("signed by"), max_length=250)
    organisation = models.CharField(_("organisation"), max_length=250, blank=True)
    signed_at = models.DateTimeField(_("signed at"))
    is_stamped = models.BooleanField(_("time from a time stamp authority"), default=False)
    sha256 = models.CharField(_("signature (SHA-256)"), max_length=64)
    key_sha256 = models.CharField(_("signer's certificate (SHA-256)"), max_length=64)
    known_at = models.DateTimeField(_("checked at"))
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("taken by"))
    pdf = models.FileField(_("PDF"), upload_to="documents/%Y/%m/", storage=private_storage, max_length=200)
    file_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)

    once = "signature"

    class Meta:
        verbose_name = _("electronic signature of a document")
        verbose_name_plural = _("electronic signatures of documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "field"],
                name="inspections_paper_signed_once",
                violation_error_message=_("This document has been signed in this place already."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", file_sha256__regex=r"^[0-9a-f]{64}$")
                & ~Q(pdf=""),
                name="inspections_paper_signature_has_file",
                violation_error_message=_("A signature is kept with its file and their hashes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.signer}"
