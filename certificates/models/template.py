"""How a certificate looks: templates in versions, and which one a course or agency uses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from certificates.queries import (
    CertificateRewritten,
    TemplateUseQuerySet,
    TemplateVersionQuerySet,
)
from certificates.states import (
    Authority,
    Ground,
    Kind,
    Language,
    PaperSize,
    Superior,
    VersionState,
)


class CertificateTemplate(models.Model):  # type: ignore[django-manager-missing]  # modelcluster has no types
    """A row is a template by name; how it looks stands in its versions."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ATTENDANCE)
    is_default = models.BooleanField(_("used where nothing else was chosen"), default=False, editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")
        constraints = [
            models.UniqueConstraint(
                name="template_default_once", fields=["kind"], condition=Q(is_default=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(ClusterableModel):
    """A row is one version of a template: changed while a draft, frozen when published."""

    template = models.ForeignKey(
        CertificateTemplate, models.PROTECT, related_name="versions", verbose_name=_("template")
    )
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(_("content (SHA-256)"), max_length=64, blank=True)

    language = models.CharField(
        _("language"), max_length=5, choices=Language.choices, default=Language.VIETNAMESE
    )
    paper = models.CharField(
        _("paper"), max_length=15, choices=PaperSize.choices, default=PaperSize.A4_LANDSCAPE
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices, default=Ground.RIVER)
    superior = models.CharField(
        _("superior body"), max_length=10, choices=Superior.choices, default=Superior.OF_THE_DAY
    )
    superior_words = models.CharField(_("words of the superior body"), max_length=250, blank=True)
    title = models.CharField(_("title"), max_length=120)
    wording = models.TextField(_("wording"))
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    wording_en = models.TextField(_("wording in English"), blank=True)
    hidden = models.JSONField(_("fields left out"), default=list, blank=True)
    logo = models.BinaryField(_("logo"), blank=True, default=b"")

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        ordering = ["template__code", "-number"]
        verbose_name = _("template version")
        verbose_name_plural = _("template versions")
        constraints = [
            models.UniqueConstraint(name="template_version_once", fields=["template", "number"]),
            models.CheckConstraint(
                name="template_published_has_time",
                condition=Q(state=VersionState.DRAFT, published_at__isnull=True, sha256="")
                | (Q(state=VersionState.PUBLISHED, published_at__isnull=False) & ~Q(sha256="")),
                violation_error_message=_("A published version has its time and its hash."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(name)s, version %(number)s") % {"name": self.template, "number": self.number}

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == VersionState.DRAFT

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a draft; what was published stays as it was."""
        if self.pk and not type(self).objects.drafts().filter(pk=self.pk).exists():
            raise CertificateRewritten("A published template version never changes; make a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; certificates stand on what was published."""
        if not self.is_draft:
            raise CertificateRewritten("A published template version is never deleted.")
        return super().delete(*args, **kwargs)


class TemplateSigner(models.Model):
    """A row is one who signs: by which authority, as what, and who."""

    version = ParentalKey(TemplateVersion, on_delete=models.CASCADE, related_name="signers")
    place = models.PositiveSmallIntegerField(_("place"), default=1)
    authority = models.CharField(
        _("authority"), max_length=5, choices=Authority.choices, blank=True, default=Authority.OWN
    )
    body = models.CharField(
        _("on whose behalf"),
        max_length=200,
        blank=True,
        help_text=_("What follows TM., KT., TL. or TUQ., as “Ủy ban nhân dân” or “Giám đốc”."),
    )
    title = models.CharField(
        _("post"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the post of the head of the issuing agency on the day."),
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the head of the issuing agency on the day."),
    )

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("signer")
        verbose_name_plural = _("signers")

    def __str__(self) -> str:
        return f"{self.authority} {self.body} {self.title} {self.name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a signer of a draft."""
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take a signer out of a draft."""
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if not TemplateVersion.objects.drafts().filter(pk=self.version_id).exists():
            raise CertificateRewritten("A published template version never changes; make a new one.")


class TemplateUse(models.Model):
    """A row says which template a course, an issuing agency or both use, from a day to a day."""

    template = models.ForeignKey(
        CertificateTemplate, models.PROTECT, related_name="uses", verbose_name=_("template")
    )
    course = models.ForeignKey(
        "courses.Course",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("course"),
        help_text=_("Empty: every course."),
    )
    agency = models.ForeignKey(
        "people.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issuing agency"),
        help_text=_("Empty: every issuing agency."),
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(
        _("to before"), null=True, blank=True, help_text=_("The first day on which it is no longer used.")
    )

    objects = TemplateUseQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = _("use of a template")
        verbose_name_plural = _("uses of templates")
        constraints = [
            models.CheckConstraint(
                name="template_use_names_one",
                condition=Q(course__isnull=False) | Q(agency__isnull=False),
                violation_error_message=_("Choose a course, an issuing agency or both."),
            ),
            models.CheckConstraint(
                name="template_use_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("The period must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} · {self.course or ''} {self.agency or ''}".strip()

    def clean(self) -> None:
        """Refuse a second template for the same course and agency on the same day."""
        super().clean()
        if not self.template_id or not self.valid_from:
            return
        if other := TemplateUse.objects.meeting(self).select_related("template").first():
            raise ValidationError(
                _("%(template)s is used there from %(day)s on: end that first, or choose other days.")
                % {"template": other.template, "day": f"{other.valid_from:%d/%m/%Y}"}
            )
