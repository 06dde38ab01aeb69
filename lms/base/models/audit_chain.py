"""The chain over the audit log: each event's place, the signed heads, the checks made."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AuditLink(models.Model):
    """A row is the place of one event: its number without gaps, the hash before it and its own.

    No foreign key: a deleted event must be noticed, not prevented from being noticed.
    """

    sequence = models.BigIntegerField(_("number in the chain"), primary_key=True)
    event_id = models.BigIntegerField(_("event"), unique=True)
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("place in the audit chain")
        verbose_name_plural = _("audit chain")

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:16]}"


class AuditHead(models.Model):
    """A row is a signature over the chain up to a place; one a day closes that day."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    sequence = models.BigIntegerField(_("number in the chain"))
    hash = models.CharField(_("hash"), max_length=64)
    last_event_id = models.BigIntegerField(_("highest event so far"))
    day = models.DateField(_("closes the day"), null=True, unique=True)
    made_at = models.DateTimeField(_("made"))
    key_id = models.CharField(_("key"), max_length=16)
    signature = models.CharField(_("signature"), max_length=128)

    class Meta:
        verbose_name = _("signed head of the audit log")
        verbose_name_plural = _("signed heads of the audit log")

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        """The head as reports print it: day, number and the first 16 digits of the hash."""
        digits = " ".join(self.hash[place : place + 4] for place in range(0, 16, 4))
        day = f"{self.day:%d/%m/%Y} · " if self.day else ""
        return f"{day}{self.sequence} · {digits}"


class AuditCheck(models.Model):
    """A row is one verification of the whole chain and what it found."""

    class Finding(models.TextChoices):
        LINK_MISSING = "link_missing", _("its place in the chain is missing")
        LINK_CHANGED = "link_changed", _("the hash before it was changed")
        EVENT_MISSING = "event_missing", _("the event was deleted")
        EVENT_CHANGED = "event_changed", _("the event or its hash was changed")
        BACKDATED = "backdated", _("the event claims a day that was already closed")
        REWRITTEN = "rewritten", _("from here the chain was computed anew without the key")
        HEAD_MISSING = "head_missing", _("a signed head is missing")
        HEAD_CHANGED = "head_changed", _("a signed head was changed")
        KEY_UNKNOWN = "key_unknown", _("a head is signed by a key that the settings do not name")
        UNSIGNED = "unsigned", _("no signed head covers it")
        TAIL_MISSING = "tail_missing", _("the end of the chain was cut off")
        OUTSIDE = "outside", _("the event was added outside the chain")
        PRINTED_DIFFERS = "printed_differs", _("the printed head is not in the chain")

    made_at = models.DateTimeField(_("checked"), auto_now_add=True)
    events = models.BigIntegerField(_("events checked"))
    heads = models.BigIntegerField(_("signatures checked"))
    waiting = models.BigIntegerField(_("events waiting for their place"))
    finding = models.CharField(_("finding"), max_length=20, choices=Finding, blank=True)
    sequence = models.BigIntegerField(_("number in the chain"), null=True)
    event_id = models.BigIntegerField(_("event"), null=True)

    class Meta:
        verbose_name = _("check of the audit log")
        verbose_name_plural = _("checks of the audit log")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.made_at} {self.finding or 'ok'}"

    @property
    def holds(self) -> bool:
        """Whether everything held."""
        return not self.finding

    @property
    def words(self) -> str | Promise:
        """The finding in words."""
        return self.Finding(self.finding).label if self.finding else _("The audit log is whole.")
