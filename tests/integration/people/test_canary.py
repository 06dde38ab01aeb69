"""A person with a number nobody else has: after every page and every form, it stands in no address, log or error page.

Every role walks the product from its doors, follows each link, and sends each form with the number in every field.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from lms.base.masking import MaskingFormatter, masked
from lms.people.actions.access import note_access
from lms.people.models import Person
from lms.settings.logging import LOGGING
from tests.factories import certificates
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db

NUMBER = "082171004217"
BORN = date(1971, 3, 17)
CANARIES = (NUMBER, "17/03/1971", "1971-03-17", "17031971", "19710317")
PAGES_A_ROLE = 70
ADDRESS = re.compile(r"""(?:href|action|src|hx-get|hx-post|data-url)\s*=\s*["']([^"']*)["']""")
FORM = re.compile(r"<form\b(.*?)>(.*?)</form>", re.S)
FIELD = re.compile(r"""<(?:input|textarea|select)\b[^>]*?name=["']([^"']+)["'][^>]*>""")
LEAVE_ALONE = ("/accounts/logout/", "/i18n/", "/static/", "/media/", "/accounts/sign-out")
STARTS = (
    "/", "/people/", "/people/?q=sen", "/people/?format=csv", "/my/data/", "/my/data/export/json/", "/my/data/readers/",
    "/my/data/purposes/", "/my/data/corrections/", "/people/corrections/", "/people/erasures/", "/people/organisation/",
    "/people/roles/", "/people/accounts/", "/people/duplicates/", "/learn/", "/learn/certificates/", "/courses/",
    "/certificates/", "/certificates/?format=csv", "/inspections/", "/targets/", "/targets/lists/people/",
    "/targets/lists/people/?format=csv", "/targets/reports/", "/imports/", "/imports/staff/", "/national-hr/", "/jobs/",
    "/admin/", "/verify/", "/api/v1/agencies/", "/api/v1/certificates/", "/health/live", "/health/ready", "/metrics",
    "/accounts/login/", "/accounts/password/change/", "/people/999999/", "/not/there/",
)  # fmt: skip
ROLES = (
    None, "hr_officer", "provincial_hr", "auditor", "agency_head", "inspector", "registry_clerk", "author", "trainer",
    "administrator",
)  # fmt: skip
# Who may read a whole number somewhere: in a file of their own staff, or their own.
ENTITLED = {"hr_officer", "provincial_hr", "auditor", "agency_head", "self"}


class Lines(logging.Handler):
    """Keeps every line as it would be written."""

    def __init__(self, formatter):
        super().__init__(level=1)
        self.setFormatter(formatter)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def hear():
    """Hear all loggers at all levels: `hear()` as they speak, `hear(formatter)` as it is written."""
    root, quiet, ears = logging.getLogger(), {}, []
    loggers = [logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    pinned = {name for name in LOGGING["loggers"] if name.startswith("django.")}
    for logger in [root, *(logger for logger in loggers if logger.name not in pinned)]:
        quiet[logger] = (logger.level, logger.propagate)
        logger.setLevel(1)
        logger.propagate = True

    def listen(formatter=None):
        ears.append(Lines(formatter or logging.Formatter()))
        root.addHandler(ears[-1])
        return ears[-1].lines

    yield listen
    for ear in ears:
        root.removeHandler(ear)
    for logger, (level, propagate) in quiet.items():
        logger.setLevel(level)
        logger.propagate = propagate


@pytest.fixture
def lines(hear):
    return hear()


@pytest.fixture
def world():
    home = agency("SNV", name="Sở Nội vụ", parent=agency("82", name="Tỉnh Đồng Tháp"))
    canary = person("Nguyễn Thị Sen", code=NUMBER, agency=home)
    Person.objects.filter(pk=canary.pk).update(birth_date=BORN, gender="female")
    canary.refresh_from_db()
    of = certificates.course("DS777", issuer=home)
    certificates.certificate(canary, of, agency=home)
    officer = person("Võ Nhân Sự", agency=home, role="hr_officer")
    note_access(person=canary, page="person", by=officer)
    return {"home": home, "canary": canary}


class Walk:
    """One visitor's way through the product, and every address it met."""

    def __init__(self, client, starts=STARTS):
        self.client, self.waiting = client, list(starts)
        self.seen, self.addresses, self.bodies, self.broken = set(), set(), {}, []

    def go(self, pages=PAGES_A_ROLE):
        while self.waiting and len(self.seen) < max(pages, len(STARTS)):
            address = self.waiting.pop(0)
            if address in self.seen or address.startswith(LEAVE_ALONE):
                continue
            self.seen.add(address)
            body = self._read(self.client.get(address), address)
            self.bodies[address] = body
            for form in FORM.finditer(body):
                self._send(address, *form.groups())
        return self

    def _read(self, answer, address):
        if answer.has_header("Location"):
            self._meet(answer["Location"], address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace")
        if answer.status_code >= 400:
            self.broken.append((address, answer.status_code, text))
        for found in ADDRESS.findall(text):
            self._meet(unescape(found), address)
        return text

    def _meet(self, found, where):
        self.addresses.add(unquote(found))
        whole = urljoin(where, found)
        if not urlsplit(found).netloc and whole.startswith("/"):
            self.waiting.append(whole.split("#")[0])

    def _send(self, address, attributes, inside):
        if 'method="post"' not in attributes.lower():
            return
        action = re.search(r'action="([^"]*)"', attributes)
        target = urljoin(address, unescape(action.group(1)) if action else "")
        if target.startswith(LEAVE_ALONE) or (address, target, "post") in self.seen:
            return
        self.seen.add((address, target, "post"))
        self.addresses.add(unquote(target))
        data = {name: NUMBER for name in FIELD.findall(inside) if name != "csrfmiddlewaretoken"}
        answer = self.client.post(target, data)
        if answer.has_header("Location"):
            self.addresses.add(unquote(answer["Location"]))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.addresses.update(
            unquote(unescape(found)) for found in ADDRESS.findall(body.decode("utf-8", "replace"))
        )
        if answer.status_code >= 500:
            self.broken.append((target, answer.status_code, body.decode("utf-8", "replace")))


def holding(texts):
    """Return the texts in which the person can be recognised."""
    return [text for text in texts if any(canary in text for canary in CANARIES)]


def visitor(role, world):
    if role == "stranger":
        return Client(raise_request_exception=False)
    if role == "self":
        who = world["canary"]
    else:
        place = agency("STC", name="Sở Tài chính") if role == "sister" else world["home"]
        who = person("Lê Văn Khách", agency=place, role="hr_officer" if role == "sister" else role, at=place)
    return sign_in(Client(raise_request_exception=False), who)


@pytest.mark.parametrize("role", ["stranger", "self", "sister", *ROLES])
def test_the_number_and_the_birth_date_stand_in_no_address_log_or_error_page(role, world, lines):
    walk = Walk(visitor(role, world), [*STARTS, f"/people/{world['canary'].pk}/"]).go()
    assert len(walk.bodies) > 30
    assert holding(walk.addresses) == []
    assert holding(lines) == []
    assert holding(text for _address, _status, text in walk.broken) == []
    assert [(address, status) for address, status, _text in walk.broken if status >= 500] == []
    if role not in ENTITLED:
        assert holding(walk.bodies.values()) == []


def test_who_is_entitled_reads_it(world, lines):
    """The walk can see the number where it may stand: otherwise it would find nothing anywhere."""
    own = Walk(visitor("self", world)).go()
    assert NUMBER in own.bodies["/my/data/"]
    hr = Walk(visitor("hr_officer", world)).go()
    assert NUMBER in hr.bodies["/people/?format=csv"]
    assert NUMBER not in hr.bodies["/people/"]


def leaking_link(request):
    return HttpResponse(f'<a href="/people/by-number/{NUMBER}/">Sen</a>')


def leaking_redirect(request):
    return HttpResponse(status=302, headers={"Location": f"/my/data/?number={NUMBER}"})


def leaking_log(request):
    logging.getLogger("lms.people").debug("looked up %s born %s", NUMBER, "17/03/1971")
    return HttpResponse("")


def failing(request):
    raise ValueError(f"duplicate key value violates unique constraint: Key (code)=({NUMBER}) already exists.")


urlpatterns = [
    path("leak/link/", leaking_link),
    path("leak/redirect/", leaking_redirect),
    path("leak/log/", leaking_log),
    path("leak/error/", failing),
    path("", include("lms.urls")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("way", ["link", "redirect", "log"])
def test_the_control_a_page_that_leaks_is_found(way, world, lines):
    walk = Walk(visitor(None, world), [f"/leak/{way}/"]).go(1)
    assert holding([*walk.addresses, *lines]) != []


@pytest.mark.urls(__name__)
def test_an_error_says_nothing_of_the_person_on_its_page_and_in_the_log(world, hear):
    lines = hear(MaskingFormatter(processor=LOGGING["formatters"]["json"]["processor"]))
    raw = hear()
    answer = visitor(None, world).get("/leak/error/")
    assert answer.status_code == 500
    assert holding([answer.content.decode()]) == []
    written = [line for line in lines if "duplicate key value" in line]
    assert written
    assert holding(written) == []
    assert masked(NUMBER) in written[0]
    assert holding(raw) != []  # the control: without the masking the log would hold it


def test_commands_that_write_no_person_print_none(world, lines, capsys):
    call_command("indicators", as_of="2026-01-01")
    call_command("verify_certificates")
    printed = capsys.readouterr()
    assert holding([printed.out, printed.err, *lines]) == []
