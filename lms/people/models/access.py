"""Who looked at whose record."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models.person import Person
from lms.people.roles import ROLES


class AccessEvent(models.Model):
    """A row says that somebody saw or took away the record of another person.

    It copies who that was on that day, in which role and agency: the person concerned reads it here even
    after the reader has left (Law 91/2025/QH15 on personal data: the person's right to know).
    """

    class Page(models.TextChoices):
        PERSON = "person", _("the person's page")
        DIRECTORY_FILE = "directory_file", _("a file of the directory")
        CORRECTION = "correction", _("a correction asked for")
        TRAINING_FILE = "training_file", _("a file of a training figure's list")
        CERTIFICATE_FILE = "certificate_file", _("the file of a certificate")
        NATIONAL_FILE = "national_file", _("a file for the national HR database")

    person = models.ForeignKey(Person, models.CASCADE, related_name="accesses", verbose_name=_("person"))
    reader_id = models.CharField(_("reader"), max_length=40)
    reader_name = models.CharField(_("who"), max_length=200)
    reader_roles = models.CharField(_("in which role"), max_length=200)
    reader_agency = models.CharField(_("from which agency"), max_length=200, blank=True)
    page = models.CharField(_("where"), max_length=20, choices=Page)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("access to a person's record")
        verbose_name_plural = _("accesses to persons' records")
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return f"{self.reader_id} → {self.person_id} ({self.page})"

    @property
    def roles_in_words(self) -> str:
        """The roles as the product calls them; one that no longer exists by its code."""
        codes = self.reader_roles.split(", ")
        return ", ".join(str(ROLES[code].name) if code in ROLES else code for code in codes)
