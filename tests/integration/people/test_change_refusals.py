"""What cannot be decreed: each refusal is a sentence that names what and where."""

from datetime import date

import pytest
from django.utils import translation

from lms.people.changes.staff import planned
from lms.people.models import Post
from tests.factories.organisation import founding, request
from tests.factories.people import agency, person, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world():
    """A province, two departments (one with a division) and two people in the first."""
    root = agency("82", name="Tỉnh")
    one, two = agency("A", name="Sở Một", parent=root), agency("B", name="Sở Hai", parent=root)
    division = agency("A.1", name="Phòng Một", parent=one)
    people = [person("Trần Văn An", agency=one), person("Lê Thị Bình", agency=one)]
    return {"root": root, "one": one, "two": two, "division": division, "people": people}


def refusals(*args, **more):
    return planned(request(*args, **more)).refusals


@pytest.mark.parametrize("kind", ["merge", "split", "rename", "move", "abolish"])
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(202, 7, 1), "01/07/202 cannot be: the day must lie between 1900 and 2199."),
        (date(2019, 7, 1), "“Sở Một” was founded on 01/01/2020: it cannot change on 01/07/2019."),
        (date(2020, 1, 1), "“Sở Một” was founded on 01/01/2020: it cannot change on 01/01/2020."),
    ],
)
def test_impossible_days(kind, day, sentence, world):
    successors = [founding("S1", "Sở Ba", world["root"]), founding("S2", "Sở Tư", world["root"])]
    more = {
        "merge": {"successors": [world["two"]]},
        "split": {"successors": successors},
        "rename": {"name": "Sở Khác"},
        "move": {"parent": world["two"]},
        "abolish": {},
    }[kind]
    found = refusals(kind, world["one"], on=day, **more)
    assert found[0] == sentence


def test_an_agency_that_ended_cannot_change_and_one_with_an_end_cannot_end_again(world):
    ending = agency("C", name="Sở Ba", parent=world["root"], valid_to=date(2025, 7, 1))
    for day in (date(2025, 7, 1), date(2024, 7, 1)):
        assert refusals("abolish", ending, on=day) == [
            f"“Sở Ba” ends on 01/07/2025 already: it cannot change on {day:%d/%m/%Y}."
        ]
    assert refusals("rename", ending, on=date(2024, 7, 1), name="Sở Tư") == []
    assert len(refusals("rename", ending, on=date(2025, 7, 1), name="Sở Tư")) == 1


def test_a_decree_and_an_agency_must_be_named(world):
    assert refusals("abolish", decree=" ") == [
        "Name the decree: a change of the organisation rests on one.",
        "Choose the agency that changes.",
    ]


def test_an_agency_cannot_stand_under_itself_nor_in_a_circle(world):
    assert refusals("move", world["one"], parent=world["one"]) == ["“Sở Một” cannot stand under itself."]
    assert refusals("move", world["one"], parent=world["division"]) == [
        "On 01/07/2025 the agencies would stand in a circle: Sở Một → Phòng Một → Sở Một."
    ]


def test_a_circle_that_closes_only_later_is_found(world):
    """The division goes under the other department in 2026; that one cannot go under the division before."""
    division = world["division"]
    division.periods.update(valid_to=date(2026, 1, 1))
    division.periods.create(code="A.1", name="Phòng Một", parent=world["two"], valid_from=date(2026, 1, 1))
    assert refusals("move", world["two"], parent=division) == [
        "On 01/01/2026 the agencies would stand in a circle: Sở Hai → Phòng Một → Sở Hai."
    ]


def test_the_circle_is_told_from_the_agency_that_moves_though_its_record_is_the_younger(world):
    division = agency("D", name="Phòng Hai", parent=world["one"])
    younger = agency("E", name="Sở Ba")
    division.periods.update(parent=younger)
    assert refusals("move", younger, parent=division) == [
        "On 01/07/2025 the agencies would stand in a circle: Sở Ba → Phòng Hai → Sở Ba."
    ]


def test_an_agency_cannot_go_under_one_that_is_not_there(world):
    gone = agency("C", name="Sở Ba", valid_to=date(2025, 7, 1))
    assert refusals("move", world["one"], parent=gone) == [
        "“Sở Một” cannot stand under “Sở Ba”, which does not exist on 01/07/2025."
    ]
    assert refusals(
        "merge", world["one"], world["two"], successors=[founding("N", "Sở Mới", world["one"])]
    ) == ["“Sở Mới” cannot stand under “Sở Một”, which does not exist on 01/07/2025."]


