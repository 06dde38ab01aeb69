"""The page that shows how far a job is."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lms.base.models import Job


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is, to the one who asked for it; htmx asks again while it runs."""
    row = get_object_or_404(Job, pk=pk)
    if row.asked_by_id != str(request.user.pk):
        raise Http404
    partial = request.headers.get("HX-Request") == "true"
    template = "base/components/progress.html" if partial else "base/job.html"
    return render(request, template, {"job": row})
