"""The work table, for those who run the system: what waits, what runs, what a person must look at."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.actions import restart_job
from lms.base.models import Job
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.models import Person


@requires("system.run")
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs, the newest first; payloads stay hidden, for they may name persons."""
    listing = Listing(
        request,
        Job.objects.defer("payload", "result"),
        filters=(Filter("state", _("State"), Job.State.choices),),
        sorts={"created": ("created_at",), "kind": ("kind", "created_at")},
        default_sort="-created",
        keyset=True,
    )
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    return render(request, "people/jobs.html", {"listing": listing, "failed": failed})


@requires("system.run")
@require_POST
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a failed job be tried again."""
    job = get_object_or_404(Job, pk=pk)
    if restart_job(job=job, by=cast(Person, request.user)):
        messages.success(request, _("The job will be tried again."))
    else:
        messages.error(request, _("Only a failed job is started again."))
    return redirect("jobs")
