"""Formulas and thresholds as data: what holds on which days, and by which paper."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.base.models import Dated
from lms.targets.queries import ThresholdQuerySet
from lms.targets.states import Indicator


class RuleVersion(Dated):
    """A row says in words how a figure is counted in one version of its formula."""

    indicator = models.CharField(_("indicator"), max_length=2, choices=Indicator)
    version = models.CharField(_("version"), max_length=10)
    population = models.TextField(_("population"))
    numerator = models.TextField(_("what is counted"))
    legal_basis = models.CharField(_("legal basis"), max_length=300)

    class Meta(Dated.Meta):
        verbose_name = _("rule version")
        verbose_name_plural = _("rule versions")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["indicator", "version"], name="targets_ruleversion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} v{self.version}"


class Threshold(Dated):
    """A row is the percent that an indicator must reach, on the days it holds."""

    indicator = models.CharField(_("indicator"), max_length=2, choices=Indicator)
    percent = models.PositiveSmallIntegerField(_("percent"), validators=[MaxValueValidator(100)])
    legal_basis = models.CharField(_("legal basis"), max_length=300)

    objects = ThresholdQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="targets_threshold_once"),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100),
                name="targets_threshold_is_percent",
                violation_error_message=_("A target is at most 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.percent}%"
