"""What the room below asks about printing."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.actions import NotIssued
from certificates.actions.freezing import template_version
from certificates.states import Kind
from courses.models import Course
from lms.base.dates import today
from lms.people.organisation import history

ANY_AGENCY = 0  # no agency has this key: only what holds for every issuing agency is found


def printed_today(course: Course) -> tuple[str, str]:
    """Return the template version with which the course's certificates are printed today, and its page.

    Where there is none, a sentence and no page. A course without an agency is certified by the agency of each
    learner: for it, what holds for every agency is told.
    """
    if course.certificate_kind not in Kind.values:
        return _("This course gives no certificate."), ""
    issuer = history().bearer(course.agency_id, today()) if course.agency_id else None
    try:
        version = template_version(course, issuer or ANY_AGENCY, today())
    except NotIssued as refusal:
        return str(refusal), ""
    return str(version), reverse("certificate-template-version", args=[version.pk])
