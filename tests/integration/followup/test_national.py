"""The national HR export: what waits, how it ages against three working days, and how it leaves the queue."""

from datetime import date, timedelta

import pytest

from courses.actions import revoke_completion
from lms.base.importing.sheets import read_sheet
from lms.base.jobs import run_due
from lms.base.models import AuditEvent
from lms.followup.models import NationalFile
from lms.followup.national import calendar
from lms.followup.rules import age_on, first_known, synchronised_by
from lms.followup.states import Age
from lms.people.models import AccessEvent
from tests.factories.certificates import certificate, completion, course
from tests.factories.facts import known_since
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return agency("SNV", name="Sở Nội vụ")


@pytest.fixture
def officer(client, unit):
    who = person("Lê Thị Mỹ Hạnh", code="HR", agency=unit, role="hr_officer")
    sign_in(client, who)
    return who


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 16), date(2026, 11, 19)),  # Monday → Thursday
        (date(2026, 11, 19), date(2026, 11, 24)),  # Thursday → Tuesday, over the weekend
        (date(2026, 11, 21), date(2026, 11, 25)),  # known on a Saturday
        (date(2026, 8, 28), date(2026, 9, 7)),  # over 2 September with its days off
        (date(2026, 8, 20), date(2026, 8, 24)),  # a Saturday worked in exchange counts
        (date(2026, 7, 1), date(2026, 7, 6)),
        (date(2026, 6, 30), None),  # before the decree
    ],
)
def test_three_working_days_by_the_holiday_calendar(day, last):
    assert synchronised_by(day, calendar()) == last


def test_the_days_that_narrow_the_list_agree_with_each_row_s_age():
    working = calendar()
    for day in (date(2026, 9, 3), date(2026, 11, 22), date(2026, 7, 2)):
        due, in_time = first_known(day, Age.DUE, working), first_known(day, Age.IN_TIME, working)
        for offset in range(1, 25):
            known_on = date.fromordinal(day.toordinal() - offset + 3)
            if known_on > day or known_on < date(2026, 7, 1):
                continue
            expected = Age.IN_TIME if known_on >= in_time else Age.DUE if known_on >= due else Age.OVERDUE
            assert age_on(day, known_on, working) == expected, (day, known_on)


def test_the_queue_holds_what_is_passed_and_verified_in_the_officer_s_agencies(client, officer, unit):
    mine = person("Trần A", code="082190000001", agency=unit)
    completion(mine, course("DS01"), agency=unit)
    completion(
        mine, course("DS02"), agency=unit, passed=False, source="import", verified_on=date(2026, 11, 5)
    )
    completion(mine, course("DS03"), agency=unit, source="import", verified_on=None)
    completion(person(), course("DS04"), agency=agency("STC"))
    page = client.get("/national-hr/")
    assert [line["completion"].course_code for line in page.context["shown"]] == ["DS01"]
    assert "082******001" in page.content.decode()
    assert "082190000001" not in page.content.decode()


def test_overdue_rows_are_counted_and_shown_first(client, officer, unit):
    who = person("Trần A", agency=unit)
    late, fresh = completion(who, course("DS01"), agency=unit), completion(who, course("DS02"), agency=unit)
    known_since(late, date(2026, 7, 6))
    page = client.get("/national-hr/")
    assert [line["completion"].pk for line in page.context["shown"]] == [late.pk, fresh.pk]
    assert [str(line["age"]) for line in page.context["shown"]] == ["overdue", "in_time"]
    assert page.context["overdue"] == 1
    assert client.get("/national-hr/?age=overdue").context["listing"].count == 1
    assert client.get("/national-hr/?age=in_time").context["listing"].count == 1
    assert client.get("/national-hr/?age=due").context["listing"].count == 0
    known_since(late, date(2025, 7, 6))
    assert client.get("/national-hr/?age=before").context["listing"].count == 1


def made(client):
    client.post("/national-hr/files/")
    run_due()
    return NationalFile.objects.order_by("-pk").first()


