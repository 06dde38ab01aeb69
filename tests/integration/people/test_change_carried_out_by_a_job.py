"""A change of many posts is carried out and undone by a job: all of it or nothing, and never unseen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from lms.people.actions.organisation import ChangeRefused, discard_change, place_staff, prepare_change
from lms.people.actions.organisation_promises import ask_apply, forget_old_jobs
from lms.people.changes import preview as sizes
from lms.people.models import OrganisationChange, Post
from tests.factories.organisation import founding, request, rows
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch, client):
    monkeypatch.setattr(sizes, "SMALL", 3)
    client.cookies["django_language"] = "en"


@pytest.fixture
def top():
    return agency("82", name="Tỉnh Đồng Tháp")


@pytest.fixture
def officer(client):
    who = person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")
    sign_in(client, who)
    return who


@pytest.fixture
def change(top, officer):
    """A department of five is split in two: every post gets a new row."""
    one = agency("SNV", name="Sở Nội vụ", parent=top)
    for name in ("Trần Văn An", "Lê Thị Bình", "Võ Văn Cảnh", "Bùi Thị Diệu", "Phan Văn Em"):
        person(name, agency=one)
    parts = [founding("S1", "Sở Một", top), founding("S2", "Sở Hai", top)]
    made = prepare_change(request=request("split", one, on=DAY, successors=parts), by=officer)
    staff = {pk: -1 - pk % 2 for pk in Post.objects.filter(agency=one).values_list("pk", flat=True)}
    place_staff(change=made, staff=staff, by=officer)
    made.refresh_from_db()
    return made


def post(client, name, change, **given):
    return client.post(reverse(f"organisation-{name}", args=[change.pk]), given)


def page_of(client, change):
    return client.get(reverse("organisation-change", args=[change.pk]))


def seen(client, change):
    """Have the preview counted; return the fingerprint of what the page shows."""
    post(client, "count", change)
    run_due()
    return page_of(client, change).context["fingerprint"]


def text(response):
    return response.content.decode()


def state(change):
    change.refresh_from_db()
    return change.state


def job():
    return Job.objects.exclude(kind="people.preview_change").latest("pk")


def test_it_is_promised_shown_under_way_and_carried_out_whole(client, change):
    answer = post(client, "apply", change, fingerprint=seen(client, change))
    assert state(change) == "prepared"
    page = client.get(answer.url)
    assert f'id="job-{job().pk}"' in text(page)
    assert "Carry it out" not in text(page)
    assert "Throw away" not in text(page)
    run_due()
    assert state(change) == "applied"
    assert (job().state, job().result) == ("done", {"url": answer.url})
    assert Post.objects.filter(valid_from=DAY).count() == 5
    assert "Undo the change" in text(client.get(answer.url))


def test_who_asked_did_it_in_the_log(client, change, officer):
    post(client, "apply", change, fingerprint=seen(client, change))
    run_due()
    did = AuditEvent.objects.filter(action__in=["people.ask_apply", "people.apply_change"]).order_by("pk")
    assert [(event.action, event.actor_id, event.channel) for event in did] == [
        ("people.ask_apply", str(officer.pk), "page"),
        ("people.apply_change", str(officer.pk), "page"),
    ]
    assert change.pk == OrganisationChange.objects.get(applied_by_id=str(officer.pk)).pk


def test_clicking_twice_is_one_promise(client, change):
    known = seen(client, change)
    post(client, "apply", change, fingerprint=known)
    post(client, "apply", change, fingerprint=known)
    assert Job.objects.filter(kind="people.apply_change").count() == 1


def test_undoing_is_a_job_too_and_restores_every_row(client, change):
    before = rows()
    post(client, "apply", change, fingerprint=seen(client, change))
    run_due()
    answer = post(client, "reverse", change, reason="Nghị quyết được thay thế")
    assert state(change) == "applied"
    page = text(client.get(answer.url))
    assert "Being undone" in page
    assert "Undo the change" not in page
    run_due()
    assert state(change) == "reversed"
    assert change.reversal_reason == "Nghị quyết được thay thế"
    assert rows() == before


def test_what_came_after_the_preview_is_said_and_counted_again(client, change, top):
    known = seen(client, change)
    post(client, "apply", change, fingerprint=known)
    agency("S1", name="Sở Trùng Mã", parent=top)
    before = rows()
    run_due()
    assert rows() == before
    assert state(change) == "prepared"
    page = page_of(client, change)
    assert page.context["answer"].result["refused"]
    assert "It was not carried out at" in text(page)
    assert Job.objects.filter(kind="people.preview_change").count() == 2
    assert page.context["refusals"]


def test_what_was_not_previewed_is_not_carried_out(client, change):
    post(client, "apply", change)
    run_due()
    assert state(change) == "prepared"
    assert "since the preview" in text(page_of(client, change))


def test_what_was_built_on_it_meanwhile_stops_the_undoing(client, change):
    post(client, "apply", change, fingerprint=seen(client, change))
    run_due()
    post(client, "reverse", change, reason="Nhầm")
    Post.objects.filter(valid_from=DAY).first().delete()
    run_due()
    assert state(change) == "applied"
    assert "It was not undone at" in text(page_of(client, change))


def test_a_role_that_ended_in_between_carries_nothing_out(client, change, officer):
    post(client, "apply", change, fingerprint=seen(client, change))
    officer.grants.update(valid_to=timezone.localdate())
    run_due()
    assert state(change) == "prepared"
    assert "do not reach" in job().result["refused"][0]


def test_while_it_is_on_its_way_it_is_neither_thrown_away_nor_placed_anew(change, officer):
    ask_apply(change=change, fingerprint="", by=officer)
    for act in (
        lambda: discard_change(change=change, by=officer),
        lambda: place_staff(change=change, staff={}, by=officer),
    ):
        with pytest.raises(ChangeRefused):
            act()
    assert state(change) == "prepared"


def test_somebody_else_sees_that_it_is_on_its_way_without_the_job(client, change, officer):
    ask_apply(change=change, fingerprint="", by=officer)
    sign_in(client, person("Võ Thị Khác", category="HD", role="provincial_hr"))
    page = text(page_of(client, change))
    assert "Somebody else has asked for this" in page
    assert "hx-get" not in page.split('id="carrying"')[1].split("</section>")[0]


def test_a_job_that_failed_says_so_and_leaves_the_button(client, change):
    known = seen(client, change)
    post(client, "apply", change, fingerprint=known)
    Job.objects.filter(pk=job().pk).update(state="failed")
    assert "Carry it out" in text(page_of(client, change))
    post(client, "apply", change, fingerprint=known)
    run_due()
    assert state(change) == "applied"


def aged(days):
    Job.objects.filter(state="done").update(finished_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_the_preview_of_what_is_still_prepared_is_kept_for_a_month(client, change, days, left):
    seen(client, change)
    aged(days)
    forget_old_jobs()
    assert Job.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(0, 2), (2, 0)])
def test_of_what_was_carried_out_they_go_after_a_day(client, change, days, left):
    post(client, "apply", change, fingerprint=seen(client, change))
    run_due()
    aged(days)
    forget_old_jobs()
    assert Job.objects.count() == left


def test_jobs_of_other_kinds_and_those_at_work_stay(client, change, officer):
    ask_apply(change=change, fingerprint="", by=officer)
    ended = timezone.now() - timedelta(days=400)
    Job.objects.create(kind="certificates.issue", key="1", state="done", run_after=ended, finished_at=ended)
    assert forget_old_jobs() == 0


def test_after_the_clearing_a_preview_is_counted_anew_beside_what_was_left(client, change):
    seen(client, change)
    seen(client, change)
    Job.objects.order_by("pk").first().delete()
    seen(client, change)
    assert Job.objects.filter(state="done").count() == 2
