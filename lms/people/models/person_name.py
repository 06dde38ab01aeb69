"""The names in use, each once: what the directory searches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.queries import PersonNameQuerySet


class PersonName(models.Model):
    """A row is a name that at least one person bears or bore.

    Millions of people share some ten thousand names, so a search reads these and finds the bearers through
    the index of `Person.name_key`. The database keeps the rows by itself (`lms.people.actions.names`), so that no way
    of writing persons can forget them. A name may stand here twice after two imports at once: no harm.
    """

    full_name = models.CharField(_("full name"), max_length=200)
    # With a blank before each word, the first among them: a word's beginning is then one comparison.
    name_folded = models.CharField(max_length=201)
    name_key = models.CharField(max_length=600, db_index=True)

    objects = PersonNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in use")
        verbose_name_plural = _("names in use")

    def __str__(self) -> str:
        return self.full_name
