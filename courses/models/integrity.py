"""From where an attempt was written, and what of it a person should look at. Nothing here punishes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.states import Signal


class Sitting(models.Model):
    """A row is one device at one address from which an attempt was opened or answered."""

    attempt = models.ForeignKey("courses.Attempt", models.CASCADE, related_name="sittings")
    device = models.UUIDField(_("the browser's random mark"), null=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    first_at = models.DateTimeField(_("first seen"), default=timezone.now)
    away = models.PositiveSmallIntegerField(_("times the page lost the focus"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("device of an attempt")
        verbose_name_plural = _("devices of an attempt")
        constraints = [
            models.UniqueConstraint(name="sitting_once", fields=["attempt", "device", "address"]),
        ]
        indexes = [
            models.Index(name="sitting_by_device", fields=["device"], condition=Q(device__isnull=False)),
            models.Index(name="sitting_by_address", fields=["address"], condition=Q(address__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.address}"


class IntegrityFlag(models.Model):
    """A row asks a person to look at an attempt, and keeps what they said of it."""

    attempt = models.ForeignKey("courses.Attempt", models.CASCADE, related_name="flags")
    signal = models.CharField(_("what was noticed"), max_length=20, choices=Signal.choices)
    facts = models.JSONField(_("figures"), default=dict)
    raised_at = models.DateTimeField(_("noticed"), default=timezone.now)
    looked_at = models.DateTimeField(_("looked at"), null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("looked at by")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["attempt", "pk"]
        verbose_name = _("flag of an attempt")
        verbose_name_plural = _("flags of attempts")
        constraints = [
            models.UniqueConstraint(name="integrity_flag_once", fields=["attempt", "signal"]),
            models.CheckConstraint(
                name="integrity_flag_looked_with_note",
                condition=Q(looked_at__isnull=True, looked_by__isnull=True, note="")
                | (Q(looked_at__isnull=False, looked_by__isnull=False) & ~Q(note="")),
                violation_error_message=_("Looking at a flag leaves a note."),
            ),
        ]
        indexes = [
            models.Index(name="integrity_flag_open", fields=["attempt"], condition=Q(looked_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.signal}"


class CodeTry(models.Model):
    """A row is one wrong access code; too many in a while and nobody is asked any more."""

    enrolment = models.ForeignKey("courses.Enrolment", models.CASCADE, related_name="code_tries")
    tried_at = models.DateTimeField(_("tried"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("wrong access code")
        verbose_name_plural = _("wrong access codes")
        indexes = [models.Index(name="code_try_by_time", fields=["enrolment", "tried_at"])]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.tried_at}"
