"""What a team asks of a subject, and what it received."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.collection_states import FileFormat, ItemState
from inspections.models.checklist import private_storage
from inspections.models.document import CaseDocument
from inspections.models.subject import InspectedSubject
from inspections.models.written_once import WrittenOnce
from inspections.queries import DocumentRequestQuerySet
from lms.people.models import Person


class DocumentRequest(models.Model):
    """A row is one list of documents the team leader asks of one subject by a day (Điều 15.2 NĐ 217/2025).

    A draft until its document is signed; handed over once, when that document has its number. From then on it
    stays as it is: what is asked besides is another request.
    """

    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="requests")
    number = models.PositiveSmallIntegerField(_("number of the request"))
    due_on = models.DateField(_("to be handed over by"))
    note = models.TextField(_("what else is to be known"), blank=True)
    document = models.OneToOneField(
        CaseDocument,
        models.PROTECT,
        related_name="request",
        null=True,
        blank=True,
        verbose_name=_("signed document"),
    )
    made_at = models.DateTimeField(_("drafted at"), auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    handed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("handed over by")
    )

    objects = DocumentRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for documents")
        verbose_name_plural = _("requests for documents")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="inspections_request_once"),
            models.CheckConstraint(
                condition=Q(handed_at=None, handed_by=None)
                | Q(handed_at__isnull=False, handed_by__isnull=False, document__isnull=False),
                name="inspections_request_handed_whole",
                violation_error_message=_("A request is handed over with its signed and numbered document."),
            ),
        ]

    def __str__(self) -> str:
        return _("Request %(number)d") % {"number": self.number}

    @property
    def is_handed_over(self) -> bool:
        """Whether the subject has it."""
        return self.handed_at is not None


class RequestItem(models.Model):
    """A row is one document a request asks for."""

    request = models.ForeignKey(DocumentRequest, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    what = models.CharField(_("document or data"), max_length=500)
    format = models.CharField(_("form"), max_length=7, choices=FileFormat, default=FileFormat.ANY)
    # The leader may do without it: the subject is told why (Điều 9: what is out of scope may be refused).
    aside_because = models.TextField(_("why it is no longer needed"), blank=True)

    class Meta:
        verbose_name = _("item of a request")
        verbose_name_plural = _("items of requests")
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="inspections_requestitem_once"),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="inspections_requestitem_says_what",
                violation_error_message=_("Say which document is asked for."),
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]

    def state_on(self, day: date, *, closed: bool = False) -> ItemState:
        """Tell how it stands on a day; once the collection is closed, what has not come is missing."""
        came = [row.came_on for row in self.files.all()]
        if came:
            return ItemState.RECEIVED if min(came) <= self.request.due_on else ItemState.RECEIVED_LATE
        if self.aside_because:
            return ItemState.ASIDE
        if closed:
            return ItemState.MISSING
        return ItemState.LATE if self.request.due_on < day else ItemState.WAITING


class ReceivedFile(WrittenOnce):
    """A row is one file or bundle of papers received, and is its receipt: never changed, never deleted.

    What came on paper is registered by the team with the day it came, with a scan where there is one.
    """

    uuid = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4)
    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="received")
    item = models.ForeignKey(
        RequestItem,
        models.PROTECT,
        related_name="files",
        null=True,
        blank=True,
        verbose_name=_("item of the request"),
    )
    number = models.PositiveSmallIntegerField(_("number of the receipt"))
    on_paper = models.BooleanField(_("came on paper"), default=False)
    came_on = models.DateField(_("came on"))
    sheets = models.PositiveSmallIntegerField(_("sheets"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=300)
    giver = models.CharField(_("handed over by"), max_length=200)
    file = models.FileField(
        _("file"), upload_to="received/%Y/%m/", storage=private_storage, max_length=200, blank=True
    )
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    content_type = models.CharField(_("type"), max_length=100, blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    # Of the party, through its portal; papers have none.
    sent_by = models.ForeignKey(
        "inspections.PartyAccess",
        models.PROTECT,
        related_name="sent",
        null=True,
        blank=True,
        verbose_name=_("sent by"),
    )
    taken_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("taken by")
    )
    taken_by_name = models.CharField(_("taken by"), max_length=200)

    once = "receipt"

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="inspections_receipt_once"),
            models.CheckConstraint(
                condition=Q(file="", size=None, sha256="", content_type="")
                | (~Q(file="") & Q(size__gte=1, sha256__regex=r"^[0-9a-f]{64}$") & ~Q(content_type="")),
                name="inspections_receipt_file_has_hash",
                violation_error_message=_("A file has its size, its type and its SHA-256."),
            ),
            models.CheckConstraint(
                condition=Q(on_paper=True) | ~Q(file=""),
                name="inspections_receipt_paper_or_file",
                violation_error_message=_("What did not come on paper is a file."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(giver="") & ~Q(taken_by_name=""),
                name="inspections_receipt_whole",
                violation_error_message=_("A receipt says what was handed over, by whom and who took it."),
            ),
        ]

    def __str__(self) -> str:
        return _("Receipt %(number)02d: %(name)s") % {"number": self.number, "name": self.name}
