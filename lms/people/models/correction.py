"""What people say is wrong in their record, and what HR answers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.base.models.import_run import private_storage
from lms.people.models.person import Person
from lms.people.queries import CorrectionQuerySet, ScopedManager


class CorrectionRequest(models.Model):
    """A row is one request: which field, what it should be, and the answer."""

    class Field(models.TextChoices):
        FULL_NAME = "full_name", _("full name")
        BIRTH_DATE = "birth_date", _("date of birth")
        GENDER = "gender", _("gender")
        EMAIL = "email", _("e-mail")
        POST = "post", _("a post: agency, position or days")
        TRAINING = "training", _("a course or certificate")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("waiting for HR")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    # These are changed by accepting; the others HR sets right where they are kept, and says so.
    APPLIED = (Field.FULL_NAME, Field.BIRTH_DATE, Field.GENDER, Field.EMAIL)

    person = models.ForeignKey(Person, models.CASCADE, related_name="corrections", verbose_name=_("person"))
    field = models.CharField(_("what is wrong"), max_length=20, choices=Field)
    old_value = models.CharField(_("as it stands"), max_length=300, blank=True)
    new_value = models.CharField(_("as it should be"), max_length=300)
    explanation = models.TextField(_("explanation"), blank=True, max_length=2000)
    evidence = models.FileField(
        _("evidence"), upload_to="corrections/%Y/%m/", storage=private_storage, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("answered by")
    )
    answer = models.TextField(_("answer"), blank=True, max_length=2000)

    objects = CorrectionQuerySet.as_manager()
    scoped = ScopedManager.from_queryset(CorrectionQuerySet)()

    class Meta:
        verbose_name = _("correction asked for")
        verbose_name_plural = _("corrections asked for")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="people_correction_answered_has_by_and_at",
                condition=Q(state="open", answered_at=None, answered_by=None)
                | (~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="people_correction_refused_has_reason",
                condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_message=_("Refusing needs a reason."),
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.get_field_display()} ({self.asked_at:%d/%m/%Y})"

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the person has a post in the agencies today."""
        return Q(person__in=Person.objects.filter(Person.within(agency_ids)).values("pk"))

    @property
    def is_open(self) -> bool:
        """Whether HR has still to answer."""
        return self.state == self.State.OPEN

    @property
    def is_applied_by_accepting(self) -> bool:
        """Whether accepting changes the record by itself."""
        return self.field in self.APPLIED
