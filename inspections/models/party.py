"""The portal of the inspected party: who comes in for a subject, and what they said."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.models.collection import RequestItem
from inspections.models.minutes import Minutes
from inspections.models.subject import InspectedSubject
from inspections.queries import PartyAccessQuerySet
from lms.base.masking import masked
from lms.people.models import Person

TWELVE_DIGITS = RegexValidator(r"^\d{12}$", _("A personal number has twelve digits."))
IDLE = timedelta(minutes=60)


@dataclass
class PartyActor:
    """A person of the inspected party as the audit log names them: never an official of ours."""

    pk: str
    audit_name: str
    audit_place: tuple[str, int | None]
    audit_authority: tuple[str, str] = ("inspected_party", "")


class PartyAccess(models.Model):
    """A row is one person who may come in for one subject of one case, by the team's invitation.

    The link is opened once with a code that reaches the person another way; after that codes come by e-mail or
    from the team. Link and codes are kept as digests alone.
    """

    key = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4)
    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="accesses")
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("post or relation to the subject"), max_length=200, blank=True)
    personal_number = models.CharField(
        _("personal number"), max_length=12, blank=True, validators=[TWELVE_DIGITS]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    link_digest = models.CharField(_("link (hashed)"), max_length=64, unique=True)
    link_until = models.DateTimeField(_("link valid until"))
    opened_at = models.DateTimeField(_("first sign-in"), null=True, blank=True)
    code_digest = models.CharField(_("code (hashed)"), max_length=64, blank=True)
    code_until = models.DateTimeField(_("code valid until"), null=True, blank=True)
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("revoked by")
    )
    revoked_because = models.TextField(_("why it was revoked"), blank=True)

    objects = PartyAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access of an inspected party")
        verbose_name_plural = _("accesses of inspected parties")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["email"]),
            models.Index(fields=["phone"]),
            models.Index(fields=["personal_number"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & (~Q(email="") | ~Q(phone="")),
                name="inspections_access_can_be_reached",
                violation_error_message=_("Give the name, and an e-mail or a phone number."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_because="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_because="")),
                name="inspections_access_revoked_whole",
                violation_error_message=_("Revoking needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(code_digest="", code_until=None)
                | (~Q(code_digest="") & Q(code_until__isnull=False)),
                name="inspections_access_code_whole",
                violation_error_message=_("A code has its end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name

    @property
    def is_revoked(self) -> bool:
        """Whether the team took it back."""
        return self.revoked_at is not None

    @property
    def shown_number(self) -> str:
        """The personal number, masked."""
        return masked(self.personal_number)

    @property
    def actor(self) -> PartyActor:
        """Who acts, as the audit log names them."""
        return PartyActor(f"party:{self.pk}", str(self)[:200], (str(self.subject)[:200], None))


class PartySession(models.Model):
    """A row is one sign-in of a party, apart from the sessions of staff; its cookie is kept as a digest alone."""

    access = models.ForeignKey(PartyAccess, models.CASCADE, related_name="sessions")
    token_digest = models.CharField(_("cookie (hashed)"), max_length=64, unique=True)
    started_at = models.DateTimeField(_("signed in"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"))
    ends_at = models.DateTimeField(_("ends at"))

    class Meta:
        verbose_name = _("session of an inspected party")
        verbose_name_plural = _("sessions of inspected parties")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.access_id} {self.started_at:%d/%m/%Y %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether it still lets its person in."""
        now = timezone.now()
        return now < self.ends_at and now - self.seen_at < IDLE and not self.access.is_revoked


class PartyAttempt(models.Model):
    """A row is one wrong code, or one code asked for, of whatever contact was typed; forgotten after a day.

    An unknown contact is counted and locked like a known one: nobody learns who was invited.
    """

    class Kind(models.TextChoices):
        WRONG = "WRONG", _("Wrong code")
        ASKED = "ASKED", _("Code asked for")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    contact_digest = models.CharField(_("contact (hashed)"), max_length=64)
    address = models.GenericIPAddressField(_("from"), null=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("attempt to come into the portal")
        verbose_name_plural = _("attempts to come into the portal")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["contact_digest", "at"], name="inspections_attempt_contact"),
            models.Index(fields=["address", "at"], name="inspections_attempt_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y %H:%M}"


class ShownMinutes(models.Model):
    """A row says that the team let the subject read its minutes while they are a draft, to have its opinion."""

    minutes = models.OneToOneField(Minutes, models.CASCADE, related_name="shown")
    shown_at = models.DateTimeField(_("shown at"), auto_now_add=True)
    shown_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("shown by"))

    class Meta:
        verbose_name = _("draft minutes shown to the subject")
        verbose_name_plural = _("draft minutes shown to subjects")

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.shown_at:%d/%m/%Y}"


class PartyStatement(models.Model):
    """A row is what the party said in its own words (Điều 9, 15.3.a NĐ 217/2025). Never changed."""

    class About(models.TextChoices):
        MINUTES = "MINUTES", _("Opinion on the minutes")
        ITEM = "ITEM", _("Answer to a request")
        CASE = "CASE", _("Explanation")

    uuid = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4)
    subject = models.ForeignKey(InspectedSubject, models.CASCADE, related_name="statements")
    access = models.ForeignKey(PartyAccess, models.PROTECT, related_name="statements")
    about = models.CharField(_("about"), max_length=7, choices=About)
    item = models.ForeignKey(
        RequestItem,
        models.PROTECT,
        related_name="statements",
        null=True,
        blank=True,
        verbose_name=_("document"),
    )
    text = models.TextField(_("what the party says"))
    # SHA-256 of the paper that was read: what the opinion is about.
    read_sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64, blank=True)
    by_name = models.CharField(_("name then"), max_length=410)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("statement of an inspected party")
        verbose_name_plural = _("statements of inspected parties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(by_name=""),
                name="inspections_statement_says_something",
                violation_error_message=_("Say something."),
            ),
            models.CheckConstraint(
                condition=Q(about="ITEM", item__isnull=False) | (~Q(about="ITEM") & Q(item=None)),
                name="inspections_statement_about_whole",
                violation_error_message=_("An answer to a request names the document."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse any change: these are the party's own words."""
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("a statement of a party never changes")
        super().save(*args, **kwargs)
