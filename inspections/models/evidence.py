"""Files that prove."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import ChecklistRecord, private_storage
from inspections.models.subject import InspectedSubject
from lms.people.models import Person


class Evidence(models.Model):
    """A row is one file with its hash. Two photos with the same bytes are two photos."""

    uuid = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4)
    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="evidence")
    record = models.ForeignKey(
        ChecklistRecord, models.PROTECT, related_name="evidence", null=True, blank=True
    )
    question = models.CharField(_("question"), max_length=120, blank=True)
    caption = models.CharField(_("what it shows"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m/", storage=private_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(_("type"), max_length=100)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("added by"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(size__gte=1),
                name="inspections_evidence_has_hash",
                violation_error_message=_("Evidence has a size and a SHA-256."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether a page may show it as a picture."""
        return self.content_type.startswith("image/")
