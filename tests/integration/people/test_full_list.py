"""Nobody ends because a file did not name them, unless the officer chose the full list and confirmed the number."""

from datetime import date

import pytest

from lms.base.importing import command, parts
from lms.people.models import AgencyPeriod, Post
from tests.factories.people import agency, person, sign_in, succeed
from tests.factories.uploads import HEAD, confirm, lines, upload

pytestmark = pytest.mark.django_db
ON = "2026-03-01"
DAY = date(2026, 3, 1)


@pytest.fixture
def world(client):
    root = agency("82")
    unit = agency("SNV", parent=root)
    office = agency("SNV01", parent=unit)
    other = agency("STC", parent=root)
    staff = [person(f"Người {n}", code=f"X{n}", agency=unit) for n in range(3)]
    staff.append(person("Người 3", code="X3", agency=office))
    outside = person("Người Ngoài", code="Y", agency=other)
    sign_in(client, person(code="HR", agency=root, role="provincial_hr"))
    return {"unit": unit, "staff": staff, "outside": outside}


def rows(*codes, where="SNV"):
    return HEAD + "".join(f"{code},Người {code[1:]},CC,{where},2020-01-01\n" for code in codes)


def end_of(code):
    return Post.objects.get(person__code=code).valid_to


def full(client, text):
    return upload(client, text, scope="full", agency="SNV", on=ON)


def test_a_file_of_changes_ends_nobody_it_does_not_name(client, world):
    run = upload(client, rows("X0"))
    assert (run.report["ended"], run.report["stops"], run.report["unchanged"]) == (0, [], 1)
    confirm(client, run)
    assert not Post.objects.exclude(valid_to=None).exists()


def test_a_full_list_ends_whom_it_does_not_name_in_the_agency_and_below_and_nobody_elsewhere(client, world):
    run = full(client, rows("X0", "X1"))
    assert [label.split(",")[0] for _row, label, _changes in lines(run, "ended")] == [
        "Người 2 (X2)",
        "Người 3 (X3)",
    ]
    assert [(stop["name"], stop["number"], stop["of"]) for stop in run.report["stops"]] == [("ended", 2, 4)]
    assert confirm(client, run, ended=2).state == "applied"
    assert [end_of(code) for code in ("X0", "X1", "X2", "X3", "Y", "HR")] == [
        None,
        None,
        DAY,
        DAY,
        None,
        None,
    ]


@pytest.mark.parametrize("numbers", [{}, {"ended": 1}, {"ended": 3}])
def test_without_the_right_number_nothing_is_written(client, world, numbers):
    run = full(client, rows("X0", "X1"))
    answer = client.post(f"/imports/runs/{run.pk}/apply/", numbers)
    assert answer.status_code == 422
    assert "ended" in answer.context["confirm_form"].errors
    assert confirm(client, run, **numbers).state == "checked"
    assert not Post.objects.exclude(valid_to=None).exists()


def test_a_full_list_that_names_everybody_stops_at_nothing(client, world):
    text = rows("X0", "X1", "X2") + "X3,Người 3,CC,SNV01,2020-01-01\n"
    run = full(client, text)
    assert (run.report["ended"], run.report["stops"]) == (0, [])


def test_who_moves_within_the_list_leaves_the_old_post_on_the_day_of_the_new(client, world):
    text = rows("X0", "X1", "X2") + "X3,Người 3,CC,SNV,2026-02-01\n"
    run = full(client, text)
    assert run.report["refused"] == 0
    assert confirm(client, run, ended=1).state == "applied"
    held = Post.objects.filter(person__code="X3").order_by("valid_from")
    assert list(held.values_list("valid_from", "valid_to")) == [
        (date(2020, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), None),
    ]


def test_a_post_that_began_on_or_after_the_list_s_day_stays(client, world):
    person("Người 4", code="X4", agency=world["unit"], valid_from=DAY)
    run = full(client, rows("X0", "X1", "X2") + "X3,Người 3,CC,SNV01,2020-01-01\n")
    assert run.report["ended"] == 0


def test_a_row_of_another_agency_does_not_belong_into_the_list(client, world):
    run = full(client, rows("X0") + "Y,Người Ngoài,CC,STC,2020-01-01\n")
    assert [(row, column) for row, column, _message in lines(run, "refused")] == [(3, "agency_code")]


def test_a_merged_agency_s_people_are_in_the_list_of_who_goes_on(client, world):
    old = agency("CU", valid_to=date(2025, 7, 1))
    succeed(old, world["unit"], on=date(2025, 7, 1))
    person("Người Cũ", code="X9", agency=old)
    run = full(client, rows("X0", "X1", "X2") + "X3,Người 3,CC,SNV01,2020-01-01\n")
    assert [label.split(",")[0] for _row, label, _changes in lines(run, "ended")] == ["Người Cũ (X9)"]


def test_a_unit_officer_sends_full_lists_of_the_own_agencies_only(client, world):
    officer = person(code="HR2", agency=world["unit"], role="hr_officer")
    sign_in(client, officer)
    choices = dict(client.get("/imports/staff/").context["form"].fields["agency"].choices)
    assert set(choices) == {"", "SNV", "SNV01"}


def test_the_command_needs_the_agency_and_the_number(run_import, world):
    text = rows("X0", "X1")
    refused = run_import("staff", text, "--full-list", "SNV", "--list-on", ON)
    assert refused.code == 1
    assert "--confirm-ended 2" in refused.err
    assert run_import("staff", text, "--full-list", "SNV", "--list-on", ON, "--confirm-ended", "1").code == 1
    assert not Post.objects.exclude(valid_to=None).exists()
    assert run_import("staff", text, "--full-list", "SNV", "--list-on", ON, "--confirm-ended", "2").code == 0
    assert (end_of("X2"), end_of("X3"), end_of("Y")) == (DAY, DAY, None)
    assert run_import("staff", text, "--full-list", "KHONG").code == 1
    assert AgencyPeriod.objects.count() == 4


