"""One's own messages."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.base.tables import Filter, Listing
from lms.notices.actions import prefer, read, wants_email
from lms.notices.forms import PreferenceForm
from lms.notices.models import Notice
from lms.people.models import Person


def _reader(request: HttpRequest) -> Person:
    return cast(Person, request.user)


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """List one's messages, the newest first, and keep how one wants to be reached."""
    person = _reader(request)
    # A box that is not ticked sends nothing at all.
    posted = request.POST if request.method == "POST" else None
    form = PreferenceForm(posted, initial={"by_email": wants_email(person)})
    if request.method == "POST" and form.is_valid():
        prefer(by=person, by_email=form.cleaned_data["by_email"])
        messages.success(request, _("Your choice is kept."))
        return redirect("notices")
    listing = Listing(
        request,
        Notice.objects.of(person),
        filters=(
            Filter(
                "state",
                _("State"),
                [("unread", _("unread"))],
                apply=lambda rows, _value: rows.filter(read_at=None),
            ),
        ),
        sorts={"made": ("made_at",)},
        default_sort="-made",
        keyset=True,
    )
    unread = Notice.objects.of(person).unread().count()
    context = {"listing": listing, "unread": unread, "form": form}
    return render(request, "notices/notices.html", context)


@login_required
@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note one message as read and go where it leads."""
    person = _reader(request)
    notice = get_object_or_404(Notice.objects.of(person), pk=pk)
    read(by=person, notices=[notice.pk])
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and inside else "notices")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note all messages as read."""
    read(by=_reader(request))
    return redirect("notices")
