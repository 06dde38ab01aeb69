"""Merging, splitting, renaming, moving and abolishing agencies by decree, and undoing it."""

from datetime import date

import pytest
from django.utils import translation

from lms.base.models import AuditEvent
from lms.people.actions.organisation import (
    ChangeRefused,
    apply_change,
    obstacles,
    place_staff,
    prepare_change,
    reverse_change,
)
from lms.people.actions.organisation_effects import effects_of
from lms.people.changes.staff import planned
from lms.people.models import OrganisationChange, Post
from lms.people.organisation import Organisation, code_bearer, history
from lms.targets.figures import ask, figures
from tests.factories.organisation import DECREE, MERGER, carried_out, founding, request, rows
from tests.factories.people import agency, person, post
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db

EVE = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def tree():
    """Two provinces with a department each, people and completions, as before the merger of 2025."""
    tien_giang, dong_thap = agency("82", name="Tỉnh Tiền Giang"), agency("87", name="Tỉnh Đồng Tháp")
    one = agency("TG-SNV", name="Sở Nội vụ Tiền Giang", parent=tien_giang)
    two = agency("DT-SNV", name="Sở Nội vụ Đồng Tháp", parent=dong_thap)
    for place in (tien_giang, one, one, two):
        completion(person(agency=place), hours="8", on=date(2025, 1, 10))
    return tien_giang, dong_thap, one, two


@pytest.fixture
def officer():
    return person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")


def merge_provinces(officer, tree):
    return carried_out(officer, "merge", *tree[:2], successors=[founding("82", "Tỉnh Đồng Tháp")])


def counted(code, on):
    answer = figures(ask(as_of=on, codes=[code] if code else []))
    return answer.i1.num, answer.i1.den


def test_a_merger_ends_two_provinces_and_code_82_goes_on_in_the_third(tree, officer):
    tien_giang, dong_thap, one, two = tree
    change = merge_provinces(officer, tree)
    new = code_bearer("82", MERGER)
    assert code_bearer("82", EVE) == tien_giang
    assert new not in tree
    assert code_bearer("87", MERGER) is None
    assert set(Organisation.on(MERGER).below(new.pk)) == {new.pk, one.pk, two.pk}
    assert [row.decree for row in new.succession_in.all()] == [DECREE, DECREE]
    assert (counted("82", EVE), counted("82", MERGER)) == ((3, 3), (4, 4))
    assert (change.state, set(change.agencies.all())) == ("applied", {tien_giang, dong_thap, new})


def test_a_change_is_one_audited_action_and_so_is_undoing_it(tree, officer):
    change = prepare_change(
        request=request("merge", *tree[:2], successors=[founding("82", "Tỉnh Đồng Tháp")]), by=officer
    )
    AuditEvent.objects.all().delete()
    apply_change(change=change, by=officer)
    reverse_change(change=change, reason="Ban hành nhầm", by=officer)
    events = AuditEvent.objects.order_by("pk").values_list("action", "actor_name", "reason")
    assert list(events) == [
        ("people.apply_change", "Lê Thị Mỹ Hạnh", DECREE),
        ("people.reverse_change", "Lê Thị Mỹ Hạnh", "Ban hành nhầm"),
    ]


@pytest.mark.parametrize("kind", ["merge", "absorb", "split", "rename", "move", "abolish"])
def test_undoing_restores_every_row_and_every_figure(kind, tree, officer):
    tien_giang, dong_thap, one, two = tree
    staff = list(Post.objects.filter(agency=one).order_by("pk"))
    asked = {
        "merge": lambda: request("merge", one, two, successors=[founding("SNV", "Sở Nội vụ", dong_thap)]),
        "absorb": lambda: request("merge", one, successors=[two]),
        "split": lambda: request(
            "split",
            one,
            successors=[founding("S1", "Sở Một", tien_giang), two],
            staff={staff[0].pk: -1, staff[1].pk: two.pk},
        ),
        "rename": lambda: request("rename", one, name="Sở Nội vụ và Lao động", code="TG-SNVLD"),
        "move": lambda: request("move", one, parent=dong_thap),
        "abolish": lambda: request("abolish", one),
    }[kind]()
    days = [EVE, MERGER, date(2025, 12, 31)]
    before, numbers = rows(), [counted(code, day) for code in ("82", "87", "") for day in days]
    change = apply_change(change=prepare_change(request=asked, by=officer), by=officer)
    assert rows() != before
    assert [counted(code, EVE) for code in ("82", "87", "")] == numbers[::3]
    reverse_change(change=change, reason="thử", by=officer)
    assert rows() == before
    assert [counted(code, day) for code in ("82", "87", "") for day in days] == numbers


def test_the_preview_says_how_many_posts_move_and_which_figures_change_and_leaves_nothing(tree, officer):
    _tien_giang, dong_thap, one, _two = tree
    before, known = rows(), history()
    effects = effects_of(planned(request("move", one, parent=dong_thap)))
    assert (effects.posts, effects.eve_is_equal) == (2, True)
    on_the_day = {
        (row.agency, row.figure, row.before, row.after) for row in effects.figures if row.on == MERGER
    }
    assert on_the_day == {
        ("Tỉnh Tiền Giang", "Staff", "3", "1"),
        ("Tỉnh Tiền Giang", "I1", "3 / 3", "1 / 1"),
        ("Tỉnh Tiền Giang", "I2", "0 / 3", "0 / 1"),
        ("Tỉnh Đồng Tháp", "Staff", "1", "3"),
        ("Tỉnh Đồng Tháp", "I1", "1 / 1", "3 / 3"),
        ("Tỉnh Đồng Tháp", "I2", "0 / 1", "0 / 3"),
    }
    assert not [row for row in effects.figures if row.on < MERGER]
    assert (rows(), history().periods) == (before, known.periods)
    assert OrganisationChange.objects.count() == 0


