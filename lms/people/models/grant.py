"""Who holds which role, where and when."""

from typing import ClassVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.base.models import Dated
from lms.people.models.agency import Agency
from lms.people.models.person import Person
from lms.people.queries import GrantQuerySet
from lms.people.roles import ROLES


class Grant(Dated):
    """A row gives a person a role at an agency and below; no agency means the whole province.

    A delegated one (ủy quyền) names the grant it comes from, ends, says why, and is never delegated on.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=30)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants", null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="delegations",
        null=True,
        blank=True,
        verbose_name=_("delegated from"),
    )
    reason = models.TextField(_("reason"), blank=True)

    objects: ClassVar = GrantQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("granted role")
        verbose_name_plural = _("granted roles")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "role", "agency", "valid_from"],
                condition=models.Q(delegated_from=None),
                name="people_grant_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "valid_from"],
                condition=models.Q(agency=None, delegated_from=None),
                name="people_grant_once_province_wide",
            ),
            models.UniqueConstraint(
                fields=["person", "delegated_from", "valid_from"], name="people_grant_delegated_once"
            ),
            models.CheckConstraint(
                condition=models.Q(delegated_from=None)
                | (models.Q(valid_to__isnull=False) & ~models.Q(reason="")),
                name="people_grant_delegated_ends_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.valid_from})"

    @property
    def role_name(self) -> str:
        """The role in words."""
        return cast(str, ROLES[self.role].name) if self.role in ROLES else self.role
