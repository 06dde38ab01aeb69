"""Certificates as they were printed: rows of the register, frozen with their number."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.codes import new_public_code, new_short_code, shown
from certificates.queries import CertificateQuerySet, CertificateRewritten
from certificates.states import MAKING, STEPS, Kind, Standing, State
from courses.states import RevocationMode
from lms.base.vietnamese import fold, name_sort_key
from lms.people.models import Person
from lms.people.queries import ScopedManager


class Certificate(models.Model):
    """A row is one number of the register with everything its certificate prints, frozen when it was given.

    Whatever later becomes of the person, the agency, the course or the completion, the paper and the
    public page go on saying what was true on that day. Only `state` and what `states.STEPS` lists move.
    """

    Kind = Kind
    State = State

    public_code = models.CharField(
        _("verification code"), max_length=43, unique=True, default=new_public_code
    )
    short_code = models.CharField(_("short code"), max_length=15, unique=True, default=new_short_code)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NUMBERED)
    completion = models.ForeignKey(
        "courses.Completion", models.PROTECT, related_name="certificates", verbose_name=_("completion")
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("replaces"),
    )
    replaced_by = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessor",
        verbose_name=_("replaced by"),
    )
    reissue_reason = models.TextField(_("reason of the new issue"), blank=True)
    template_version = models.ForeignKey(
        "certificates.TemplateVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("template version"),
    )
    facts = models.JSONField(_("what is printed and signed"), default=dict)
    facts_sha256 = models.CharField(_("what is printed (SHA-256)"), max_length=64, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ATTENDANCE)

    issuer = models.ForeignKey(
        "people.Agency", models.PROTECT, related_name="+", verbose_name=_("issuing agency")
    )
    issuer_code = models.CharField(_("issuing agency's code"), max_length=40)
    issuer_name = models.CharField(_("issuing agency's name"), max_length=250)
    superior_name = models.CharField(_("superior body"), max_length=250, blank=True)
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number in the register"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_on = models.DateField(_("issued on"))
    released_at = models.DateTimeField(_("given out at"), null=True, blank=True)
    signer_title = models.CharField(_("signer's post"), max_length=200, blank=True)
    signer_name = models.CharField(_("signer's name"), max_length=200, blank=True)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates", verbose_name=_("person")
    )
    person_name = models.CharField(_("full name"), max_length=200)
    search_text = models.CharField(max_length=900, editable=False)
    name_key = models.CharField(max_length=600, editable=False, db_index=True)
    salutation = models.CharField(_("form of address"), max_length=10)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    agency_name = models.CharField(_("agency's name"), max_length=250, blank=True)

    course_code = models.CharField(_("course code"), max_length=40)
    course_version = models.PositiveIntegerField(_("course version"), null=True, blank=True)
    course_name = models.CharField(_("course name"), max_length=255)
    hours = models.DecimalField(_("periods (45 minutes)"), max_digits=6, decimal_places=2)
    form = models.CharField(_("form of study"), max_length=40)
    started_on = models.DateField(_("from"), null=True, blank=True)
    completed_on = models.DateField(_("to"))
    result = models.CharField(_("result"), max_length=60)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    rule_version = models.CharField(_("rule version"), max_length=20)
    evidence_sha256 = models.CharField(_("evidence (SHA-256)"), max_length=64)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_size = models.PositiveIntegerField(_("file size"), default=0)
    file_sha256 = models.CharField(_("file (SHA-256)"), max_length=64, blank=True, db_index=True)

    objects = CertificateQuerySet.as_manager()
    scoped = ScopedManager.from_queryset(CertificateQuerySet)()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                name="certificate_number_once",
                fields=["issuer", "year", "number"],
                violation_error_message=_("This number is already in the register."),
            ),
            models.CheckConstraint(
                name="certificate_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message=_("Numbers of the register begin at 1."),
            ),
            models.CheckConstraint(
                name="certificate_has_file",
                condition=Q(state__in=[State.NUMBERED, State.SPOILT])
                | (~Q(file_name="") & ~Q(file_sha256="") & Q(file_size__gt=0)),
                violation_error_message=_("A certificate has its file and the file's hash."),
            ),
            models.CheckConstraint(
                name="certificate_code_is_long",
                condition=~Q(public_code="")
                & ~Q(short_code="")
                & ~Q(person_name="")
                & ~Q(course_name="")
                & ~Q(issuer_name="")
                & ~Q(facts_sha256=""),
                violation_error_message=_("A certificate names its person, course and issuing agency."),
            ),
            models.CheckConstraint(
                name="certificate_dates_in_order",
                condition=(Q(started_on__isnull=True) | Q(started_on__lte=F("completed_on")))
                & Q(issued_on__gte=F("completed_on")),
                violation_error_message=_("A course begins before it ends, and its certificate follows."),
            ),
            models.UniqueConstraint(
                name="certificate_issued_once",
                fields=["completion"],
                condition=Q(state=State.ISSUED),
                violation_error_message=_("This completion has its certificate."),
            ),
            models.UniqueConstraint(
                name="certificate_in_making_once",
                fields=["completion"],
                condition=Q(state__in=MAKING),
                violation_error_message=_("The certificate of this completion is being made."),
            ),
            models.CheckConstraint(
                name="certificate_given_out_has_time",
                condition=Q(state__in=[State.ISSUED, State.REPLACED], released_at__isnull=False)
                | Q(state__in=MAKING, released_at__isnull=True)
                | Q(state=State.SPOILT),
                violation_error_message=_("A certificate given out has its time."),
            ),
            models.CheckConstraint(
                name="certificate_replaced_names_new",
                condition=Q(state=State.REPLACED, replaced_by__isnull=False)
                | (~Q(state=State.REPLACED) & Q(replaced_by__isnull=True)),
                violation_error_message=_("A replaced certificate names the new one."),
            ),
            models.CheckConstraint(
                name="certificate_reissue_has_reason",
                condition=Q(replaces__isnull=True) | ~Q(reissue_reason=""),
                violation_error_message=_("A new issue needs a reason."),
            ),
        ]
        indexes = [
            models.Index(name="certificate_by_year", fields=["year", "issuer", "number"]),
            models.Index(name="certificate_by_serial", fields=["year", "issuer_code", "number", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.register_number} · {self.person_name} · {self.course_code}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the certificate once; what follows are the steps of `certificates.actions`."""
        if not self._state.adding:
            raise CertificateRewritten("A certificate is never rewritten.")
        self.search_text = fold(
            f"{self.person_name} {self.serial} {self.register_number} {self.agency_name} "
            f"{self.course_code} {self.course_name} {self.short_code}"
        )
        self.name_key = name_sort_key(self.person_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the public page's path."""
        return reverse("verify-certificate", args=[self.public_code])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a number once given stays in the register."""
        raise CertificateRewritten(
            "A certificate is never deleted; withdraw it through certificates.actions."
        )

    def moved(self, event: str, **values: Any) -> None:
        """Show in memory the step the table has taken."""
        self.state = STEPS[event].after
        for name, value in values.items():
            setattr(self, name, value)

    @staticmethod
    def within(agency_ids: frozenset[int]) -> Q:
        """Return the condition that the agencies employ the person today or gave the certificate."""
        staff = Person.objects.filter(Person.within(agency_ids)).values("pk")
        return Q(person__in=staff) | Q(person__merged_into__in=staff) | Q(issuer__in=agency_ids)

    @property
    def register_number(self) -> str:
        """Số vào sổ cấp: the running number of the issuing agency's year."""
        return f"{self.number:05d}/{self.year}"

    @property
    def serial(self) -> str:
        """Số hiệu: the register number with the issuing agency's code."""
        return f"{self.issuer_code}.{self.year}.{self.number:05d}"

    @property
    def short_code_shown(self) -> str:
        """The short code in groups, as printed."""
        return shown(self.short_code)

    @property
    def address(self) -> str:
        """The public page, as printed and as in the QR code."""
        return f"{settings.SITE_URL.rstrip('/')}{self.get_absolute_url()}"

    @property
    def is_issued(self) -> bool:
        """Whether it was given out and stands; replaced and annulled ones do not."""
        return self.state == State.ISSUED

    @property
    def is_public(self) -> bool:
        """Whether its public page and file may be shown: not while it is being made."""
        return self.state not in MAKING

    @property
    def revocation(self) -> Any:
        """The withdrawal of the completion, None without one. Read it along by `with_standing`."""
        return getattr(self.completion, "revocation", None)

    def standing_on(self, on: date) -> Standing:
        """Return how the certificate stands on a day, as known now."""
        if self.state == State.SPOILT:
            return Standing.SPOILT
        if self.state == State.REPLACED:
            return Standing.REPLACED
        revocation = self.revocation
        if revocation is not None and revocation.mode == RevocationMode.AB_INITIO:
            return Standing.VOID
        if revocation is not None and revocation.on <= on:
            return Standing.ENDED
        return Standing.EXPIRED if self.valid_until and self.valid_until < on else Standing.VALID

    @property
    def standing(self) -> Standing:
        """How the certificate stands today."""
        return self.standing_on(timezone.localdate())
