"""The book numbers are given in: the counter, annulled numbers, and years that are closed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.queries import CertificateRewritten


class RegisterCounter(models.Model):
    """A row is the last number given in one agency's register of one year; it is locked while the next is given."""

    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+", verbose_name=_("agency"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("register counter")
        verbose_name_plural = _("register counters")
        constraints = [models.UniqueConstraint(name="counter_once", fields=["agency", "year"])]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"


class Fact(models.Model):
    """A row is written once: who, when, and never another word."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("by (name)"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the fact once."""
        if not self._state.adding:
            raise CertificateRewritten("A fact of the register is never rewritten.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what stands in the book stays in it."""
        raise CertificateRewritten("A fact of the register is never deleted.")


class Spoilt(Fact):
    """A row says why a number of the register was annulled; the number stays in the book."""

    certificate = models.OneToOneField(
        "certificates.Certificate", models.PROTECT, related_name="spoilt", verbose_name=_("certificate")
    )
    reason = models.TextField(_("reason"))
    spoilt_at = models.DateTimeField(_("annulled at"))

    class Meta:
        verbose_name = _("annulled number")
        verbose_name_plural = _("annulled numbers")
        constraints = [
            models.CheckConstraint(
                name="spoilt_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("An annulled number needs a reason."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.reason}"


class RegisterYear(Fact):
    """A row closes one agency's register of one year, with what was counted."""

    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+", verbose_name=_("agency"))
    agency_name = models.CharField(_("agency's name"), max_length=250)
    year = models.PositiveSmallIntegerField(_("year"))
    closed_at = models.DateTimeField(_("closed at"))
    last = models.PositiveIntegerField(_("last number"))
    counts = models.JSONField(_("counts"), default=dict)
    sha256 = models.CharField(_("book (SHA-256)"), max_length=64)

    class Meta:
        verbose_name = _("closed register")
        verbose_name_plural = _("closed registers")
        constraints = [models.UniqueConstraint(name="register_closed_once", fields=["agency", "year"])]

    def __str__(self) -> str:
        return f"{self.agency_name} {self.year}: {self.last}"
