"""The page of one person, and what the person sees of who looked."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from courses.models import Completion
from lms.people.models import AccessEvent, AgencyPeriod, Leave, Person, Post
from tests.factories import certificates
from tests.factories.people import agency, person, post, sign_in, succeed

pytestmark = pytest.mark.django_db
MY = "/my/data/"


def completion(who, *, course_code, hours):
    return Completion.objects.create(
        person=who, person_name=who.full_name, course_code=course_code, course_name=f"Khóa {course_code}",
        hours=hours, is_ds=True, is_da=False, completed_at=timezone.now(), completed_on=timezone.localdate(),
        passed=True, verified_on=timezone.localdate(), source="import",
    )  # fmt: skip


@pytest.fixture
def home():
    return agency("SNV", name="Sở Nội vụ")


@pytest.fixture
def shown(home):
    return person("Nguyễn Thị Sen", code="082300000001", agency=home)


@pytest.fixture
def officer(home):
    return person("Võ Thị Nhân Sự", agency=home, role="hr_officer")


def page(client, who):
    return client.get(reverse("person", args=[who.pk]))


def section(answer, code):
    return next(part for part in answer.context["sections"] if part.code == code)


def test_posts_bear_the_agencys_names_of_their_days(client, officer):
    district = agency("H1", name="Huyện Cái Bè", valid_to="2025-07-01")
    AgencyPeriod.objects.filter(agency=district).update(valid_to="2022-01-01")
    AgencyPeriod.objects.create(
        agency=district, code="H1", name="Huyện Cái Bè (mới)", valid_from="2022-01-01", valid_to="2025-07-01"
    )
    home = Post.objects.get(person=officer).agency
    succeed(district, home, on="2025-07-01")
    moved = person("Lê Văn Chuyển", agency=district, valid_from="2021-03-01")
    rows = section(page(sign_in(client, officer), moved), "posts").rows
    assert [(str(row[0]), str(row[1]), row[2]) for row in rows] == [
        ("2025-07-01", "None", "Sở Nội vụ"),
        ("2022-01-01", "2025-06-30", "Huyện Cái Bè (mới)"),
        ("2021-03-01", "2021-12-31", "Huyện Cái Bè"),
    ]


def test_training_of_duplicate_records_stands_on_the_kept_ones_page(client, officer, shown):
    twin = person("Nguyễn Thị Sen", code="CB-9")
    Person.objects.filter(pk=twin.pk).update(merged_into=shown)
    completion(shown, course_code="DS1", hours=3)
    completion(twin, course_code="DS2", hours=2)
    answer = page(sign_in(client, officer), shown)
    assert {row[2] for row in section(answer, "training").rows} == {"DS1", "DS2"}
    assert [row[1] for row in section(answer, "duplicates").rows] == ["CB-9"]
    assert any("3" in line and "5" in line for line in section(answer, "missing").sentences)
    answer = client.get(reverse("person", args=[twin.pk]))
    assert answer.url == reverse("person", args=[shown.pk])


def test_what_is_missing_follows_the_hours(client, officer, shown):
    client = sign_in(client, officer)
    client.cookies["django_language"] = "en"
    lines = section(page(client, shown), "missing").sentences
    assert lines[1:] == [
        "I1, digital skills: 8 more periods of DS are missing (0 of 8).",
        "I2, data analysis: 16 more periods of DA are missing (0 of 16).",
    ]
    completion(shown, course_code="DS1", hours=7)
    assert (
        section(page(client, shown), "missing")
        .sentences[1]
        .startswith("I1, digital skills: 1 more period of DS")
    )
    completion(shown, course_code="DS2", hours=1)
    assert section(page(client, shown), "missing").sentences[1] == "I1, digital skills: met with 8 periods."


def test_leave_roles_and_what_nobody_else_needs(client, officer, shown, home):
    Leave.objects.create(person=shown, valid_from="2025-01-01", valid_to="2025-02-01", kind="thai sản")
    answer = page(sign_in(client, officer), shown)
    assert [str(cell) for cell in section(answer, "leave").rows[0]] == [
        "2025-01-01",
        "2025-01-31",
        "thai sản",
    ]
    assert not {part.code for part in answer.context["sections"]} & {
        "attempts",
        "practice",
        "enrolments",
        "teams",
    }


def test_a_look_is_written_down_once_in_ten_minutes_and_shown_to_the_person(client, officer, shown):
    sign_in(client, officer)
    page(client, shown)
    page(client, shown)
    event = AccessEvent.objects.get()
    assert (event.person, event.reader_id, event.reader_name) == (shown, str(officer.pk), "Võ Thị Nhân Sự")
    assert (event.reader_roles, event.reader_agency, event.page) == ("hr_officer", "Sở Nội vụ", "person")
    AccessEvent.objects.update(at=timezone.now() - timedelta(minutes=11))
    page(client, shown)
    assert AccessEvent.objects.count() == 2
    answer = sign_in(client, shown).get(MY)
    assert [row.reader_name for row in answer.context["readers"]] == ["Võ Thị Nhân Sự"] * 2
    text = client.get(reverse("my-readers")).content.decode()
    assert "Võ Thị Nhân Sự" in text
    assert "hr_officer" not in text


def test_two_readers_are_two_and_ones_own_page_is_nobodys(client, officer, shown, home):
    other = person("Trần Kiểm Tra", role="auditor")
    for who in (officer, other):
        page(sign_in(client, who), shown)
    assert AccessEvent.objects.count() == 2
    sign_in(client, officer)
    page(client, officer)
    client.get(MY)
    assert AccessEvent.objects.count() == 2


def test_who_looked_is_shown_to_hr_and_the_auditor_on_the_page(client, officer, shown):
    answer = page(sign_in(client, officer), shown)
    assert [row.reader_name for row in answer.context["readers"]] == ["Võ Thị Nhân Sự"]


def test_nobody_sees_anothers_my_data(client, officer, shown):
    sign_in(client, officer)
    assert client.get(MY).context["person"] == officer
    assert client.get(MY, {"person": shown.pk}).context["person"] == officer


def test_my_data_holds_everything_and_can_be_taken_away(client, officer, shown):
    twin = person("Nguyễn Thị Sen", code="CB-9")
    Person.objects.filter(pk=twin.pk).update(merged_into=shown)
    completion(shown, course_code="DS1", hours=3)
    page(sign_in(client, officer), shown)
    sign_in(client, shown)
    codes = [part.code for part in client.get(MY).context["sections"]]
    assert codes == [
        "account", "missing", "posts", "leave", "training", "enrolments", "attempts", "sittings", "noticed",
        "practice", "certificates", "teams", "assigned", "roles", "duplicates",
    ]  # fmt: skip
    answer = client.get(reverse("my-data-export", args=["json"]))
    data = json.loads(answer.content)["data"]
    assert len(data["account"]["rows"]) == 2
    assert len(data["training"]["rows"]) == 1
    assert len(data["readers"]["rows"]) == 1
    assert "no-store" in answer["Cache-Control"]
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get(reverse("my-data-export", args=["xlsx"])).content)
    )
    assert len(book.sheet_names) == 17
    assert book.get_sheet_by_index(0).to_python()[1][0] == "082300000001"  # text: the zero is kept
    assert client.get(reverse("my-data-export", args=["pdf"])).status_code == 404


def test_a_person_with_a_duplicate_signed_in_there_sees_the_same(client, shown):
    twin = person("Nguyễn Thị Sen", code="CB-9")
    Person.objects.filter(pk=twin.pk).update(merged_into=shown)
    assert sign_in(client, twin).get(MY).context["person"] == shown


def test_the_page_costs_the_same_however_long_the_career(client, officer, shown, home):
    sign_in(client, officer)
    page(client, shown)
    counted = []
    for count in (1, 3):
        for number in range(count):
            post(shown, home, valid_from=f"201{number + count}-01-01", valid_to=f"201{number + count}-06-01")
            completion(shown, course_code=f"K{count}{number}", hours=3)
        with CaptureQueriesContext(connection) as captured:
            page(client, shown)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 37


def test_files_with_whole_numbers_are_looks_too(client, officer, shown, home):
    of = certificates.course("DS777", issuer=home)
    paper = certificates.certificate(shown, of, agency=home)
    sign_in(client, officer)
    assert client.get(reverse("certificate-file", args=[paper.public_code])).status_code == 200
    answer = client.get("/targets/lists/people/?agency=SNV&format=csv")
    assert "082300000001" in b"".join(answer).decode()
    told = AccessEvent.objects.filter(person=shown).values_list("page", "reader_name")
    assert sorted(told) == [("certificate_file", "Võ Thị Nhân Sự"), ("training_file", "Võ Thị Nhân Sự")]
    sign_in(client, shown).get(reverse("certificate-file", args=[paper.public_code]))
    assert AccessEvent.objects.filter(person=shown).count() == 2