def test_the_file_holds_the_training_group_and_the_rows_wait_until_it_is_accepted(client, officer, unit):
    who = person("Đặng Thị Mỹ", code="082190001234", agency=unit)
    paper = certificate(who, course("DS06", issuer=unit, name="An toàn thông tin"), agency=unit)
    file = made(client)
    content = b"".join(client.get(f"/national-hr/files/{file.pk}/").streaming_content)
    ((_number, cells),) = read_sheet(content, "a.xlsx").rows
    assert (cells[0], cells[1], cells[4], cells[5]) == (
        "082190001234",
        "Đặng Thị Mỹ",
        "An toàn thông tin",
        "Sở Nội vụ",
    )
    assert (cells[6], cells[7], cells[8], cells[11]) == (
        date(2026, 11, 5),
        date(2026, 11, 5),
        8.0,
        paper.serial,
    )
    assert (cells[9], cells[12]) == (paper.form, paper.issued_on)
    assert client.get("/national-hr/").context["shown"][0]["completion"].in_file
    assert made(client).count == 0  # nothing goes out twice

    client.post(f"/national-hr/files/{file.pk}/accept/", {})
    assert client.get("/national-hr/").context["listing"].count == 1
    client.post(f"/national-hr/files/{file.pk}/accept/", {"receipt": "BN-2026-77"})
    assert client.get("/national-hr/").context["listing"].count == 0
    assert AuditEvent.objects.get(action="followup.accept_national_file").new == {"receipt": "BN-2026-77"}


def test_a_returned_file_gives_its_rows_free(client, officer, unit):
    completion(person(agency=unit), course("DS01"), agency=unit)
    file = made(client)
    client.post(f"/national-hr/files/{file.pk}/return/", {"reason": "sai mã"})
    client.post(f"/national-hr/files/{file.pk}/accept/", {"receipt": "X"})
    file.refresh_from_db()
    assert (file.accepted_at, file.return_reason) == (None, "sai mã")
    assert made(client).count == 1


def test_a_withdrawal_after_the_report_is_reported_too(client, officer, unit):
    row = completion(person(agency=unit), course("DS01"), agency=unit)
    file = made(client)
    client.post(f"/national-hr/files/{file.pk}/accept/", {"receipt": "A"})
    revoke_completion(completion=row, on=date(2026, 11, 20), mode="ab_initio", reason="gian lận", by=officer)
    (line,) = client.get("/national-hr/").context["shown"]
    assert line["completion"].change == "withdrawn"
    again = made(client)
    client.post(f"/national-hr/files/{again.pk}/accept/", {"receipt": "B"})
    assert client.get("/national-hr/").context["listing"].count == 0


def test_who_may_not_is_refused_and_files_are_their_officer_s(client, officer, unit):
    completion(person(agency=unit), course("DS01"), agency=unit)
    file = made(client)
    sign_in(client, person(agency=unit, role="hr_officer"))
    assert client.get(f"/national-hr/files/{file.pk}/").status_code == 404
    assert client.post(f"/national-hr/files/{file.pk}/accept/", {"receipt": "A"}).status_code == 404
    sign_in(client, person(agency=unit))
    assert client.get("/national-hr/").status_code == 403


def test_whoever_is_in_a_file_sees_who_took_it_and_nobody_else_does(client, officer, unit):
    """Looking at the queue, with its masked numbers, takes nothing away."""
    inside, outside = person("Trần A", agency=unit), person("Lê B", agency=unit)
    completion(inside, course("DS01"), agency=unit)
    client.get("/national-hr/")
    assert not AccessEvent.objects.exists()
    file = made(client)
    seen = AccessEvent.objects.get()
    assert (seen.person, seen.page, seen.reader_name) == (inside, "national_file", "Lê Thị Mỹ Hạnh")
    AccessEvent.objects.update(at=seen.at - timedelta(hours=1))
    client.get(f"/national-hr/files/{file.pk}/")
    assert AccessEvent.objects.filter(person=inside).count() == 2
    AccessEvent.objects.all().delete()
    client.get("/national-hr/?format=xlsx")
    assert list(AccessEvent.objects.values_list("person", "page")) == [(inside.pk, "national_file")]
    assert not AccessEvent.objects.filter(person=outside).exists()
    sign_in(client, inside)
    assert "Lê Thị Mỹ Hạnh" in client.get("/my/data/readers/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_as_often_for_three_as_for_one(
    client, officer, unit, count, django_assert_max_num_queries
):
    for n in range(count):
        completion(person(agency=unit), course(f"DS0{n}"), agency=unit)
    client.get("/national-hr/")
    with django_assert_max_num_queries(16):
        client.get("/national-hr/")