class TestThresholds:
    def file(self, ended):
        head = "person_id,full_name,category,agency_code,post_from,post_to\n"
        return head + "".join(
            f"Z{n},Người Z{n},CC,STC,2020-01-01,{'2026-02-01' if n < ended else ''}\n" for n in range(40)
        )

    @pytest.fixture(autouse=True)
    def forty(self, client, world, run_import):
        run_import("staff", self.file(0))
        Post.objects.filter(person__code="Y").delete()
        self.client = client

    def test_more_than_five_percent_of_the_posts_ending_stops_the_file(self):
        run = upload(self.client, self.file(3))
        assert [(s["name"], s["number"], s["of"]) for s in run.report["stops"]] == [("leaving", 3, 40)]
        assert confirm(self.client, run).state == "checked"
        assert confirm(self.client, run, leaving=3).state == "applied"

    def test_five_percent_does_not(self):
        run = upload(self.client, self.file(2))
        assert run.report["stops"] == []
        assert confirm(self.client, run).state == "applied"

    def test_a_transfer_is_no_end(self):
        moved = "".join(f"Z{n},Người Z{n},CC,SNV,2026-02-01,\n" for n in range(3))
        run = upload(self.client, self.file(3) + moved)
        assert run.report["stops"] == []

    def test_rows_that_slipped_against_the_numbers_stop_the_file(self):
        rows = "".join(f"Z{n},Người Z{n + 1},CC,STC,2020-01-01\n" for n in range(40))
        run = upload(self.client, HEAD + rows)
        assert [(s["name"], s["number"], s["of"]) for s in run.report["stops"]] == [("renamed", 40, 40)]

    def ended(self):
        return Post.objects.exclude(valid_to=None).count()

    def test_the_command_stops_too_and_says_the_number_and_how_it_is_confirmed(self, run_import):
        for wrong in ((), ("--confirm-ends", "2"), ("--confirm-ended", "3"), ("--skip-errors",)):
            result = run_import("staff", self.file(3), *wrong)
            assert result.code == 1
            assert "--confirm-ends 3" in result.err
            assert self.ended() == 0
        result = run_import("staff", self.file(3), "--confirm-ends", "3")
        assert (result.code, self.ended()) == (0, 3)
        # Already ended, the same file ends nobody and is not asked again.
        assert run_import("staff", self.file(3)).code == 0

    def test_a_trial_by_command_tells_the_number(self, run_import):
        result = run_import("staff", self.file(3), "--dry-run")
        assert (result.code, self.ended()) == (0, 0)
        assert "3 trên 40" in result.out
        assert "--confirm-ends 3" in result.out

    @pytest.mark.parametrize("ended", [0, 1, 2])
    def test_up_to_five_percent_the_command_asks_nothing(self, run_import, ended):
        assert run_import("staff", self.file(ended)).code == 0
        assert self.ended() == ended

    def test_a_single_end_is_a_correction_however_small_the_agency(self, run_import):
        head = "person_id,full_name,category,agency_code,post_from,post_to\n"
        agency("SYT")
        assert run_import("staff", head + "Q,Người Q,CC,SYT,2020-01-01,\n").code == 0
        result = run_import("staff", head + "Q,Người Q,CC,SYT,2020-01-01,2026-02-01\n")
        assert (result.code, self.ended()) == (0, 1)
        assert "1 trên 1" in result.out

    def test_dealt_into_parts_the_file_stops_as_a_whole(self, run_import, monkeypatch):
        monkeypatch.setattr(command, "LARGE", 10)
        monkeypatch.setattr(parts, "BYTES_A_PART", 200)
        for wrong in ((), ("--confirm-ends", "4")):
            result = run_import("staff", self.file(3), *wrong)
            assert (result.code, self.ended()) == (1, 0)
            assert "3 trên 40" in result.err
            assert "--confirm-ends 3" in result.err
        assert run_import("staff", self.file(2)).code == 0
        assert self.ended() == 2
        assert run_import("staff", self.file(5), "--confirm-ends", "3").code == 0
        assert self.ended() == 5


def test_a_late_correction_says_how_far_back_it_reaches(client, world):
    head = "person_id,full_name,category,agency_code,post_from,post_to\n"
    run = upload(client, head + "X0,Người 0,CC,SNV,2020-01-01,2024-05-06\n")
    assert "06/05/2024" in run.report["notes"][0]
    assert upload(client, rows("X0")).report["notes"] == []


def test_the_effect_on_the_figures_is_shown_and_nothing_of_the_trial_stays(client, world):
    run = upload(client, HEAD + "N1,Người Mới,CC,SNV,2024-01-01\nN2,Người Mới Hai,VC,SNV01,2024-01-01\n")
    total, *agencies = run.report["effect"]
    assert (total["before"], total["after"]) == (
        {"n": 6, "i1": 0, "i2": 0},
        {"n": 8, "i1": 0, "i2": 0},
    )
    assert [(line["name"], line["before"]["n"], line["after"]["n"]) for line in agencies] == [
        ("Cơ quan SNV", 4, 6),
        ("Cơ quan SNV01", 1, 2),
    ]
    assert not Post.objects.filter(person__code__in=["N1", "N2"]).exists()
