"""What examiners decide: POST, form, action, back to the person's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from courses.actions.examining import give_extra_time, look_at_flag, order_resit, order_resits_of_sample
from courses.examiners import EXAMINE, attempts_of, enrolments_of, exams_of
from courses.forms import ExtraAttemptsForm, ExtraTimeForm, MinutesForm, NoteForm, SampleForm
from courses.models import IntegrityFlag
from courses.rules import Refused
from courses.two_examiners import propose_attempts, propose_more_time, propose_reopening
from courses.views import examining
from courses.views.access import learner_of
from lms.base.forms import ReasonForm
from lms.people.access import requires


def _done(form: forms.Form, act: Callable[..., Any], **given: Any) -> Any:
    """Do it with what the form holds; None, with the sentence on the form, where it is refused."""
    if not form.is_valid():
        return None
    try:
        return act(**given, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


def _proposed(request: HttpRequest, approval: Any) -> HttpResponse:
    messages.success(request, _("Proposed. It takes effect when a second person approves."))
    return redirect("approval", approval.pk)


@requires(EXAMINE)
@require_POST
def extra_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person more time in the attempts to come."""
    by = learner_of(request)
    enrolment, form = (
        get_object_or_404(enrolments_of(by), pk=pk),
        ExtraTimeForm(request.POST, auto_id="time-%s"),
    )
    if _done(form, give_extra_time, enrolment=enrolment, by=by) is None:
        return examining.show_person(request, pk, ("time", form))
    messages.success(request, _("The extra time holds from the next attempt on."))
    return redirect("examined-person", pk)


@requires(EXAMINE)
@require_POST
def extra_attempts(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose more attempts."""
    by = learner_of(request)
    enrolment, form = (
        get_object_or_404(enrolments_of(by), pk=pk),
        ExtraAttemptsForm(request.POST, auto_id="attempts-%s"),
    )
    approval = _done(form, propose_attempts, enrolment=enrolment, by=by)
    if approval is None:
        return examining.show_person(request, pk, ("attempts", form))
    return _proposed(request, approval)


@requires(EXAMINE)
@require_POST
def more_time(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose more time for a running attempt."""
    return _about_attempt(request, key, "time", propose_more_time)


@requires(EXAMINE)
@require_POST
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose to open a closed attempt again."""
    return _about_attempt(request, key, "reopen", propose_reopening)


def _about_attempt(request: HttpRequest, key: UUID, place: str, act: Callable[..., Any]) -> HttpResponse:
    by = learner_of(request)
    attempt = get_object_or_404(attempts_of(by), key=key)
    form = MinutesForm(request.POST, auto_id=f"{place}-{attempt.pk}-%s")
    approval = _done(form, act, attempt=attempt, by=by)
    if approval is None:
        return examining.show_person(request, attempt.enrolment_id, (f"{place}-{attempt.pk}", form))
    return _proposed(request, approval)


@requires(EXAMINE)
@require_POST
def resit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Order a supervised re-sit of one attempt."""
    by = learner_of(request)
    attempt = get_object_or_404(attempts_of(by), key=key)
    form = ReasonForm(request.POST, auto_id=f"resit-{attempt.pk}-%s")
    if _done(form, order_resit, attempt=attempt, by=by) is None:
        return examining.show_person(request, attempt.enrolment_id, (f"resit-{attempt.pk}", form))
    messages.success(request, _("The supervised re-sit is ordered. Its code stands beside the attempt."))
    return redirect("examined-person", attempt.enrolment_id)


@requires(EXAMINE)
@require_POST
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw passed attempts by lot and order a supervised re-sit of each."""
    by = learner_of(request)
    exam, form = get_object_or_404(exams_of(by), pk=pk), SampleForm(request.POST)
    ordered = _done(form, order_resits_of_sample, exam=exam, by=by)
    if ordered is None:
        return examining.show_exam(request, pk, form)
    sentence = ngettext(
        "%(count)d supervised re-sit is ordered.", "%(count)d supervised re-sits are ordered.", len(ordered)
    )
    messages.success(request, sentence % {"count": len(ordered)})
    return redirect("examined-exam", pk)


@requires(EXAMINE)
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a flag as looked at."""
    by = learner_of(request)
    flags = IntegrityFlag.objects.filter(attempt__in=attempts_of(by)).select_related("attempt")
    flag = get_object_or_404(flags, pk=pk)
    form = NoteForm(request.POST, auto_id=f"flag-{flag.pk}-%s")
    if _done(form, look_at_flag, flag=flag, by=by) is None:
        return examining.show_person(request, flag.attempt.enrolment_id, (f"flag-{flag.pk}", form))
    messages.success(request, _("Your note is kept with the attempt."))
    return redirect("examined-person", flag.attempt.enrolment_id)
