"""A round of issuing: the list with who is refused and why, the number confirmed, the result."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from certificates.actions import issue
from certificates.models import Certificate, RegisterRequest, RegisterYear
from certificates.rounds import Round, foresee
from courses.actions import revoke_completion
from lms.base.jobs import run_due
from lms.base.models import AuditEvent
from tests.factories import certificates as made
from tests.factories import people
from tests.factories.facts import tamper

DAYS = {"start": "2026-01-01", "end": "2026-12-31"}


@pytest.fixture
def passed(world):
    """Three who passed and have no certificate, the eldest result first."""
    return [
        made.completion(people.person(name, agency=world.commune), world.course, agency=world.commune)
        for name in ("Công Tằng Tôn Nữ Thị Hồng Nhung", "Lê Thị Hai", "Phạm Ba")
    ]


def planned(world, who=None, agency=None, course="", start=date(2026, 1, 1), end=date(2026, 12, 31)):
    with translation.override("vi"):  # an English page asked for before leaves its language behind
        return foresee(Round((agency or world.commune).pk, start, end, course), who or world.provincial)


def address(world, **more) -> str:
    given = {"agency": world.commune.pk, "course": "", **DAYS, **more}
    return "/certificates/round/?" + "&".join(f"{name}={value}" for name, value in given.items())


def test_who_is_refused_is_seen_before_with_the_reason(world, passed):
    elsewhere = made.course("DS88", issuer=people.agency("87", name="Tỉnh khác", level="province"))
    unclear = made.course("DS89")
    outside = made.completion(people.person("Ở Nơi Khác"), elsewhere, agency=world.commune)
    practice = made.completion(
        people.person("Mới Thực Hành"), unclear, agency=world.commune, source="class", verified_on=None
    )
    withdrawn = made.completion(people.person("Đã Thu Hồi"), world.course, agency=world.commune)
    revoke_completion(
        completion=withdrawn, mode="ab_initio", on=withdrawn.completed_on, reason="Sai", by=None
    )
    made.completion(people.person("Từ Tệp"), world.course, agency=world.commune, source="import")
    found = planned(world)
    assert found.ready == [row.pk for row in passed]
    assert dict(found.refused) == {
        outside.pk: "Tỉnh khác là cơ quan cấp giấy này; vai trò của ông (bà) không bao gồm việc cấp tại đó.",
        practice.pk: "Chưa xác nhận: cần hai người công nhận tại trang của kết quả này trước.",
        withdrawn.pk: "Kết quả đã bị thu hồi.",
    }


def test_a_closed_register_refuses_before_any_number_is_taken(world, passed):
    RegisterYear.objects.create(
        agency=world.department, agency_name="Sở Nội vụ", year=timezone.localdate().year, last=0, sha256="0" * 64,
        closed_at=timezone.now(), by=world.head,
    )  # fmt: skip
    reasons = {reason for _pk, reason in planned(world).refused}
    assert reasons == {f"Sổ cấp năm {timezone.localdate().year} đã khóa."}


def test_a_missing_template_refuses_before_any_number_is_taken(world, passed):
    tamper("DELETE FROM certificates_templatesigner")
    tamper("DELETE FROM certificates_templateversion")
    assert {reason for _pk, reason in planned(world).refused} == {
        "Khóa học DS06 chưa có mẫu giấy chứng nhận đã ban hành."
    }
    assert not Certificate.objects.exists()


def test_course_days_and_unit_narrow_the_round(world, passed):
    other = made.course("DA02", issuer=world.department)
    second = made.completion(passed[0].person, other, agency=world.other)
    assert planned(world, course="DA02").ready == []
    assert planned(world, agency=world.other, course="DA02").ready == [second.pk]
    assert planned(world, agency=world.province).ready == [*[row.pk for row in passed], second.pk]
    assert planned(world, end=date(2026, 11, 4)).ready == []


def test_who_passed_at_an_agency_that_ended_is_served_with_its_successor(world):
    end = date(2026, 11, 10)
    old = people.agency("815", name="Ủy ban nhân dân thành phố Mỹ Tho", parent=world.province, valid_to=end)
    row = made.completion(people.person("Cán Bộ Cũ"), world.course, agency=old)
    people.succeed(old, world.commune, on=end)
    assert planned(world).ready == [row.pk]


def test_the_number_is_confirmed_and_the_round_issues_for_those_seen(world, passed, client):
    people.sign_in(client, world.provincial)
    page = client.get(address(world)).content.decode()
    assert "Công Tằng Tôn Nữ Thị Hồng Nhung" in page
    key = uuid.uuid4()
    for number in ("2", "0", "-3", "nhiều"):
        refused = client.post(address(world), {"key": key, "number": number})
        assert refused.status_code == 400
        assert "number" in refused.context["confirm"].errors
    assert client.post(address(world), {"key": key, "number": "3"}).status_code == 302
    made.completion(people.person("Đến Sau"), world.course, agency=world.commune)
    issue(completion=passed[1], by=None)  # the everyday job was quicker
    run_due()
    asked = RegisterRequest.objects.get(key=key)
    assert asked.counts == {"certificates": 3, "refused": 0}
    given = Certificate.objects.issued().order_by("completion_id")
    assert [row.completion_id for row in given] == [row.pk for row in passed]
    assert AuditEvent.objects.get(action="certificates.ask_register").new["confirmed"] == 3
    result = client.get(f"/certificates/books/{key}/").content.decode()
    assert all(row.serial in result for row in given)
    again = planned(world)
    assert (len(again.ready), again.served) == (1, 3)


def test_the_list_grown_meanwhile_is_looked_at_again(world, passed, client):
    people.sign_in(client, world.provincial)
    made.completion(people.person("Đến Sau"), world.course, agency=world.commune)
    answer = client.post(address(world), {"key": uuid.uuid4(), "number": "3"})
    assert "Danh sách hiện có 4 giấy, không phải 3" in answer.content.decode()
    assert not RegisterRequest.objects.exists()


def test_what_was_withdrawn_meanwhile_is_refused_in_the_result(world, passed, client):
    people.sign_in(client, world.provincial)
    key = uuid.uuid4()
    client.post(address(world), {"key": key, "number": "3"})
    revoke_completion(
        completion=passed[0], mode="ab_initio", on=passed[0].completed_on, reason="Sai", by=None
    )
    run_due()
    asked = RegisterRequest.objects.get(key=key)
    assert asked.counts == {"certificates": 2, "refused": 1}
    assert asked.refused[0][0] == "Công Tằng Tôn Nữ Thị Hồng Nhung"


def test_who_may_not_issue_neither_looks_nor_begins(world, passed, client):
    for who in (world.hr, world.auditor, world.learner):
        people.sign_in(client, who)
        assert client.get(address(world)).status_code == 403
        assert client.post(address(world), {"key": uuid.uuid4(), "number": "3"}).status_code == 403
    people.sign_in(client, world.head)  # of the department, not of the commune
    assert client.get(address(world)).status_code == 400


@pytest.mark.parametrize(
    "given", [{"start": "2026-13-01"}, {"end": "2025-01-01"}, {"course": "XX"}, {"agency": "999999"}]
)
def test_bad_choices_say_so_at_their_field(world, client, given):
    people.sign_in(client, world.provincial)
    answer = client.get(address(world, **given))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == list(given)


def test_long_lists_have_pages_and_a_fixed_number_of_queries(world, client, django_assert_max_num_queries):
    at = datetime(2026, 11, 5, tzinfo=UTC)
    staff = [people.person(f"Người {n}", agency=world.commune) for n in range(3)]
    rows = [
        made.completion(person, world.course, agency=world.commune, source="class", at=at.replace(minute=n))
        for n in range(40)
        for person in staff
    ]  # fmt: skip
    people.sign_in(client, world.provincial)
    first = client.get(address(world))
    assert sorted(first.context["found"].ready) == [row.pk for row in rows]
    with django_assert_max_num_queries(22):
        last = client.get(address(world, page=3))
    assert len(last.context["lines"].object_list) == 20
