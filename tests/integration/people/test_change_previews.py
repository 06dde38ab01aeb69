"""A change that touches many posts is previewed by a job; a split of many people is placed by position."""

from datetime import date

import pytest
from django.urls import reverse

from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from lms.people.actions.organisation import prepare_change
from lms.people.actions.organisation_preview import preview_of
from lms.people.changes import preview as sizes
from lms.people.changes.preview import Preview
from lms.people.changes.request import Request
from lms.people.models import OrganisationChange, Post
from lms.people.organisation import code_bearer
from lms.people.views import organisation_split
from tests.factories.organisation import DECREE, founding, request, rows
from tests.factories.people import agency, person, sign_in
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)
NEW = "/people/organisation/changes/new/"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def world(client):
    """Two departments under a province: three people at the one, two at the other, and who changes them."""
    top = agency("82", name="Tỉnh Đồng Tháp")
    one, two = (
        agency("SNV", name="Sở Nội vụ", parent=top),
        agency("STC", name="Sở Tài chính", parent=top),
    )
    for name in ("Trần Văn An", "Lê Thị Bình", "Võ Văn Cảnh"):
        completion(person(name, agency=one), hours="8")
    for name in ("Bùi Thị Diệu", "Phan Văn Em"):
        person(name, agency=two)
    officer = person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")
    sign_in(client, officer)
    return top, one, two, officer


@pytest.fixture
def from_three(monkeypatch):
    """More than three posts are many."""
    monkeypatch.setattr(sizes, "SMALL", 3)


def merger(world):
    top, one, two, _officer = world
    return request("merge", one, two, on=DAY, successors=[founding("SNVTC", "Sở Nội vụ và Tài chính", top)])


def prepared(world):
    return prepare_change(request=merger(world), by=world[3])


def page_of(client, change):
    return client.get(reverse("organisation-change", args=[change.pk]))


def post(client, name, change, **given):
    return client.post(reverse(f"organisation-{name}", args=[change.pk]), given)


def text(response):
    return response.content.decode()


def ask_through_the_page(client, world):
    top, one, two, _officer = world
    given = {
        "decree": DECREE,
        "agencies": [one.pk, two.pk],
        "successor": "new",
        "new_name": "Sở Nội vụ và Tài chính",
        "new_code": "SNVTC",
        "new_level": "province",
        "new_parent": top.pk,
    }
    answer = client.post(f"{NEW}?kind=merge&on=2026-01-01", given)
    assert answer.status_code == 302
    return OrganisationChange.objects.get()


def test_a_small_change_is_previewed_at_once_and_makes_no_job(client, world):
    change = ask_through_the_page(client, world)
    assert page_of(client, change).context["effects"].posts == 5
    assert not Job.objects.exists()


def test_exactly_as_many_as_are_few_is_still_small(client, world, monkeypatch):
    monkeypatch.setattr(sizes, "SMALL", 5)
    assert "fingerprint" in page_of(client, ask_through_the_page(client, world)).context


def test_a_large_change_is_counted_by_a_job_then_shown_and_carried_out(client, world, from_three):
    change = ask_through_the_page(client, world)
    job = Job.objects.get()
    assert (job.kind, job.state) == ("people.preview_change", "waiting")
    waiting = page_of(client, change)
    assert f'id="job-{job.pk}"' in text(waiting)
    assert "Carry it out" not in text(waiting)
    before = rows()
    assert run_due() == 1
    assert rows() == before
    job.refresh_from_db()
    assert (job.state, job.progress_done, job.progress_total) == ("done", 3, 4)
    assert job.result["url"] in text(client.get(reverse("job", args=[job.pk]), HTTP_HX_REQUEST="true"))
    shown = page_of(client, change)
    assert shown.context["preview"] == preview_of(Request.from_json(change.request))
    assert shown.context["effects"].posts == 5
    assert shown.context["effects"].figures
    post(client, "apply", change, fingerprint=shown.context["fingerprint"])
    run_due()
    change.refresh_from_db()
    assert change.state == "applied"
    assert set(code_bearer("SNVTC", DAY).predecessors.all()) == {world[1], world[2]}


def test_what_is_stored_comes_back_as_it_was(world):
    preview = preview_of(merger(world))
    assert Preview.from_json(preview.as_json()) == preview
    refused = preview_of(request("abolish", world[0], on=DAY))
    assert refused.refusals
    assert Preview.from_json(refused.as_json()) == refused


def test_nothing_is_carried_out_that_was_not_previewed(client, world, from_three):
    change = prepared(world)
    post(client, "apply", change)
    run_due()
    change.refresh_from_db()
    assert change.state == "prepared"


def test_a_change_prepared_before_offers_the_counting(client, world, from_three):
    change = prepared(world)
    assert "Count the preview" in text(page_of(client, change))
    assert not Job.objects.exists()
    post(client, "count", change)
    assert Job.objects.count() == 1
    post(client, "count", change)
    assert Job.objects.count() == 1
    assert AuditEvent.objects.filter(action="people.ask_preview").count() == 1
    run_due()
    post(client, "count", change)
    assert Job.objects.count() == 2


