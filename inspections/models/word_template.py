"""Word templates of agencies."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.checklist import private_storage
from inspections.models.kind import InspectionKind
from inspections.queries import WordTemplateQuerySet
from inspections.words import PaperType
from lms.people.models import Agency, Person


class WordTemplate(models.Model):
    """A row is one version of an agency's own Word template for a document, of one kind of inspection or of all."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="word_templates", verbose_name=_("agency")
    )
    kind = models.ForeignKey(
        InspectionKind,
        models.PROTECT,
        related_name="word_templates",
        null=True,
        blank=True,
        verbose_name=_("kind of inspection"),
    )
    type = models.CharField(_("document"), max_length=40, choices=PaperType)
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("template"), upload_to="word/%Y/", storage=private_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("added by"))

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["agency", "type", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "type", "number"],
                condition=Q(kind__isnull=False),
                name="inspections_word_version_of_kind",
            ),
            models.UniqueConstraint(
                fields=["agency", "type", "number"],
                condition=Q(kind=None),
                name="inspections_word_version_of_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.number}"
