"""The log of every action."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """A row is one action, written in the action's own transaction and never changed.

    No foreign keys: who, role, agency, old and new survive any later deletion. Its place in the chain
    (AuditLink) comes after the commit.
    """

    happened_at = models.DateTimeField(_("when"), auto_now_add=True)
    actor_id = models.CharField(_("actor"), max_length=40, blank=True)
    actor_name = models.CharField(_("who"), max_length=200, blank=True)
    actor_roles = models.CharField(_("roles"), max_length=200, blank=True)
    acting_for = models.CharField(_("acting for"), max_length=300, blank=True)
    actor_agency = models.CharField(_("agency"), max_length=200, blank=True)
    actor_agency_id = models.BigIntegerField(_("agency's key"), null=True)
    action = models.CharField(_("action"), max_length=80)
    target_type = models.CharField(_("kind of record"), max_length=80)
    target_id = models.CharField(_("record"), max_length=64)
    target_label = models.CharField(_("record's name"), max_length=300, blank=True)
    old = models.JSONField(_("before"), default=dict)
    new = models.JSONField(_("after"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    channel = models.CharField(_("by way of"), max_length=20)
    address = models.GenericIPAddressField(_("from"), null=True)
    search_text = models.TextField(_("words to search, without accents"), blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = [
            models.Index(fields=["happened_at", "id"], name="base_audit_when"),
            models.Index(fields=["actor_id", "happened_at", "id"], name="base_audit_who"),
            models.Index(fields=["action", "happened_at", "id"], name="base_audit_action"),
            models.Index(fields=["actor_agency_id", "happened_at", "id"], name="base_audit_agency"),
            models.Index(fields=["target_type", "target_id"]),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"
