"""Kinds of inspection: their steps, documents, words and deadlines are data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.legal_basis import LegalBasis
from inspections.queries import InspectionKindQuerySet
from inspections.states import DayMode, Step
from inspections.words import Level, PaperType
from lms.people.models import Person


class InspectionKind(models.Model):
    """A row is one kind of inspection, known by its code; what it asks for is in its versions."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = InspectionKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of inspection")
        verbose_name_plural = _("kinds of inspection")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KindVersion(models.Model):
    """A row is what a kind asks for from a day on. Never changed: a case keeps the version of its decision."""

    kind = models.ForeignKey(InspectionKind, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("for decisions from"))
    legal_basis = models.CharField(_("legal basis as papers cite it"), max_length=400)
    bases = models.ManyToManyField(LegalBasis, related_name="kinds", verbose_name=_("legal texts"))
    requires_announcement = models.BooleanField(_("must be announced"), default=True)
    requires_result = models.BooleanField(
        _("always ends with a result document"),
        default=False,
        help_text=_("Otherwise the leader may do without one and says why."),
    )
    requires_plan = models.BooleanField(
        _("needs an approved work plan before the announcement"), default=False
    )
    closing_document = models.CharField(_("name of the closing document"), max_length=200)
    team_name = models.CharField(_("what the team is called"), max_length=60, default="Đoàn kiểm tra")
    signers = models.TextField(
        _("who may sign the decision"), blank=True, help_text=_("Positions, one a line.")
    )
    day_mode = models.CharField(
        _("how days are counted"), max_length=10, choices=DayMode, default=DayMode.CALENDAR
    )
    warn_days = models.PositiveSmallIntegerField(_("warn so many days ahead"), default=3)
    checklists = models.ManyToManyField(
        "inspections.ChecklistTemplate", related_name="kinds", blank=True, verbose_name=_("checklists")
    )
    created_at = models.DateTimeField(_("published"), auto_now_add=True)
    created_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("version of a kind of inspection")
        verbose_name_plural = _("versions of kinds of inspection")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="inspections_kindversion_once"),
            models.CheckConstraint(
                condition=~Q(closing_document="") & ~Q(legal_basis="") & ~Q(team_name=""),
                name="inspections_kindversion_whole",
                violation_error_message=_(
                    "A kind names its law, its closing document and what its team is called."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse any change: a running case keeps the kind as it was at its decision."""
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("a version of a kind is never changed; publish a new one")
        super().save(*args, **kwargs)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps every case of it has; S5 is left out where the leader may do without."""
        always = {Step.DECISION, Step.CHECKLIST, Step.MINUTES}
        if self.requires_announcement:
            always.add(Step.ANNOUNCEMENT)
        if self.requires_result:
            always.add(Step.RESULT)
        return tuple(step for step in Step if step in always)


class KindPeriod(models.Model):
    """A row is how many days an agency of a level has on the spot, and by how many it may extend once."""

    version = models.ForeignKey(KindVersion, models.CASCADE, related_name="periods")
    level = models.CharField(_("level of the agency"), max_length=10, choices=Level)
    days = models.PositiveSmallIntegerField(_("days"))
    extra_days = models.PositiveSmallIntegerField(_("days of extension"), default=0)

    class Meta:
        verbose_name = _("period of a kind")
        verbose_name_plural = _("periods of kinds")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "level"], name="inspections_kindperiod_once"),
            models.CheckConstraint(
                condition=Q(days__gte=1),
                name="inspections_kindperiod_at_least_a_day",
                violation_error_message=_("A period has at least one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.level}: {self.days} + {self.extra_days}"


class KindDocument(models.Model):
    """A row is one document that cases of the kind have, with the template it is made from."""

    version = models.ForeignKey(KindVersion, models.CASCADE, related_name="documents")
    type = models.CharField(_("document"), max_length=40, choices=PaperType)
    name = models.CharField(_("its name in this kind"), max_length=200)
    template_code = models.SlugField(_("code of the template"), max_length=60)
    is_required = models.BooleanField(_("every case has it"), default=False)

    class Meta:
        verbose_name = _("document of a kind")
        verbose_name_plural = _("documents of kinds")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "type"], name="inspections_kinddocument_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.type}"


def first_day() -> date:
    """Return the day from which the first version of a kind counts where none was told."""
    return date(2021, 1, 1)
