"""Agencies over time."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.base.models import Dated
from lms.base.vietnamese import fold


class Agency(Dated):
    """A row is an agency from its founding to its end.

    What it was called, numbered and under whom it stood is dated in AgencyPeriod: codes are unique
    for a time, not for ever (statistics code 82 was Tiền Giang and is Đồng Tháp).
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")

    level = models.CharField(_("level"), max_length=10, choices=Level)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    successors = models.ManyToManyField(
        "self", through="Succession", symmetrical=False, related_name="predecessors"
    )

    class Meta(Dated.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        period = self.periods.order_by("valid_from").last()
        return period.name if period else f"#{self.pk}"


class AgencyPeriod(Dated):
    """A row is how an agency was called, numbered and placed in a period."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="periods")
    code = models.CharField(_("code"), max_length=40, db_index=True)
    name = models.CharField(_("name"), max_length=250)
    name_folded = models.CharField(max_length=250, editable=False)
    parent = models.ForeignKey(
        Agency, models.PROTECT, related_name="child_periods", null=True, blank=True, verbose_name=_("parent")
    )
    # "Đồng Tháp, ngày …": a field of the agency, not computed (NĐ 30/2020, phụ lục I, ô số 4).
    place_name = models.CharField(_("place name on documents"), max_length=120, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("agency's period")
        verbose_name_plural = _("agencies' periods")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "valid_from"], name="people_agencyperiod_once"),
        ]
        indexes = [models.Index(fields=["code", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the name's search form beside it."""
        self.name_folded = fold(self.name)
        super().save(*args, **kwargs)


class Succession(models.Model):
    """A row says that one agency went on in another from a day on."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merger")
        SPLIT = "split", _("split")
        RENAME = "rename", _("renaming")

    predecessor = models.ForeignKey(Agency, models.CASCADE, related_name="succession_out")
    successor = models.ForeignKey(Agency, models.CASCADE, related_name="succession_in")
    on = models.DateField(_("from"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    rank = models.PositiveSmallIntegerField(_("order in the decree"), default=0)
    decree = models.CharField(_("decree"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["on", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="people_succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="people_succession_not_itself",
                violation_error_message=_("An agency cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.on})"


class OrganisationVersion(models.Model):
    """The one row whose token changes with every change of agencies, so that no process serves an old tree."""

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("version of the organisation")
        verbose_name_plural = _("versions of the organisation")

    def __str__(self) -> str:
        return str(self.token)
