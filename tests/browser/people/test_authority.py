"""Delegating a role, the rule of two, and the auditor's pages, by day and by night, narrow and wide."""

import os
from datetime import timedelta

import pytest

from lms.base.audit import chain_waiting, close_day, verify
from lms.base.dates import today
from lms.base.models import AuditEvent, AuditHead, AuditLink
from lms.people.models import Grant
from tests.factories.audit import events, unguarded
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)

LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"
LONG_UNIT = "Trung tâm Phục vụ hành chính công phường Mỹ Phước Tây, tỉnh Đồng Tháp"
WINDOWS = pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.fixture
def unit():
    return agency("28249", name=LONG_UNIT)


@pytest.fixture
def chained(unit):
    """A day of events in the chain; taken out again, because the emptying of the tables would be refused."""
    events(3, by=person(LONG_NAME, agency=unit))
    chain_waiting()
    close_day()
    verify()
    yield
    with unguarded():
        for model in (AuditLink, AuditHead, AuditEvent):
            model.objects.all().delete()


@WINDOWS
def test_a_head_delegates_the_role_and_takes_it_back(visit, unit, width, scheme):
    head = person("Nguyễn Văn Giám", agency=unit, role="agency_head")
    deputy = person(LONG_NAME, agency=unit)
    visitor = visit(width=width, scheme=scheme, who=head)
    page = visitor.go("/people/delegations/")
    page.locator("#id_person").fill(deputy.email)
    page.locator("#id_valid_to").fill(f"{today() + timedelta(days=5)}")
    page.locator("#id_reason").fill("Nghỉ phép, Giấy ủy quyền số 5/GUQ-TT")
    page.get_by_role("button", name="Ủy quyền", exact=True).click()
    page.locator("#given tbody details").wait_for()
    visitor.look()
    picture(page, "delegations")
    page.locator("#given summary").click()
    page.locator("#given input[name=reason]").fill("Đã về")
    page.locator("#given details button").click()
    visitor.look()
    assert not Grant.objects.exclude(delegated_from=None).exists()


@WINDOWS
def test_an_administrator_finds_who_holds_what_and_a_person_s_history(visit, unit, width, scheme):
    holder = person(LONG_NAME, agency=unit, role="hr_officer")
    visitor = visit(width=width, scheme=scheme, who=person("Võ Thị Quản", role="administrator"))
    page = visitor.go(f"/people/roles/?agency={unit.pk}&when=now")
    picture(page, "roles")
    assert page.locator("#grants tbody tr").count() == 1
    page.locator(f'#grants a[href="/people/roles/persons/{holder.pk}/"]').click()
    visitor.look()
    picture(page, "roles-of-person")


@WINDOWS
def test_an_auditor_reads_an_event_and_the_state_of_the_chain(visit, chained, width, scheme):
    visitor = visit(width=width, scheme=scheme, who=person("Kiểm Toán", role="auditor"))
    page = visitor.go("/audit/?q=cong+tang")
    picture(page, "audit")
    assert page.locator("#events tbody tr").count() == 3
    page.locator("#events tbody a").first.click()
    visitor.look()
    picture(page, "audit-event")
    assert page.get_by_text("Gò Công").is_visible()
