"""Making a person nameless after retention: nothing of them stays, and every figure of every day does."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Completion
from lms.base.models import AuditEvent
from lms.people.actions.access import note_access
from lms.people.actions.corrections import Refused
from lms.people.actions.erasure import erase_person, propose_erasures
from lms.people.models import AccessEvent, CorrectionRequest, ErasureProposal, Leave, Person, PersonName, Post
from lms.people.retention import ERASED_NAME, past_retention, years_later
from lms.targets.figures import ask, figures
from lms.targets.states import Variant
from tests.factories.people import agency, person, post, sign_in

pytestmark = pytest.mark.django_db
DAYS = [date(2008, 6, 1), date(2010, 12, 31), date(2012, 3, 1), date(2014, 1, 1), date(2026, 1, 1)]
NAME, NUMBER = "Trịnh Thị Ngọc Lài", "082199887766"


@pytest.fixture
def home():
    root = agency("82", valid_from=date(2000, 1, 1))
    return agency("SNV", name="Sở Nội vụ", parent=root, valid_from=date(2000, 1, 1))


@pytest.fixture
def gone(home):
    """Somebody who left on 1 January 2014, known under three records, two of them with posts on the same days."""
    who = person(NAME, code=NUMBER, email="lai@songtien.example")
    Person.objects.filter(pk=who.pk).update(birth_date="1958-02-03", gender="female")
    twins = [person(NAME, code=code) for code in ("CB-B", "CB-A")]
    Person.objects.filter(pk__in=[twin.pk for twin in twins]).update(merged_into=who)
    other = agency("STC", parent=home, valid_from=date(2000, 1, 1))
    post(who, home, valid_from=date(2008, 1, 1), valid_to=date(2012, 1, 1))
    for twin, where in zip(twins, (home, other), strict=True):
        post(twin, where, valid_from=date(2012, 1, 1), valid_to=date(2014, 1, 1))
    for code, record in (("DS1", who), ("DA1", twins[0])):
        completed = timezone.make_aware(timezone.datetime(2009, 5, 5))
        Completion.objects.create(
            person=record, person_name=NAME, course_code=code, course_name="Khóa học", hours=Decimal(20),
            is_ds=code == "DS1", is_da=code == "DA1", completed_at=completed, completed_on=date(2009, 5, 5),
            passed=True, verified_on=date(2009, 5, 5), source="import",
        )  # fmt: skip
    Leave.objects.create(person=who, valid_from=date(2010, 1, 1), valid_to=date(2010, 8, 1))
    return Person.objects.get(pk=who.pk)


@pytest.fixture
def hr(home):
    return person("Võ Cấp Tỉnh", agency=home, role="provincial_hr", at=home)


def everything_counted():
    units = list(agencies())
    return {
        (day, variant, codes): figures(ask(as_of=day, variant=variant, codes=codes)).as_json()
        for day in DAYS
        for variant in Variant.values
        for codes in ((), *units)
    }


def agencies():
    return [("82",), ("SNV",), ("STC",)]


def test_every_figure_of_every_past_day_stays(gone, hr):
    before = everything_counted()
    assert any(row["i1"]["num"] for row in before.values())
    counts = Post.objects.count(), Completion.objects.count(), Leave.objects.count(), Person.objects.count()
    erase_person(person=gone, reason="Hết thời hạn lưu", by=hr)
    assert everything_counted() == before
    assert counts == (
        Post.objects.count(),
        Completion.objects.count(),
        Leave.objects.count(),
        Person.objects.count(),
    )


def test_the_control_codes_out_of_order_would_move_a_post(gone, hr):
    """The test above can see a moved figure: swapping the duplicates' codes moves one from an agency to another."""
    before = everything_counted()
    first, _second = Person.objects.filter(merged_into=gone).order_by("code")
    Person.objects.filter(pk=first.pk).update(code="CB-Z")
    assert everything_counted() != before