def test_staff_that_came_after_the_preview_is_not_moved_unseen(client, world, from_three):
    change = ask_through_the_page(client, world)
    run_due()
    seen = page_of(client, change).context["fingerprint"]
    person("Người Mới", agency=world[1])
    answer = post(client, "apply", change, fingerprint=seen)
    run_due()
    assert "have changed since the preview" in text(client.get(answer.url))
    change.refresh_from_db()
    assert change.state == "prepared"
    again = page_of(client, change)
    assert again.context["effects"].posts == 6
    post(client, "apply", change, fingerprint=again.context["fingerprint"])
    run_due()
    change.refresh_from_db()
    assert change.state == "applied"


def test_each_reads_the_preview_in_their_language_and_others_do_not_poll(client, world, from_three):
    change = ask_through_the_page(client, world)
    other = person("Võ Thị Khác", category="HD", role="provincial_hr")
    sign_in(client, other)
    client.cookies["django_language"] = "en"
    assert "Somebody else has asked for this preview" in text(page_of(client, change))
    client.cookies["django_language"] = "vi"
    post(client, "count", change)
    assert Job.objects.count() == 2
    run_due()
    assert page_of(client, change).context["written"][0] == (
        "“Sở Nội vụ” kết thúc hoạt động: ngày 01/01/2026 là ngày đầu tiên không còn cơ quan này."
    )
    client.cookies["django_language"] = "en"
    assert page_of(client, change).context["written"][0] == (
        "“Sở Nội vụ” ends: 01/01/2026 is the first day without it."
    )


def test_a_preview_that_finds_a_refusal_says_it_and_offers_no_carrying_out(client, world, from_three):
    change = ask_through_the_page(client, world)
    agency("SNVTC", name="Sở Trùng Mã", parent=world[0])
    run_due()
    page = page_of(client, change)
    assert page.context["refusals"]
    assert "Carry it out" not in text(page)


def test_a_change_thrown_away_needs_no_preview(client, world, from_three):
    change = ask_through_the_page(client, world)
    post(client, "discard", change)
    assert run_due() == 1
    assert Job.objects.get().state == "done"


def test_counting_is_refused_to_whoever_does_not_reach_the_agencies(client, world, from_three):
    change = prepared(world)
    for stranger in (person(), person(role="provincial_hr", at=world[2]), person(role="auditor")):
        sign_in(client, stranger)
        assert post(client, "count", change).status_code == 403
    assert not Job.objects.exists()


@pytest.fixture
def split(client, world, monkeypatch):
    """A split of a department of five, of whom a page shows two."""
    monkeypatch.setattr(organisation_split, "SHOWN", 2)
    _top, one, two, officer = world
    for name in ("Đỗ Thị Giang", "Hồ Văn Hải"):
        person(name, agency=one)
    for holder in Post.objects.filter(agency=one):
        is_expert = holder.person.full_name in ("Trần Văn An", "Lê Thị Bình", "Đỗ Thị Giang")
        Post.objects.filter(pk=holder.pk).update(position="Chuyên viên" if is_expert else "")
    asked = request("split", one, on=DAY, successors=[founding("S1", "Sở Một", world[0]), two])
    return prepare_change(request=asked, by=officer)


def staff_of(change):
    change.refresh_from_db()
    named = {pk: row.person.full_name for pk, row in Post.objects.in_bulk().items()}
    return {named[int(pk)]: successor for pk, successor in change.request["staff"].items()}


def test_more_people_than_a_page_holds_are_placed_by_position(client, world, split):
    page = client.get(reverse("organisation-split", args=[split.pk]))
    assert page.context["positions"] == [("=Chuyên viên", "Chuyên viên", 3), ("=", "", 2)]
    assert "The first 2 of 5 are shown" in text(page)
    first = page.context["people"][0][0]
    post(client, "split", split, by_person="1", **{f"post-{first.post_id}": "STC"})
    answer = post(client, "split", split, by_position="1", position="=Chuyên viên", successor="S1")
    assert answer.url == reverse("organisation-split", args=[split.pk])
    placed = staff_of(split)
    assert placed.pop(first.name) == world[2].pk
    assert set(placed) == {"Trần Văn An", "Lê Thị Bình", "Đỗ Thị Giang"} - {first.name}
    assert set(placed.values()) == {-1}
    left = client.get(answer.url).context["people"]
    assert [chosen for _holder, chosen in left] == ["", ""] or first.position == ""
    answer = post(client, "split", split, by_position="1", position="=", successor="STC")
    assert answer.url == reverse("organisation-change", args=[split.pk])
    assert len(staff_of(split)) == 5


@pytest.mark.parametrize(
    "given",
    [{"position": "=Chuyên viên", "successor": "S9"}, {"position": "Chuyên viên", "successor": "S1"}, {}],
)
def test_a_position_or_successor_that_is_none_places_nobody(client, split, given):
    post(client, "split", split, by_position="1", **given)
    assert staff_of(split) == {}


def test_a_large_split_is_counted_once_everybody_is_placed(client, split, from_three):
    post(client, "split", split, by_position="1", position="=Chuyên viên", successor="S1")
    assert not Job.objects.exists()
    post(client, "split", split, by_position="1", position="=", successor="STC")
    assert run_due() == 1
    assert page_of(client, split).context["effects"].posts == 5
