"""Rows of H5P: libraries, contents, and what people did with them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p.package.shapes import LibraryName
from courses.h5p.queries import ContentQuerySet, LibraryQuerySet, PlayQuerySet


class Library(models.Model):
    """A row is one installed library version; its code is served only after an administrator approved it."""

    machine_name = models.CharField(_("machine name"), max_length=255)
    major = models.PositiveIntegerField(_("major version"))
    minor = models.PositiveIntegerField(_("minor version"))
    patch = models.PositiveIntegerField(_("patch version"))
    title = models.CharField(_("title"), max_length=255)
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    author = models.CharField(_("author"), max_length=255, blank=True)
    is_runnable = models.BooleanField(_("content can be made with it"))
    manifest = models.JSONField(_("library.json"))
    semantics = models.JSONField(_("semantics.json"), default=list)
    files = models.JSONField(_("size and SHA-256 of each file"))
    folder = models.CharField(_("folder in the private storage"), max_length=400)
    sha256 = models.CharField(_("SHA-256 over all files"), max_length=64)
    uses_eval = models.BooleanField(_("makes code from text (eval)"))
    outside_hosts = models.JSONField(_("hosts named in the code"), default=list)
    reports_results = models.BooleanField(_("reports that it was answered or completed"))
    installed_at = models.DateTimeField(_("installed"), default=timezone.now)
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("installed by"),
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    # Empty beside a time: approved from the command line or by the set-up.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["machine_name", "major", "minor"]
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        constraints = [
            models.UniqueConstraint(name="h5p_library_once", fields=["machine_name", "major", "minor"]),
            models.CheckConstraint(
                name="h5p_library_approver_has_time",
                condition=Q(approved_by__isnull=True) | Q(approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}.{self.patch}"

    @property
    def name(self) -> LibraryName:
        """The key other libraries and contents refer to."""
        return LibraryName(self.machine_name, self.major, self.minor)

    @property
    def is_approved(self) -> bool:
        """Whether its code may be served."""
        return self.approved_at is not None


class Content(models.Model):
    """A row is one activity: a library's parameters and media. Replacing the file keeps the row."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    library = models.ForeignKey(Library, models.PROTECT, related_name="contents", verbose_name=_("type"))
    manifest = models.JSONField(_("h5p.json"))
    parameters = models.JSONField(_("content.json after the filter"))
    files = models.JSONField(_("size and SHA-256 of each file"), default=dict)
    folder = models.CharField(_("folder in the private storage"), max_length=400)
    sha256 = models.CharField(_("SHA-256 of parameters and files"), max_length=64)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    replaced_at = models.DateTimeField(_("file replaced"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaced by"),
    )

    objects = ContentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("H5P activity")
        verbose_name_plural = _("H5P activities")

    def __str__(self) -> str:
        return self.title


class Play(models.Model):
    """A row is one person's use of one activity at one place: its saved state, and its one finish.

    Without an enrolment it is a preview of an author and counts for nothing at all.
    """

    class ScoreSource(models.TextChoices):
        SERVER = "server", _("graded on the server")
        CLIENT = "client", _("as the browser said")
        TRAINER = "trainer", _("given by a trainer")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    content = models.ForeignKey(Content, models.PROTECT, related_name="plays", verbose_name=_("activity"))
    content_sha256 = models.CharField(_("SHA-256 of the content played"), max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    enrolment = models.ForeignKey(
        "courses.Enrolment",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="plays",
        verbose_name=_("enrolment"),
    )
    lesson_key = models.UUIDField(_("lesson"), null=True, blank=True)
    state = models.TextField(_("state to resume from"), blank=True)
    state_saved_at = models.DateTimeField(_("state saved"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    viewed_at = models.DateTimeField(_("viewed"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    max_score = models.FloatField(_("highest possible score"), null=True, blank=True)
    score_source = models.CharField(_("score source"), max_length=8, choices=ScoreSource, blank=True)

    objects = PlayQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("H5P play")
        verbose_name_plural = _("H5P plays")
        constraints = [
            models.UniqueConstraint(
                name="h5p_play_once_per_lesson",
                fields=["enrolment", "lesson_key", "content", "content_sha256"],
                condition=Q(enrolment__isnull=False),
            ),
            models.UniqueConstraint(
                name="h5p_preview_once",
                fields=["person", "content", "content_sha256"],
                condition=Q(enrolment__isnull=True),
            ),
            models.CheckConstraint(
                name="h5p_play_lesson_with_enrolment",
                condition=Q(enrolment__isnull=True, lesson_key__isnull=True)
                | Q(enrolment__isnull=False, lesson_key__isnull=False),
            ),
            models.CheckConstraint(
                name="h5p_play_score_with_source",
                condition=Q(score__isnull=True, max_score__isnull=True, score_source="")
                | (
                    Q(score__isnull=False, max_score__isnull=False, finished_at__isnull=False)
                    & ~Q(score_source="")
                ),
            ),
            models.CheckConstraint(
                name="h5p_play_score_within_range",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("max_score")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.content_id}"

    @property
    def is_preview(self) -> bool:
        """Whether it counts for nothing."""
        return self.enrolment_id is None


class Statement(models.Model):
    """A row is one xAPI statement as it came from the frame: believed in nothing but that it was sent."""

    identifier = models.UUIDField(_("statement id"), unique=True)
    play = models.ForeignKey(Play, models.CASCADE, related_name="statements")
    verb = models.CharField(_("verb"), max_length=60)
    is_top_level = models.BooleanField(_("about the whole activity"))
    body = models.JSONField(_("statement"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    score = models.FloatField(_("score"), null=True, blank=True)
    max_score = models.FloatField(_("highest possible score"), null=True, blank=True)
    score_source = models.CharField(_("score source"), max_length=8, choices=Play.ScoreSource, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("xAPI statement")
        verbose_name_plural = _("xAPI statements")
        constraints = [
            models.CheckConstraint(
                name="h5p_statement_score_with_source",
                condition=Q(score__isnull=True, max_score__isnull=True, score_source="")
                | (Q(score__isnull=False, max_score__isnull=False) & ~Q(score_source="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.identifier}"


class StatementConflict(models.Model):
    """A row is a statement sent under an id that already stood for another: refused, and kept."""

    identifier = models.UUIDField(_("statement id"), db_index=True)
    play = models.ForeignKey(Play, models.CASCADE, related_name="+")
    body = models.JSONField(_("statement"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("conflicting xAPI statement")
        verbose_name_plural = _("conflicting xAPI statements")

    def __str__(self) -> str:
        return str(self.identifier)