def test_nothing_of_the_person_is_left(gone, hr, client):
    sign_in(client, gone)
    client.post(reverse("my-corrections"), {"field": "email", "new_value": "moi@songtien.example"})
    note_access(person=gone, page="person", by=hr)
    erase_person(person=gone, reason="Hết thời hạn lưu", by=hr)
    for record in Person.objects.filter(pk__in=[gone.pk, *gone.duplicates.values_list("pk", flat=True)]):
        assert record.full_name == ERASED_NAME
        assert (record.birth_date, record.gender, record.email, record.is_active) == (None, "", "", False)
        assert not record.has_usable_password()
        assert NUMBER not in record.code
    assert not PersonName.objects.filter(full_name=NAME).exists()
    assert not Completion.objects.filter(person_name=NAME).exists()
    assert not CorrectionRequest.objects.exists()
    assert not AccessEvent.objects.filter(person=gone).exists()
    assert client.get("/my/data/").status_code == 302  # signed out: the account is closed
    event = AuditEvent.objects.get(action="people.erase")
    assert (event.target_label, event.reason) == (ERASED_NAME, "Hết thời hạn lưu")
    assert NUMBER not in str(event.new) + str(event.old)


def test_it_is_refused_while_retention_runs_or_a_post_is_held(gone, hr, home, settings):
    settings.PERSONAL_DATA_RETENTION_YEARS = 40
    with pytest.raises(Refused, match="2054"):
        erase_person(person=gone, reason="x", by=hr)
    settings.PERSONAL_DATA_RETENTION_YEARS = 10
    post(gone, home, valid_from=date(2020, 1, 1))
    with pytest.raises(Refused):
        erase_person(person=gone, reason="x", by=hr)
    gone.refresh_from_db()
    assert gone.full_name == NAME


@pytest.mark.parametrize("case", ["role", "no reason", "twice", "nobody ever"])
def test_other_refusals(gone, hr, home, case):
    target, reason = gone, "x"
    if case == "role":
        from lms.people.actions.roles import grant_role

        grant_role(person=gone, role="auditor", by=None)
    if case == "no reason":
        reason = " "
    if case == "twice":
        erase_person(person=gone, reason="x", by=hr)
    if case == "nobody ever":
        target = person("Chưa Từng Làm")
    with pytest.raises(Refused):
        erase_person(person=target, reason=reason, by=hr)


def test_retention_ends_on_the_same_day_years_later():
    assert years_later(date(2014, 1, 1), 10) == date(2024, 1, 1)
    assert years_later(date(2016, 2, 29), 1) == date(2017, 3, 1)


def test_proposed_is_who_left_long_enough_ago_and_nobody_else(gone, hr, home):
    recent = person("Mới Nghỉ")
    post(recent, home, valid_from=date(2020, 1, 1), valid_to=date.today() - timedelta(days=1))
    assert [row.pk for row in past_retention(date(2023, 12, 31))] == []
    assert [row.pk for row in past_retention(date(2024, 1, 1))] == [gone.pk]
    assert propose_erasures(on=date(2024, 1, 1), by=None) == 1
    assert propose_erasures(on=date(2024, 1, 1), by=None) == 0
    assert ErasureProposal.objects.get().due_on == date(2024, 1, 1)


def test_the_officer_types_the_name_before_it_is_done(client, gone, hr):
    propose_erasures(on=date(2024, 1, 1), by=None)
    sign_in(client, hr)
    page = client.get(reverse("erasures")).content.decode()
    assert NAME in page
    assert NUMBER not in page
    url = reverse("erase", args=[gone.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Người Khác", "reason": "x"}).status_code == 422
    assert client.post(url, {"name": NAME, "reason": ""}).status_code == 422
    gone.refresh_from_db()
    assert gone.full_name == NAME
    assert client.post(url, {"name": "trinh thi ngoc lai", "reason": "Hết hạn"}).status_code == 302
    gone.refresh_from_db()
    assert gone.full_name == ERASED_NAME
    assert not ErasureProposal.objects.exists()


def test_others_may_not(client, gone, home):
    sister = agency("KHAC", valid_from=date(2000, 1, 1))
    for role, at, answer in (
        ("hr_officer", home, 403),
        ("auditor", home, 403),
        ("provincial_hr", sister, 404),
    ):
        sign_in(client, person("Người Khác", agency=at, role=role))
        assert (
            client.post(reverse("erase", args=[gone.pk]), {"name": NAME, "reason": "x"}).status_code == answer
        )