def test_a_split_sends_each_post_by_the_list_and_the_old_posts_end(tree, officer):
    tien_giang, _dong_thap, one, two = tree
    first, second = Post.objects.filter(agency=one).order_by("pk")
    change = prepare_change(
        request=request("split", one, successors=[founding("S1", "Sở Một", tien_giang), two]), by=officer
    )
    with pytest.raises(ChangeRefused, match="2 persons of “Sở Nội vụ Tiền Giang” are left over"):
        apply_change(change=change, by=officer)
    place_staff(change=change, staff={first.pk: -1, second.pk: two.pk}, by=officer)
    apply_change(change=change, by=officer)
    first.refresh_from_db()
    assert first.valid_to == MERGER
    moved = Post.objects.get(person=first.person, valid_from=MERGER)
    assert (moved.agency, moved.position, moved.is_primary) == (
        code_bearer("S1", MERGER),
        "Chuyên viên",
        True,
    )
    assert Post.objects.get(person=second.person, valid_from=MERGER).agency == two
    assert (counted("S1", MERGER), counted("DT-SNV", MERGER)) == ((1, 1), (2, 2))


def test_agencies_below_one_that_is_abolished_go_where_the_decree_says(tree, officer):
    tien_giang, dong_thap, one, _two = tree
    with pytest.raises(ChangeRefused, match="nobody would stand above “Sở Nội vụ Tiền Giang”"):
        carried_out(officer, "abolish", tien_giang)
    carried_out(officer, "abolish", tien_giang, children={one.pk: dong_thap.pk})
    assert Organisation.on(MERGER).parent(one.pk) == dong_thap.pk
    assert Organisation.on(EVE).parent(one.pk) == tien_giang.pk


def test_two_decrees_of_one_day_rename_and_move_an_agency_and_are_undone_in_turn(tree, officer):
    _tien_giang, dong_thap, one, _two = tree
    before = rows()
    renamed = carried_out(officer, "rename", one, name="Sở Nội vụ khu vực")
    moved = carried_out(officer, "move", one, parent=dong_thap)
    assert one.periods.count() == 2
    assert (Organisation.on(MERGER).name(one.pk), Organisation.on(MERGER).parent(one.pk)) == (
        "Sở Nội vụ khu vực",
        dong_thap.pk,
    )
    with pytest.raises(ChangeRefused, match="undo that first"):
        reverse_change(change=renamed, reason="x", by=officer)
    reverse_change(change=moved, reason="x", by=officer)
    reverse_change(change=renamed, reason="x", by=officer)
    assert rows() == before


def test_a_change_on_which_something_rests_is_not_undone(tree, officer):
    change = merge_provinces(officer, tree)
    new = code_bearer("82", MERGER)
    assert obstacles(change) == []
    someone = person(agency=new, valid_from=date(2025, 8, 1))
    with pytest.raises(ChangeRefused, match="posts: 1"):
        reverse_change(change=change, reason="x", by=officer)
    someone.posts.all().delete()
    completion(someone, on=date(2025, 9, 1), where=new)
    with pytest.raises(ChangeRefused, match="completions: "):
        reverse_change(change=change, reason="x", by=officer)
    assert OrganisationChange.objects.get().state == "applied"


def test_a_change_whose_rows_were_corrected_since_is_not_undone(tree, officer):
    change = carried_out(officer, "rename", tree[2], name="Sở Mới")
    tree[2].periods.filter(valid_from=MERGER).update(name="Sở Khác")
    assert obstacles(change) == ["1 of its rows have been changed since, by an import or a correction."]


def test_a_record_of_earlier_days_does_not_hold_a_change(tree, officer):
    change = merge_provinces(officer, tree)
    post(person(), tree[2], valid_from=date(2025, 3, 1))
    completion(person(), on=date(2025, 3, 1), where=tree[0])
    assert obstacles(change) == []


def test_another_plan_than_the_previewed_one_is_not_carried_out(tree, officer):
    asked = request("abolish", tree[2])
    change = prepare_change(request=asked, by=officer)
    seen = planned(asked).fingerprint
    late = person(agency=tree[2])
    with pytest.raises(ChangeRefused, match="have changed since the preview"):
        apply_change(change=change, fingerprint=seen, by=officer)
    late.posts.all().delete()
    assert apply_change(change=change, fingerprint=seen, by=officer).state == "applied"
    with pytest.raises(ChangeRefused, match="already “Carried out”"):
        apply_change(change=change, by=officer)


def test_a_person_transferred_three_times_and_merged_keeps_every_completion(tree, officer):
    _tien_giang, _dong_thap, one, two = tree
    someone = person()
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)]
    for number, start in enumerate(days):
        end = days[number + 1] if number + 1 < len(days) else None
        post(someone, (one, two)[number % 2], valid_from=start, valid_to=end)
        completion(someone, code=f"K{number}", hours="4", on=date(2020 + number, 6, 1))
    before = rows()
    merge_provinces(officer, tree)
    for name in ("courses.Completion", "certificates.Certificate", "people.Post"):
        assert rows()[name] == before[name]
    assert counted("82", MERGER) == (5, 5)
