"""Pictures of signatures and seals, for documents signed in their files."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.queries import SigningImageQuerySet
from lms.people.models import Agency, Person


class SigningImage(models.Model):
    """A row is the picture of one person's signature (blue) or one agency's seal (red), PNG, transparent ground.

    NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7c and II.8. The last one counts; earlier ones stay, as documents bear them.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="signing_images", null=True, blank=True, verbose_name=_("person")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="signing_images", null=True, blank=True, verbose_name=_("agency")
    )
    png = models.BinaryField(_("picture"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # Of a seal: it is printed in its real size.
    diameter_mm = models.PositiveSmallIntegerField(_("diameter of the seal (mm)"), null=True, blank=True)
    made_at = models.DateTimeField(_("added"), auto_now_add=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("added by"))

    objects = SigningImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a signature or seal")
        verbose_name_plural = _("pictures of signatures and seals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, agency=None, diameter_mm=None)
                | Q(person=None, agency__isnull=False, diameter_mm__gte=20, diameter_mm__lte=50),
                name="inspections_image_of_one",
                violation_error_message=_(
                    "A picture is one person's signature, or one agency's seal of 20 to 50 mm."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person or self.agency}"
