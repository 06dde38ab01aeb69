"""Finding a case for somebody, and turning refusals of actions into words at the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from inspections.models import InspectedSubject, Inspection, TeamMember
from lms.people.models import Person
from lms.people.rules import may

VIEW = "inspections.view"


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in whoever may see inspections: by role, or as a member of a team."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not (may(request.user, VIEW) or TeamMember.objects.filter(person_id=request.user.pk).exists()):
            raise PermissionDenied(_("Your roles do not include this page."))
        return view(request, *args, **kwargs)

    guarded.required_permission = VIEW  # type: ignore[attr-defined]
    return guarded


def holds_any(*permissions: str) -> Callable[..., Any]:
    """Let in who is signed in and holds one of the permissions anywhere."""

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(may(request.user, permission) for permission in permissions):
                raise PermissionDenied(_("Your roles do not include this page."))
            return view(request, *args, **kwargs)

        guarded.required_permission = permissions[0]  # type: ignore[attr-defined]
        return guarded

    return guard


def actor(request: HttpRequest) -> Person:
    """Return the person who asks."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def case_for(request: HttpRequest, pk: int) -> Inspection:
    """Return the case with all a page shows of it; not found where it is not theirs to see."""
    rows = Inspection.scoped.for_person(actor(request), VIEW)
    found: Inspection | None = (
        rows.with_step_records()
        .select_related("kind", "kind_version", "decision__plan_line__version", "lead", "work_plan")
        .prefetch_related("team", "members", "subjects__records__conflicts", "subjects__evidence")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404(_("There is no such inspection, or it is not yours to see."))
    for subject in found.subjects.all():
        subject.inspection = found
    return found


def subject_for(request: HttpRequest, pk: int, subject_pk: int) -> InspectedSubject:
    """Return one subject of a case."""
    for subject in case_for(request, pk).subjects.all():
        if subject.pk == subject_pk:
            return subject
    raise Http404(_("There is no such subject in this inspection."))


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an action refused at the field it names, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
