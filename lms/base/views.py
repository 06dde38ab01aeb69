"""Pages of the floor."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.utils import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from lms.base.models import Job


def live(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers, and how long the oldest due job has waited."""
    try:
        connection.ensure_connection()
        oldest = Job.objects.due(timezone.now()).values_list("run_after", flat=True).first()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    waited = timezone.now() - oldest if oldest else timedelta(0)
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    return JsonResponse(
        {
            "status": "ok",
            "database": connection.vendor,
            "jobs": {"oldest_due_seconds": int(waited.total_seconds()), "failed": failed},
        }
    )


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is, to the one who asked for it; htmx asks again while it runs."""
    row = get_object_or_404(Job, pk=pk)
    if row.asked_by_id != str(request.user.pk):
        raise Http404
    partial = request.headers.get("HX-Request") == "true"
    template = "base/components/progress.html" if partial else "base/job.html"
    return render(request, template, {"job": row})
