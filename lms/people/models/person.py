"""Persons: staff of the province, and the accounts they sign in with."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.base.dates import today
from lms.base.vietnamese import fold, name_sort_key, nfc
from lms.people.ports import standing_name
from lms.people.queries import PersonManager, ScopedManager


class Person(AbstractBaseUser, PermissionsMixin):
    """A row is one record of a person, and their account.

    The code is the 12-digit personal number (NĐ 27/2026/NĐ-CP) or an earlier staff code. A record
    found to be a duplicate points to the one that is kept; its code stays an alias.
    """

    class Gender(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    code = models.CharField(_("personal number or staff code"), max_length=40, unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False, db_index=True)
    name_key = models.CharField(max_length=600, editable=False, db_index=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="duplicates", null=True, blank=True, verbose_name=_("same as")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)

    USERNAME_FIELD = "code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = PersonManager()
    scoped = ScopedManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="people_person_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the name in one Unicode form, with its search and sort forms."""
        self.derive_name_forms()
        super().save(*args, **kwargs)

    def derive_name_forms(self) -> None:
        """Set what follows from the name; bulk writers call this themselves."""
        self.full_name = nfc(" ".join(self.full_name.split()))
        self.name_folded = fold(self.full_name)
        self.name_key = name_sort_key(self.full_name)

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that a person has a post in the agencies today."""
        from lms.people.models.post import Post

        posts = Post.objects.on(today()).filter(agency__in=agency_ids).order_by()
        # One set, not two joined by OR: only so does PostgreSQL begin with the few posts of an agency.
        kept = posts.filter(person__merged_into__isnull=False).values("person__merged_into")
        return Q(pk__in=posts.values("person").union(kept))

    @property
    def canonical(self) -> "Person":
        """The record that is kept."""
        return self.merged_into or self

    @property
    def is_staff(self) -> bool:
        """Django asks this; who may enter the Wagtail admin is decided by roles."""
        return self.is_superuser

    @property
    def masked_code(self) -> str:
        """The number as others may see it: 082******234."""
        return f"{self.code[:3]}******{self.code[-3:]}" if len(self.code) >= 9 else self.code

    @property
    def first_name(self) -> str:
        """The name by which Wagtail's sidebar greets: it would show the personal number otherwise."""
        return self.full_name

    def get_full_name(self) -> str:
        """Return the name, for Wagtail."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name."""
        return self.full_name.split()[-1] if self.full_name else self.code

    @property
    def audit_name(self) -> str:
        """What the audit log copies as the name."""
        return self.full_name

    @property
    def audit_authority(self) -> tuple[str, str]:
        """What the audit log copies as roles held today, and as those who delegated some of them."""
        held = self.grants.held(today()).values_list("role", "delegated_from__person__full_name")
        roles = ", ".join(sorted({role for role, _giver in held})) or "learner"
        return roles, ", ".join(sorted({giver for _role, giver in held if giver}))

    @property
    def audit_place(self) -> tuple[str, int | None]:
        """What the audit log copies as the agency of today's primary post: its name and key.

        A post open past its agency's end goes on in the single successor: that one's name of today.
        """
        from lms.people.models.post import Post

        post = Post.objects.primary_of(self)
        return (standing_name(post.agency_id, today()), post.agency_id) if post else ("", None)
