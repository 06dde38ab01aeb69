"""What the public face gives every template: navigation and footer, in one query."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.models import SiteFrame
from cms.rules import current_mark, doors_for, keys, rooms_for
from lms.base.dates import today
from lms.people.organisation import Organisation
from lms.people.rules import permissions_held

Links = list[dict[str, str]]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every page its navigation, its footer and the visitor's first questions; pages that show none ask nothing."""
    frame = SimpleLazyObject(lambda: SiteFrame.load(request_or_site=request))
    held = SimpleLazyObject(lambda: _held(request))
    return {
        "navigation": {
            "main": SimpleLazyObject(lambda: _main(request, held, frame)),
            "footer": SimpleLazyObject(lambda: _links(request, frame.foot_links)),
        },
        "doors": SimpleLazyObject(lambda: doors_for(held)),
        "footer": SimpleLazyObject(lambda: _footer(frame)),
    }


def _held(request: HttpRequest) -> frozenset[str]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return keys(signed_in=signed_in, permissions=permissions_held(user) if signed_in else ())


def _main(request: HttpRequest, held: frozenset[str], frame: SiteFrame) -> Links:
    rooms = [_link(request, str(room.label), room.url) for room in rooms_for(held)]
    return rooms + _links(request, frame.top_links)


def _links(request: HttpRequest, stream: Any) -> Links:
    english = get_language() == "en"
    return [
        _link(request, (english and link.value["label_en"]) or link.value["label"], link.value["address"])
        for link in stream
    ]


def _link(request: HttpRequest, label: str, url: str) -> dict[str, str]:
    return {"label": label, "url": url, "current": current_mark(url, request.path)}


def _footer(frame: SiteFrame) -> dict[str, str]:
    agency = frame.agency_id
    return {
        "organisation": Organisation.on(today()).name(agency) if agency else "",
        "address": frame.address,
        "phone": frame.phone,
        "email": frame.email,
    }
