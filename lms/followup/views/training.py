"""Proposing a course to named staff of an inspected body."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inspections.models import Remedy
from inspections.views.door import actor, put_errors, signed_in
from inspections.views.remedies import remedy_for
from lms.followup.actions import propose_course
from lms.followup.forms import ProposalForm
from lms.followup.training import may_propose


@signed_in
def propose(request: HttpRequest, remedy_pk: int) -> HttpResponse:
    """Show the courses and the staff of the body; POST asks those chosen."""
    found = get_object_or_404(Remedy.objects.select_related("finding__subject"), pk=remedy_pk)
    remedy = remedy_for(request, found.finding.subject.inspection_id, remedy_pk)
    person, case = actor(request), remedy.finding.subject.inspection
    if not may_propose(person, remedy):
        raise PermissionDenied(_("Nothing can be added here now, or not by you."))
    form = ProposalForm(request.POST or None, remedy=remedy)
    if request.method == "POST" and form.is_valid():
        try:
            asked = propose_course(by=person, remedy=remedy, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            words = _("A course is proposed to %(number)d persons.") % {"number": len(asked)}
            messages.success(request, words)
            return redirect("inspections:remedy", case.pk, remedy.pk)
    nobody = not form.fields["persons"].queryset.exists()  # type: ignore[attr-defined]
    context = {"case": case, "remedy": remedy, "form": form, "nobody": nobody}
    return render(request, "followup/propose.html", context)
