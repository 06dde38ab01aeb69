"""What the public face gives every template: navigation, footer, the first questions of one's roles."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.models import SiteFrame
from cms.rules import Door, current_mark, doors_for, keys, rooms_for
from lms.base.dates import today
from lms.people.organisation import Organisation
from lms.people.rules import permissions_held

Links = list[dict[str, str]]


class Navigation:
    """What stands around one page, worked out when a template first asks; the frame costs one query."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def held(self) -> frozenset[str]:
        """What the visitor opens doors with."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return keys(signed_in=False, permissions=())
        return keys(signed_in=True, permissions=permissions_held(user))

    @cached_property
    def frame(self) -> SiteFrame:
        """The links and the footer editors keep."""
        frame: SiteFrame = SiteFrame.load(request_or_site=self.request)
        return frame

    @cached_property
    def main(self) -> Links:
        """The links of the header."""
        rooms = [self._link(str(room.label), room.url) for room in rooms_for(self.held)]
        return rooms + self._links(self.frame.top_links)

    @cached_property
    def footer(self) -> Links:
        """The links of the footer."""
        return self._links(self.frame.foot_links)

    @cached_property
    def account(self) -> Links:
        """The links under the visitor's name."""
        return [self._link(str(room.label), room.url) for room in rooms_for(self.held, of_account=True)]

    @cached_property
    def organisation(self) -> str:
        """The name, today, of the agency that runs the site."""
        agency = self.frame.agency_id
        return Organisation.on(today()).name(agency) if agency else ""

    def _links(self, stream: Any) -> Links:
        english = get_language() == "en"
        values = [link.value for link in stream]
        return [
            self._link((english and value["label_en"]) or value["label"], value["address"])
            for value in values
        ]

    def _link(self, label: str, url: str) -> dict[str, str]:
        return {"label": label, "url": url, "current": current_mark(url, self.request.path)}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every page its surroundings; a page that shows none asks the database nothing."""
    around = Navigation(request)

    def doors() -> list[Door]:
        return doors_for(around.held)

    return {"navigation": around, "doors": SimpleLazyObject(doors)}
