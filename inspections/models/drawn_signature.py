"""Signatures drawn on the screen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.minutes import Minutes
from inspections.models.written_once import WrittenOnce
from lms.people.models import Person


class DrawnSignature(WrittenOnce):
    """A row is what one person drew, or typed instead, under the minutes as they stood then. Written once.

    `content_sha256` binds it to every word of them: once they change, it no longer counts.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="drawn_signatures")
    # LEADER, SECRETARY, SUBJECT, WITNESS, RELATED-1 …: the column of `documents.minutes.places_of`.
    place = models.CharField(_("place of the signature"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    strokes = models.JSONField(_("strokes"), default=list, blank=True)
    typed = models.CharField(_("name typed instead"), max_length=200, blank=True)
    svg = models.TextField(_("drawing"), blank=True)
    sha256 = models.CharField(_("SHA-256 of the drawing"), max_length=64)
    content_sha256 = models.CharField(_("SHA-256 of what was signed"), max_length=64)
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)
    taken_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("whose account the screen was")
    )

    once = "signature"

    class Meta:
        verbose_name = _("signature drawn on the screen")
        verbose_name_plural = _("signatures drawn on the screen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "place", "content_sha256"],
                name="inspections_drawn_once",
                violation_error_message=_("This person has signed these minutes already."),
            ),
            models.CheckConstraint(
                condition=(Q(typed="") & ~Q(svg="")) | (~Q(typed="") & Q(svg="")),
                name="inspections_drawn_or_typed",
                violation_error_message=_("A signature is drawn or typed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.name}"
