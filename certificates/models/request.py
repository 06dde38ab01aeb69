"""What officers ask of the register: a printed book, the files of a unit, a round of issuing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.queries import CertificateRewritten
from certificates.states import Wish
from lms.people.queries import ScopedManager


class RegisterRequest(models.Model):
    """A row is one request: asked for, then made once by a job and kept with its files and their hashes."""

    Wish = Wish

    key = models.UUIDField(_("key of the request"), unique=True)
    wish = models.CharField(_("what is wanted"), max_length=10, choices=Wish.choices)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+", verbose_name=_("agency"))
    agency_name = models.CharField(_("agency's name"), max_length=250)
    course_code = models.CharField(_("course code"), max_length=40, blank=True)
    completions = models.JSONField(
        _("results confirmed"), default=list, help_text=_("A round issues for these and no others.")
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("to the end of"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    made_at = models.DateTimeField(_("made"), null=True)
    counts = models.JSONField(_("counts"), default=dict)
    refused = models.JSONField(_("refused"), default=list)
    files = models.JSONField(_("files"), default=list)

    objects = models.Manager()
    scoped = ScopedManager()

    class Meta:
        verbose_name = _("request to the register")
        verbose_name_plural = _("requests to the register")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="register_request_days_in_order",
                condition=Q(end__gte=F("start")),
                violation_error_message=_("The period must end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_wish_display()} · {self.agency_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, and once what was made."""
        if self.pk and type(self).objects.filter(pk=self.pk, made_at__isnull=False).exists():
            raise CertificateRewritten("What was made is never rewritten; ask again.")
        super().save(*args, **kwargs)

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the request is about one of the agencies."""
        return Q(agency__in=agency_ids)
