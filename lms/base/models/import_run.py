"""Files sent to an importer: what each would do, did, and took back."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.base.models.job import Job

# An import can be taken back, and its rows are kept to look at, for this long.
UNDO_WITHIN = timedelta(days=30)


def private_storage() -> Storage:
    """Return the storage that no address reaches."""
    return storages["private"]


class ImportRun(models.Model):
    """A row is one file: sent to the upload page, checked, shown and applied; or imported by command."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        REFUSED = "refused", _("has errors")
        CHECKED = "checked", _("checked, waiting for your confirmation")
        APPLYING = "applying", _("being imported")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    BUSY = (State.CHECKING, State.APPLYING, State.UNDOING)
    WRITTEN = (State.APPLIED, State.UNDOING, State.UNDONE)

    kind = models.CharField(_("kind"), max_length=30)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", storage=private_storage, blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State)
    # How the file is to be read: changes only or the full list of an agency, and the officer's language.
    options = models.JSONField(_("options"), default=dict)
    report = models.JSONField(_("report"), default=dict)
    # Of everything the preview says: the confirmation holds for exactly that.
    digest = models.CharField(_("preview (SHA-256)"), max_length=64, blank=True)
    # What was written, old and new, so that it can be taken back.
    journal = models.FileField(
        _("journal"), upload_to="imports/journal/%Y/%m/", storage=private_storage, blank=True
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", verbose_name=_("job"))
    uploaded_by_id = models.CharField(_("by"), max_length=40)
    uploaded_by_name = models.CharField(_("by (name)"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    applied_at = models.DateTimeField(_("applied"), null=True)
    undone_at = models.DateTimeField(_("taken back"), null=True)
    undo_reason = models.TextField(_("reason for taking back"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["applied", "undoing", "undone"], applied_at__isnull=False)
                | (~Q(state__in=["applied", "undoing", "undone"]) & Q(applied_at__isnull=True)),
                name="base_importrun_written_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="base_importrun_undone_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def is_busy(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in self.BUSY

    @property
    def undo_until(self) -> datetime | None:
        """The last moment at which it can be taken back; None before it was applied."""
        return self.applied_at + UNDO_WITHIN if self.applied_at else None

    @property
    def is_undo_open(self) -> bool:
        """Whether it was applied, left a journal, and its time is not over."""
        until = self.undo_until
        applied = self.state == self.State.APPLIED and bool(self.journal)
        return applied and until is not None and timezone.now() < until


class ImportLine(models.Model):
    """A row is one line of a preview: a row of the file, or a post it does not name, and what would happen to it."""

    class Effect(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("ended, not in the full list")
        REFUSED = "refused", _("refused")
        WARNING = "warning", _("taken, looks odd")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    effect = models.CharField(_("effect"), max_length=8, choices=Effect)
    row = models.PositiveIntegerField(_("row"), null=True)
    label = models.CharField(_("what"), max_length=400, blank=True)
    folded = models.CharField(max_length=400, editable=False)
    # [[field, old, new], …]
    changes: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(_("changes"), default=list)
    column = models.CharField(_("column"), max_length=100, blank=True)
    value = models.CharField(_("value"), max_length=300, blank=True)
    message = models.TextField(_("message"), blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "effect", "row"])]

    def __str__(self) -> str:
        return f"{self.effect} {self.label}"


class ImportLock(models.Model):
    """A row is held, in the database's own way, by the one import of its domain that is writing."""

    domain = models.CharField(_("domain"), max_length=30, unique=True)

    class Meta:
        verbose_name = _("lock of imports")
        verbose_name_plural = _("locks of imports")

    def __str__(self) -> str:
        return self.domain
