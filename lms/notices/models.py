"""One message to one person, and how a person wants to be reached."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.notices.queries import NoticeQuerySet
from lms.people.models import Person


class Notice(models.Model):
    """A row is one message; its key makes it the same message however often a room says it.

    Title and text are kept as their English source with what fills them, and read in the reader's language.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", verbose_name=_("person"))
    key = models.CharField(max_length=150, editable=False)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    params = models.JSONField(default=dict, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    is_grave = models.BooleanField(_("urgent"), default=False)
    made_at = models.DateTimeField(_("sent"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("sent by e-mail"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["person", "read_at"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notices_notice_once"),
            models.CheckConstraint(condition=~Q(title=""), name="notices_notice_has_title"),
        ]

    def __str__(self) -> str:
        return self.said_title

    @property
    def said_title(self) -> str:
        """The title in the reader's language."""
        return self._said(self.title)

    @property
    def said_text(self) -> str:
        """The text in the reader's language."""
        return self._said(self.text) if self.text else ""

    def _said(self, source: str) -> str:
        params: dict[str, Any] = self.params
        return gettext(source) % params if params else gettext(source)


class Preference(models.Model):
    """A row is how one person wants to be reached beside the page of messages; without one, by e-mail, too."""

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="notice_preference", verbose_name=_("person")
    )
    by_email = models.BooleanField(_("by e-mail, too"), default=True)

    class Meta:
        verbose_name = _("preference for messages")
        verbose_name_plural = _("preferences for messages")

    def __str__(self) -> str:
        return f"{self.person_id} {self.by_email}"
