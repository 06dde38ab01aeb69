"""Checklists: XLSForms kept as versions, and the sheets filled in on them."""

import uuid
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.subject import InspectedSubject
from lms.people.models import Person


def private_storage() -> Storage:
    """Return the storage that no address reaches."""
    return storages["private"]


class ChecklistTemplate(models.Model):
    """A row is one checklist, known by its code; its questions are in its versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    field = models.CharField(_("field"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ChecklistVersion(models.Model):
    """A row is one version of a checklist: the sheet as uploaded and the XForm made from it. Never changed."""

    template = models.ForeignKey(ChecklistTemplate, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    sheet = models.FileField(_("XLSForm"), upload_to="checklists/", storage=private_storage)
    sheet_sha256 = models.CharField(_("SHA-256 of the sheet"), max_length=64)
    xform = models.TextField(_("XForm"))
    # Question names in order with label, kind and choices: what minutes print.
    questions = models.JSONField(_("questions"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a checklist")
        verbose_name_plural = _("versions of checklists")
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="inspections_version_number_once"),
            models.UniqueConstraint(
                fields=["template", "sheet_sha256"],
                name="inspections_version_sheet_once",
                violation_error_message=_("This sheet is already a version of the checklist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse any change but retirement: a sheet stays on the version it was started with."""
        if self.pk and set(kwargs.get("update_fields") or ()) != {"retired_at"}:
            raise TypeError("a version of a checklist is never changed; upload a new one")
        super().save(*args, **kwargs)


class ChecklistRecord(models.Model):
    """A row is one sheet filled in for one subject, on the version it was started with.

    The UUID is made on the device; the same UUID and content again is the same record.
    """

    uuid = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4)
    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="records")
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="records")
    # A correction is a new sheet that points to the one it replaces.
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True, blank=True)
    examined_on = models.DateField(_("day of examination"))
    instance = models.TextField(_("instance XML"))
    answers = models.JSONField(_("answers of the sheet"))
    content_sha256 = models.CharField(_("SHA-256"), max_length=64)
    # (name, size, SHA-256) of the files the sheet names: complete when each has arrived.
    manifest = models.JSONField(_("files"), default=list)
    started_at = models.DateTimeField(_("started on the device"), null=True, blank=True)
    finalised_at = models.DateTimeField(_("finalised on the device"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    filled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("filled in by"))

    class Meta:
        verbose_name = _("filled checklist")
        verbose_name_plural = _("filled checklists")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(finalised_at__gte=models.F("started_at")),
                name="inspections_record_finalised_after_start",
                violation_error_message=_("A sheet is finalised after it is started."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class ChecklistConflict(models.Model):
    """A row is other content sent under the UUID of a stored sheet: kept for a person to decide."""

    record = models.ForeignKey(ChecklistRecord, models.CASCADE, related_name="conflicts")
    instance = models.TextField(_("instance XML"))
    content_sha256 = models.CharField(_("SHA-256"), max_length=64)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("sent by"))

    class Meta:
        verbose_name = _("conflicting sheet")
        verbose_name_plural = _("conflicting sheets")
        constraints = [
            models.UniqueConstraint(fields=["record", "content_sha256"], name="inspections_conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.content_sha256[:12]}"
