"""Answers for whoever watches the service."""

from datetime import timedelta

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from lms.base.health import health_notes
from lms.base.models import Job


def live(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers, and how long the oldest due job has waited."""
    try:
        connection.ensure_connection()
        notes = health_notes()
        oldest = Job.objects.due(timezone.now()).values_list("run_after", flat=True).first()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    waited = timezone.now() - oldest if oldest else timedelta(0)
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    return JsonResponse(
        {
            "status": "ok",
            "database": connection.vendor,
            "notes": notes,
            "jobs": {"oldest_due_seconds": int(waited.total_seconds()), "failed": failed},
        }
    )
