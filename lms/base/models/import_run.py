"""Files sent to an importer through the upload page."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Return the storage that no address reaches."""
    return storages["private"]


class ImportRun(models.Model):
    """A row is one file: sent to the upload page, checked, shown and applied; or imported by command."""

    class State(models.TextChoices):
        REFUSED = "refused", _("has errors")
        CHECKED = "checked", _("checked, waiting for your confirmation")
        APPLIED = "applied", _("applied")

    kind = models.CharField(_("kind"), max_length=30)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", storage=private_storage, blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State)
    report = models.JSONField(_("report"))
    uploaded_by_id = models.CharField(_("by"), max_length=40)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    applied_at = models.DateTimeField(_("applied"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="applied", applied_at__isnull=False)
                | (~models.Q(state="applied") & models.Q(applied_at__isnull=True)),
                name="base_importrun_applied_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
