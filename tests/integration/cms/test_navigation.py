"""What stands around a page: rooms by role, links editors keep, the name of the day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template import engines
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from cms.actions import name_owner
from cms.blocks import check_address
from cms.context_processors import Navigation
from cms.models import SiteFrame
from cms.rules import DOORS, PUBLIC_ROOMS, ROOMS
from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.people.models import AgencyPeriod
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
HR = {"/people/", "/learn/", "/courses/", "/training/", "/targets/", "/certificates/", "/imports/"}


def around(client, address="/tro-giup/"):
    return client.get(address).context["navigation"]


def rooms(client):
    return [link["url"] for link in around(client).main]


def test_a_stranger_sees_the_public_rooms(client):
    assert rooms(client) == ["/courses/", "/verify/", "/tro-giup/"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (None, {"/learn/", "/courses/"}),
        ("hr_officer", HR),
        ("provincial_hr", {*HR, "/examining/"}),
        ("author", {"/learn/", "/courses/", "/admin/"}),
        ("trainer", {"/learn/", "/courses/", "/examining/"}),
        ("inspector", {"/learn/", "/courses/", "/inspections/", "/imports/"}),
        (
            "agency_head",
            {"/learn/", "/courses/", "/inspections/", "/training/", "/targets/", "/certificates/"},
        ),
        ("registry_clerk", {"/learn/", "/courses/", "/inspections/", "/imports/"}),
        (
            "auditor",
            {
                "/people/",
                "/learn/",
                "/courses/",
                "/inspections/",
                "/training/",
                "/targets/",
                "/certificates/",
            },
        ),
        ("administrator", {"/learn/", "/courses/", "/admin/"}),
    ],
)
def test_each_role_sees_its_rooms_and_no_other(client, role, seen):
    sign_in(client, person(agency=agency(), role=role))
    assert sorted(rooms(client)) == sorted(seen | {"/tro-giup/"})


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (None, "/learn/"),
        ("hr_officer", "/targets/"),
        ("inspector", "/inspections/"),
        ("agency_head", "/targets/"),
    ],
)
def test_each_role_is_asked_its_first_question(client, role, address):
    sign_in(client, person(agency=agency(), role=role))
    assert address in [door.url for door in client.get("/").context["doors"]]


def test_a_role_that_has_ended_opens_nothing(client):
    who = person(agency=agency(), role="inspector")
    who.grants.update(valid_to=today() - timedelta(days=1))
    sign_in(client, who)
    assert "/inspections/" not in rooms(client)


@pytest.mark.parametrize("url", sorted({place.url for place in (*ROOMS, *PUBLIC_ROOMS, *DOORS)}))
def test_no_room_leads_nowhere(url):
    try:
        found = resolve(url)
    except Resolver404:
        pytest.fail(f"{url} is shown in the navigation and answered by nobody")
    assert found.url_name != "wagtail_serve", f"{url} would be looked for among the public pages"


def test_the_link_of_this_page_says_so(client):
    marks = {link["url"]: link["current"] for link in around(client).main}
    assert marks == {"/courses/": "", "/verify/": "", "/tro-giup/": "page"}


def test_links_are_named_in_the_readers_language(client):
    assert [link["label"] for link in around(client).footer] == [
        "Giới thiệu",
        "Trợ giúp",
        "Tra cứu giấy chứng nhận",
    ]
    client.post("/i18n/setlang/", {"language": "en"})
    assert [link["label"] for link in around(client).footer] == ["About", "Help", "Verify a certificate"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//elsewhere.example",
        "http://elsewhere.example",
        "tro-giup/",
        "data:text/html,x",
    ],
)
def test_an_address_that_is_no_page_is_refused(address):
    with pytest.raises(ValidationError):
        check_address(address)


@pytest.mark.parametrize("address", ["/tro-giup/", "https://dichvucong.gov.vn/"])
def test_a_page_of_ours_or_a_secure_one_elsewhere_is_taken(address):
    check_address(address)


def test_the_frame_costs_one_query(rf, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    navigation = Navigation(request)
    with django_assert_num_queries(0):
        assert navigation.held == frozenset()
    with django_assert_num_queries(1):
        assert (len(navigation.main), len(navigation.footer), navigation.organisation) == (3, 3, "")


def test_the_footer_bears_the_name_the_agency_has_today(rf):
    unit = agency("SNV", name="Sở Nội vụ tỉnh Tiền Giang")
    AgencyPeriod.objects.filter(agency=unit).update(valid_to=today())
    AgencyPeriod.objects.create(
        agency=unit, code="SNV", name="Sở Nội vụ tỉnh Đồng Tháp", valid_from=today(), place_name="Đồng Tháp"
    )
    SiteFrame.objects.update(agency=unit)
    assert Navigation(rf.get("/")).organisation == "Sở Nội vụ tỉnh Đồng Tháp"


def test_a_name_cannot_run_in_a_page():
    SiteFrame.objects.update(address="<script>alert(1)</script>")
    request = RequestFactory().get("/")
    html = engines["django"].from_string('{% include "base/footer.html" %}').render({}, request)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_naming_the_owner_is_logged_once():
    unit = agency("82", name="Tỉnh Đồng Tháp")
    who = person(agency=unit, role="administrator")
    for _again in range(2):
        name_owner(agency=unit, by=who)
    assert SiteFrame.objects.get().agency == unit
    event = AuditEvent.objects.get(action="cms.name_owner")
    assert (event.actor_id, event.old, event.new) == (str(who.pk), {"agency": None}, {"agency": unit.pk})


def test_the_question_of_ones_role_comes_before_the_learners(client):
    sign_in(client, person(agency=agency(), role="agency_head"))
    assert [door.url for door in client.get("/").context["doors"]] == ["/targets/", "/learn/"]
