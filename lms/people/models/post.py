"""Posts and leave over time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.base.models import Dated
from lms.people.models.agency import Agency
from lms.people.models.person import Person
from lms.people.queries import PostQuerySet, ScopedManager


class Category(models.TextChoices):
    """Who is trained (domain words of the staff laws)."""

    CB = "CB", _("cán bộ (elected or appointed official)")
    CC = "CC", _("công chức (civil servant)")
    VC = "VC", _("viên chức (public employee)")
    HD = "HD", _("contract staff")
    KCT = "KCT", _("part-time commune staff")


class Post(Dated):
    """A row is one post of one person; category, position and rank belong to the post."""

    Category = Category

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    category = models.CharField(_("category"), max_length=3, choices=Category)
    position = models.CharField(_("position"), max_length=200, blank=True)
    rank = models.CharField(_("rank"), max_length=100, blank=True)
    is_primary = models.BooleanField(_("primary post"), default=True)

    objects = PostQuerySet.as_manager()  # type: ignore[misc] # django-stubs: a narrower manager
    scoped = ScopedManager()

    class Meta(Dated.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["person", "agency", "valid_from"], name="people_post_once"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_primary=True, valid_to=None),
                name="people_post_one_open_primary",
                violation_error_message=_("A person has one primary post at a time."),
            ),
        ]
        indexes = [
            models.Index(fields=["valid_from", "valid_to", "is_primary"]),
            models.Index(fields=["position"]),  # the directory finds positions by words of theirs
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.position or self.category} ({self.valid_from})"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the post is in the agencies."""
        return Q(agency__in=agency_ids)


class Leave(Dated):
    """A row is one approved leave."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="leaves")
    kind = models.CharField(_("kind"), max_length=60, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["person", "valid_from"], name="people_leave_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} ({self.valid_from})"
