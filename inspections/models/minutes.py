"""Minutes."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import ChecklistRecord, private_storage
from inspections.models.subject import InspectedSubject
from lms.people.models import Person


class Minutes(models.Model):
    """A row is the minutes of one subject (Điều 15.3.a NĐ 217/2025): a draft until the leader locks it.

    Locking freezes every printed word in `content`, the PDF and its hash. Locked minutes never change.
    """

    class Witness(models.TextChoices):
        COMMUNE = "COMMUNE", _("Representative of the commune")
        PERSON = "PERSON", _("Witness")

    subject = models.OneToOneField(InspectedSubject, models.CASCADE, related_name="minutes")
    record = models.ForeignKey(ChecklistRecord, models.PROTECT, related_name="minutes", null=True, blank=True)
    started_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"))
    place = models.CharField(_("place of the event"), max_length=300)
    representative = models.CharField(_("representative of the subject"), max_length=200)
    representative_title = models.CharField(_("title of the representative"), max_length=200, blank=True)
    others = models.TextField(_("other persons present"), blank=True)
    conclusion = models.TextField(_("result of the verification"), blank=True)
    opinion = models.TextField(_("opinion of the subject"), blank=True)
    refused = models.BooleanField(_("the subject refuses to sign"), default=False)
    refusal_reason = models.TextField(_("why the subject refuses"), blank=True)
    witness_kind = models.CharField(_("who signs instead"), max_length=8, choices=Witness, blank=True)
    witness_name = models.CharField(_("name of the witness"), max_length=200, blank=True)
    witness_title = models.CharField(_("post or address of the witness"), max_length=200, blank=True)
    content = models.JSONField(_("what is printed"), default=dict, blank=True)
    pdf = models.FileField(
        _("PDF"), upload_to="minutes/%Y/", storage=private_storage, max_length=200, blank=True
    )
    sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_by = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="locked_minutes",
        null=True,
        blank=True,
        verbose_name=_("locked by"),
    )

    class Meta:
        verbose_name = _("minutes of an inspection")
        verbose_name_plural = _("minutes of an inspection")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")),
                name="inspections_minutes_end_after_start",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by__isnull=True, sha256="", pdf="")
                | (
                    Q(locked_at__isnull=False, locked_by__isnull=False, record__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(pdf="")
                ),
                name="inspections_minutes_locked_whole",
                violation_error_message=_(
                    "Locked minutes have a checklist, a PDF, its hash, a day and a person."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    refused=False, refusal_reason="", witness_kind="", witness_name="", witness_title=""
                )
                | (
                    Q(refused=True)
                    & ~Q(refusal_reason="")
                    & ~Q(witness_kind="")
                    & ~Q(witness_name="")
                    & ~Q(witness_title="")
                ),
                name="inspections_minutes_refusal_has_witness",
                violation_error_message=_(
                    "Where the subject refuses to sign, the minutes say why, and a representative of the commune"
                    " or a witness signs: with name, and post or address."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.ended_at:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change minutes that are locked in the database."""
        if self.pk and Minutes.objects.filter(pk=self.pk, locked_at__isnull=False).exists():
            raise TypeError("locked minutes never change")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse to delete locked minutes."""
        if self.is_locked:
            raise TypeError("locked minutes are never deleted")
        return super().delete(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        """Whether the leader has locked them."""
        return self.locked_at is not None
