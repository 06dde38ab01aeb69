"""First codes: how imported staff come to their accounts."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models.agency import Agency
from lms.people.models.person import Person
from lms.people.queries import ScopedManager


class InvitationRun(models.Model):
    """A row is one request of an HR officer: codes for the staff of a unit who have no account yet.

    The letters hold the codes in clear: the file is sealed, fetched by the one who asked and erased
    after a day.
    """

    class Way(models.TextChoices):
        LETTER = "letter", _("letter on paper")
        EMAIL = "email", _("e-mail")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    agency_name = models.CharField(_("agency's name"), max_length=250)
    # One person alone: who has lost the password and has no e-mail.
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("person")
    )
    way = models.CharField(_("way"), max_length=6, choices=Way)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    made = models.PositiveIntegerField(_("codes made"), default=0)
    left_out = models.PositiveIntegerField(_("left out for want of an e-mail"), default=0)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = models.Manager()
    scoped = ScopedManager()

    class Meta:
        verbose_name = _("making of first codes")
        verbose_name_plural = _("makings of first codes")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.agency_name} ({self.get_way_display()})"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the unit is one of the agencies."""
        return Q(agency__in=agency_ids)

    @property
    def has_file(self) -> bool:
        """Whether the letters can still be fetched."""
        return bool(self.file_name) and self.erased_at is None


class Invitation(models.Model):
    """A row is one code with which one person opens their account once, kept as a digest only."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    run = models.ForeignKey(InvitationRun, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = models.Manager()
    scoped = ScopedManager()

    class Meta:
        verbose_name = _("first code")
        verbose_name_plural = _("first codes")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="people_invitation_one_open",
                violation_error_message=_("A person has one open code at a time."),
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None),
                name="people_invitation_used_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="people_invitation_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.made_at:%d/%m/%Y})"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the code was made for one of the agencies."""
        return Q(run__agency__in=agency_ids)

    @property
    def is_open(self) -> bool:
        """Whether the code still opens the account."""
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
