"""People whose years of retention are over."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models.person import Person


class ErasureProposal(models.Model):
    """A row proposes to make one person nameless; a job finds whose years of retention are over."""

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="erasure_proposal", verbose_name=_("person")
    )
    due_on = models.DateField(_("retention ended on"))
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)

    class Meta:
        verbose_name = _("proposal to erase")
        verbose_name_plural = _("proposals to erase")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.due_on})"
