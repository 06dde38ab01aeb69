"""Workbooks handed in with an attempt."""

from __future__ import annotations

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Return the storage that no address reaches."""
    return storages["private"]


class Upload(models.Model):
    """A row is one workbook handed in with an attempt; an answer names it by its id. It is never rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt_question = models.ForeignKey("courses.AttemptQuestion", models.CASCADE, related_name="uploads")
    file = models.FileField(_("file"), upload_to="exams/%Y/%m/", storage=private_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        constraints = [
            models.UniqueConstraint(name="upload_content_once", fields=["attempt_question", "sha256"]),
            models.CheckConstraint(
                name="upload_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(size__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name