def test_a_successor_must_exist_on_the_day_its_predecessor_ends(world):
    late = agency("C", name="Sở Ba", parent=world["root"], valid_from=date(2025, 7, 2))
    gone = agency("D", name="Sở Tư", parent=world["root"], valid_to=date(2025, 7, 1))
    assert refusals("merge", world["one"], successors=[late]) == [
        "“Sở Ba” does not exist on 01/07/2025, the day its predecessor ends: it was founded on 02/07/2025."
    ]
    assert refusals("merge", world["one"], successors=[gone]) == [
        "“Sở Tư” does not exist on 01/07/2025, the day its predecessor ends: it ended on 01/07/2025."
    ]
    assert refusals("merge", world["one"], successors=[world["one"]]) == [
        "“Sở Một” ends on 01/07/2025: it cannot go on for itself."
    ]


def test_a_merger_needs_two_and_one_successor(world):
    assert refusals("merge", world["one"], successors=[founding("N", "Sở Mới", world["root"])]) == [
        "Only “Sở Một” is chosen: a merger needs at least two agencies."
    ]
    assert len(refusals("merge", world["one"], world["two"])) == 1


def test_a_code_is_unique_on_a_day_and_free_again_afterwards(world):
    assert refusals("rename", world["one"], code="B") == [
        "The code B belongs to “Sở Hai” since 01/01/2020: on 01/07/2025 “Sở Một” cannot bear it too."
    ]
    agency("C", name="Sở Ba", parent=world["root"], valid_to=date(2025, 7, 1))
    assert refusals("rename", world["one"], code="C") == []
    agency("D", name="Sở Sau", parent=world["root"], valid_from=date(2027, 1, 1))
    assert refusals("rename", world["one"], code="D") == [
        "The code D belongs to “Sở Sau” since 01/01/2027: on 01/01/2027 “Sở Một” cannot bear it too."
    ]
    merged = refusals(
        "merge", world["one"], world["two"], successors=[founding("A", "Sở Mới", world["root"])]
    )
    assert merged == []


def test_nothing_changes(world):
    assert refusals("rename", world["one"], name="Sở Một") == [
        "“Sở Một” already has this name, code and place: nothing would change."
    ]
    assert refusals("move", world["one"], parent=world["root"]) == [
        "“Sở Một” stands there already on 01/07/2025: nothing would change."
    ]


def split(world, staff, **more):
    successors = [founding("S1", "Sở Ba", world["root"]), world["two"]]
    children = {world["division"].pk: world["two"].pk}
    return refusals("split", world["one"], successors=successors, children=children, staff=staff, **more)


def test_a_split_leaves_nobody_over_and_takes_nobody_from_elsewhere(world):
    first, second = (Post.objects.get(person=someone) for someone in world["people"])
    assert split(world, {first.pk: -1, second.pk: world["two"].pk}) == []
    assert split(world, {first.pk: -1}) == [
        "1 person of “Sở Một” is left over: Lê Thị Bình. Say where they go."
    ]
    assert split(world, {first.pk: -1, second.pk: world["root"].pk}) == [
        "1 person of “Sở Một” is left over: Lê Thị Bình. Say where they go."
    ]
    stranger = Post.objects.get(person=person("Võ Thị Xa", agency=world["two"]))
    assert split(world, {first.pk: -1, second.pk: -1, stranger.pk: -1}) == [
        "1 post in the list is not at “Sở Một” on 01/07/2025: send the list again."
    ]


def test_a_split_says_where_the_agencies_below_go(world):
    staff = dict.fromkeys(Post.objects.values_list("pk", flat=True), -1)
    successors = [founding("S1", "Sở Ba", world["root"]), world["two"]]
    assert refusals("split", world["one"], successors=successors, staff=staff) == [
        "From 01/07/2025 nobody would stand above “Phòng Một”: say under whom they go."
    ]


def test_nobody_begins_two_posts_at_one_agency_on_one_day(world):
    first, second = (Post.objects.get(person=someone) for someone in world["people"])
    post(world["people"][0], world["two"], valid_from=date(2025, 7, 1), primary=False)
    two = world["two"].pk
    assert split(world, {first.pk: two, second.pk: -1}) == [
        "Trần Văn An would begin two posts at “Sở Hai” on 01/07/2025: end one of them first."
    ]


def test_a_post_that_begins_after_the_end_of_its_agency_is_named(world):
    post(person("Võ Thị Sau"), world["division"], valid_from=date(2025, 8, 1))
    assert refusals("abolish", world["division"]) == [
        "Võ Thị Sau takes up a post at “Phòng Một” on 01/08/2025, after its end: correct that first."
    ]
