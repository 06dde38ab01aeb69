"""Documents of a case."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.inspection import Inspection
from inspections.paper_states import FIXED, PaperState
from inspections.queries import DocumentQuerySet, DocumentScopedManager, with_forebears
from inspections.words import PaperType
from lms.people.models import Agency, Person

NUMBERED = [str(state) for state in FIXED]
WITHOUT_NUMBER = Q(number=None, year=None, issued_on=None, numbered_at=None, numbered_by=None, pdf="", sha256="")  # fmt: skip
WITH_NUMBER = (
    Q(number__gte=1, year__isnull=False, issued_on__isnull=False, numbered_at__isnull=False)
    & Q(numbered_by__isnull=False)
    & ~Q(pdf="")
    & ~Q(sha256="")
)


class CaseDocument(models.Model):
    """A row is one document of a case: drafted, signed, numbered by the registry, filed.

    `inputs` is what its author wrote, `content` every word it prints; the PDF is made from `content` alone.
    A numbered document never changes: a correction is another one that names it (`replaces`).
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="documents")
    type = models.CharField(_("document"), max_length=40, choices=PaperType)
    template_code = models.SlugField(_("code of the template"), max_length=60)
    template_version = models.PositiveSmallIntegerField(_("version of the template"))
    by_team = models.BooleanField(_("issued by the team"), default=False)
    # Numbers run by agency, year and symbol of the type; the whole symbol is printed ("QĐ-SNV").
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="inspection_documents", verbose_name=_("agency that numbers it")
    )
    series = models.CharField(_("series of numbers"), max_length=10)
    symbol = models.CharField(_("symbol"), max_length=40)
    state = models.CharField(_("state"), max_length=8, choices=PaperState, default=PaperState.DRAFT)
    inputs = models.JSONField(_("what its author wrote"), default=dict, blank=True)
    content = models.JSONField(_("what is printed"), default=dict, blank=True)
    signer = models.ForeignKey(
        Person, models.PROTECT, related_name="documents_to_sign", verbose_name=_("signer")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    returned_because = models.TextField(_("why it was returned"), blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    numbered_at = models.DateTimeField(_("numbered at"), null=True, blank=True)
    numbered_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("numbered by")
    )
    pdf = models.FileField(
        _("PDF"), upload_to="documents/%Y/%m/", storage=private_storage, max_length=200, blank=True
    )
    sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    filed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("filed by")
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
        verbose_name=_("document it corrects"),
    )
    replaces_because = models.TextField(_("why it is corrected"), blank=True)
    made_at = models.DateTimeField(_("drafted at"), auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafted by"))

    scope_path = "agency_id"
    objects = DocumentQuerySet.as_manager()
    scoped = DocumentScopedManager()

    class Meta:
        verbose_name = _("document of an inspection")
        verbose_name_plural = _("documents of inspections")
        ordering = ["pk"]
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = [models.Index(fields=["state", "agency"])]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "year", "number"],
                name="inspections_document_number_once",
                violation_error_message=_("This number is already used in this series and year."),
            ),
            models.CheckConstraint(
                condition=(~Q(state__in=NUMBERED) & WITHOUT_NUMBER) | (Q(state__in=NUMBERED) & WITH_NUMBER),
                name="inspections_document_numbered_whole",
                violation_error_message=_(
                    "A numbered document has number, day, clerk and PDF; a draft has none of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT", signed_at=None)
                | (~Q(state="DRAFT") & Q(signed_at__isnull=False, returned_because="")),
                name="inspections_document_signed_iff_dated",
                violation_error_message=_("A document is numbered only after it was signed."),
            ),
            models.CheckConstraint(
                condition=Q(state="FILED", filed_at__isnull=False, filed_by__isnull=False)
                | (~Q(state="FILED") & Q(filed_at=None, filed_by=None)),
                name="inspections_document_filed_whole",
                violation_error_message=_("A filed document has the moment and the clerk."),
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(year=models.F("issued_on__year")),
                name="inspections_document_year_of_its_day",
                violation_error_message=_("Numbers run from 1 January to 31 December."),
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, replaces_because="")
                | (Q(replaces__isnull=False) & ~Q(replaces_because="")),
                name="inspections_document_correction_has_reason",
                violation_error_message=_("A correction says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.written_number}".strip()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse to delete a numbered document."""
        if self.is_numbered:
            raise TypeError("a numbered document is never deleted")
        return super().delete(*args, **kwargs)

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that one of the agencies numbers it, or stands today for the one that did."""
        return Q(agency__in=with_forebears(agency_ids))

    @property
    def is_numbered(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state in FIXED

    @property
    def written_number(self) -> str:
        """Number and symbol as other documents name it; nothing in a draft."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""
