"""What the nightly replay found: counts for who runs the system, rows for the auditor and for HR."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.actions.replays import PERMISSION, answer_drift
from courses.forms.training import DriftAnswerForm
from courses.models import Drift, Replay
from courses.states import DriftKind
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.models import Person
from lms.people.rules import may

AUDIT, RUN = "audit.view", "system.run"


@require_safe
def drift(request: HttpRequest) -> HttpResponseBase:
    """Show how many differences there are; each of them to who may read about the persons."""
    reader = request.user
    if not reader.is_authenticated:
        return redirect_to_login(request.get_full_path())
    permission = next((one for one in (PERMISSION, AUDIT) if may(reader, one)), "")
    if not permission and not may(reader, RUN):
        raise PermissionDenied(_("Your roles do not include this page."))
    counted = dict(
        Drift.objects.open()
        .order_by()
        .values_list("kind")
        .annotate(count=Count("pk"))
        .values_list("kind", "count")
    )
    context = {
        "last": Replay.objects.first(),
        "counts": [(kind.label, counted[kind.value]) for kind in DriftKind if kind.value in counted],
        "total": sum(counted.values()),
        "listing": _listing(request, reader, permission) if permission else None,
        "answers": permission == PERMISSION,
        "form": DriftAnswerForm(),
    }
    return render(request, "courses/drift.html", context)


def _listing(request: HttpRequest, reader: Person, permission: str) -> Listing:
    rows = Drift.scoped.for_person(reader, permission).select_related("person", "answered_by")
    gone = Filter(
        "shown",
        _("Shown"),
        [("gone", _("those that are gone"))],
        apply=lambda found, _value: found,
        empty=_("those found last night"),
    )
    if request.GET.get("shown") == "gone":
        rows = rows.filter(gone_at__isnull=False)
    else:
        rows = rows.filter(gone_at__isnull=True)
    return Listing(
        request,
        rows,
        filters=(Filter("kind", _("What"), DriftKind.choices), gone),
        sorts={"since": ("found_at",)},
        default_sort="-since",
        keyset=True,
    )


@requires(PERMISSION)
@require_POST
def drift_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep what a person says of one difference."""
    row = get_object_or_404(Drift.scoped.for_person(cast(Person, request.user), PERMISSION), pk=pk)
    form = DriftAnswerForm(request.POST)
    if form.is_valid():
        answer_drift(drift=row, answer=form.cleaned_data["answer"], by=cast(Person, request.user))
        messages.success(request, _("Your answer is kept."))
    else:
        messages.error(request, _("Say what became of it."))
    return redirect("drift")
