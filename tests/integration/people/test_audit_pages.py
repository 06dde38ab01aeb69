"""The auditor's pages: found without accents, fast, exported, and the state of the chain."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.base.audit import chain_waiting, close_day
from lms.base.jobs import run_due
from lms.base.models import AuditCheck, AuditEvent, Job
from tests.factories.audit import events, sql, unguarded
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    AuditEvent.objects.all().delete()
    return agency("SNV", name="Sở Nội vụ")


@pytest.fixture
def auditor(unit):
    return sign_in(Client(), person("Kiểm Toán", role="auditor"))


def shown(answer):
    return [line["event"].pk for line in answer.context["lines"]]


def test_events_are_found_by_who_action_record_agency_days_and_words_without_accents(auditor, unit):
    other = agency("STC", name="Sở Tài chính")
    mine = events(2, by=person("Đặng Thị Mỹ", agency=unit))
    theirs = events(1, by=person("Võ Văn Tần", agency=other))
    assert shown(auditor.get("/audit/?who=dang thi")) == [mine[1].pk, mine[0].pk]
    assert shown(auditor.get("/audit/?agency=STC")) == [theirs[0].pk]
    assert shown(auditor.get("/audit/?q=vo van")) == [theirs[0].pk]
    assert shown(auditor.get(f"/audit/?target_type=base.Job&target_id={mine[0].target_id}")) == [mine[0].pk]
    assert shown(auditor.get(f"/audit/?actor={theirs[0].actor_id}")) == [theirs[0].pk]
    assert shown(auditor.get("/audit/?action=certificates.revoke")) == []
    assert shown(auditor.get("/audit/?since=2020-01-01&until=2020-12-31")) == []
    assert mine[0].pk in shown(auditor.get("/audit/?since=2020-01-01"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("who", "082300000001"), ("q", "082300000001"), ("agency", "KHONG"), ("since", "31/02/2026")],
)
def test_bad_questions_get_their_sentence(auditor, field, value):
    answer = auditor.get("/audit/", {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_an_auditor_of_one_agency_reads_what_its_people_did(unit):
    other = agency("STC")
    here, there = events(1, by=person(agency=unit)), events(1, by=person(agency=other))
    client = sign_in(Client(), person(role="auditor", at=unit))
    assert here[0].pk in shown(client.get("/audit/"))
    assert there[0].pk not in shown(client.get("/audit/"))
    assert client.get(f"/audit/{there[0].pk}/").status_code == 404


def test_one_event_shows_before_and_after_and_its_place(auditor, unit):
    (event,) = events(1, by=person(agency=unit))
    page = auditor.get(f"/audit/{event.pk}/").content.decode()
    assert "Mỹ Tho" in page and "Gò Công" in page and "Theo Quyết định số 12" in page
    chain_waiting()
    assert auditor.get(f"/audit/{event.pk}/").context["link"].event_id == event.pk


def test_the_list_asks_as_often_for_sixty_as_for_one(auditor, unit):
    events(1)
    auditor.get("/audit/")
    with CaptureQueriesContext(connection) as one:
        auditor.get("/audit/")
    events(60)
    with CaptureQueriesContext(connection) as many:
        answer = auditor.get("/audit/")
    assert len(many) == len(one) <= 14
    last = shown(answer)[-1]
    following = shown(auditor.get(f"/audit/?after={last}"))
    assert following and max(following) < last


def test_the_files_hold_what_was_asked_and_the_download_is_an_event(auditor, unit):
    events(3, by=person("Đặng Thị Mỹ", agency=unit))
    answer = auditor.get("/audit/?format=csv&action=people.grant_role")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) >= 4 and "Đặng Thị Mỹ" in lines[1]
    assert auditor.get("/audit/?format=xlsx").status_code == 200
    event = AuditEvent.objects.filter(action="audit.export").order_by("pk").first()
    assert event.new == {"format": "csv", "action": "people.grant_role"}


def test_the_state_of_the_chain_and_a_check_on_demand(auditor, unit):
    events(3)
    chain_waiting()
    head = close_day()
    answer = auditor.post("/audit/check/")
    assert answer["Location"] == f"/jobs/{Job.objects.get(kind='audit.check').pk}/"
    run_due()
    page = auditor.get("/audit/").content.decode()
    assert AuditCheck.objects.get().holds
    assert head.short in page
    with unguarded():
        sql("UPDATE base_auditevent SET reason = 'khác'")
    auditor.post("/audit/check/")
    Job.objects.filter(kind="audit.check").delete()
    auditor.post("/audit/check/")
    run_due()
    assert AuditCheck.objects.first().finding == "event_changed"
    assert "status--not_met" in auditor.get("/audit/").content.decode()


def test_others_see_nothing(unit):
    for role in ("hr_officer", "administrator", "agency_head", "provincial_hr"):
        client = sign_in(Client(), person(agency=unit, role=role))
        assert client.get("/audit/").status_code == 403
        assert client.post("/audit/check/").status_code == 403
