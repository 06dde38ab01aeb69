"""Minutes are signed on the screen: by the team from its accounts, by the others on the device in its hands."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inspections.actions.drawn_signatures import OWN, sign_on_screen, signing_sheet
from inspections.documents.content import content_of, items_of
from inspections.forms.drawn_signature import SignatureForm
from inspections.rules import may_do, sheet_that_counts
from inspections.states import Event
from inspections.views.door import actor, put_errors, signed_in, subject_for
from lms.people.sign_in.again import asks_again


@signed_in
def on_screen(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponseBase:
    """Show who signs, and take one signature; whoever signs from an account shows first who they are."""
    signs = request.method == "POST" and request.GET.get("place") in OWN
    return (asks_again(_on_screen) if signs else _on_screen)(request, pk, subject_pk)


def _on_screen(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    subject, person = subject_for(request, pk, subject_pk), actor(request)
    draft = getattr(subject, "minutes", None)
    if not may_do(person, Event.RECORD, subject.inspection) or (draft is not None and draft.is_locked):
        raise PermissionDenied(_("Nothing can be added here now, or not by you."))
    if draft is None:
        return redirect("inspections:minutes", pk, subject_pk)
    sheet = signing_sheet(person, subject)
    place = next((one for one in sheet.places if one.place.key == request.GET.get("place")), None)
    if "place" in request.GET and (place is None or not place.is_mine):
        raise Http404(_("Nobody signs these minutes in that place."))
    form = SignatureForm(request.POST or None, initial={"shown": sheet.sha256})
    if place and request.method == "POST" and form.is_valid():
        try:
            sign_on_screen(by=person, subject=subject, place=place.place.key, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Signed: %(name)s.") % {"name": place.place.name})
            return redirect("inspections:sign-on-screen", pk, subject_pk)
    record = sheet_that_counts(subject)
    context = {
        "case": subject.inspection,
        "subject": subject,
        "minutes": draft,
        "sheet": sheet,
        "place": place,
        "form": form,
        "items": items_of(record, []) if record else [],
        "content": content_of(draft, record),
    }
    return render(request, "inspections/minutes_sign.html", context)
