"""An old agencies file does not reopen what a decree, or a later file, has ended."""

from datetime import date

import pytest
from django.utils import translation

from lms.base.models import AuditEvent, ImportRun
from lms.people.actions.organisation import obstacles, reverse_change
from lms.people.models import Agency, AgencyPeriod, Succession
from lms.people.organisation import Organisation, code_bearer, history
from tests.factories.organisation import DECREE, MERGER, carried_out, founding
from tests.factories.people import person

pytestmark = pytest.mark.django_db

OLD = """
code,name,level,kind,parent_code,valid_from,valid_to,successor_code,place_name
82,Tỉnh Tiền Giang,province,,,1976-02-01,,,Tiền Giang
87,Tỉnh Đồng Tháp,province,,,1976-02-01,,,Đồng Tháp
SNV,Sở Nội vụ,province,,82,2020-01-01,,,Mỹ Tho
"""
ENDED = """
code,name,level,valid_from,valid_to,successor_code
NEW,Tỉnh mới,province,2025-07-01,,
82,Tỉnh Tiền Giang,province,1976-02-01,2025-07-01,NEW
"""


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer():
    return person("Lê Thị Mỹ Hạnh", category="HD", role="provincial_hr")


@pytest.fixture
def merged(run_import, officer):
    """The old file, and then the merger in the wizard."""
    assert run_import("agencies", OLD).code == 0
    old = [code_bearer(code, date(2025, 1, 1)) for code in ("82", "87")]
    return carried_out(officer, "merge", *old, successors=[founding("82", "Tỉnh Đồng Tháp mới")])


def state():
    """Return everything an import of agencies could write."""
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Agency, AgencyPeriod, Succession, AuditEvent, ImportRun)
    }


def messages(result, column="valid_to"):
    return {int(row["row"]): row["message"] for row in result.problems if row["column"] == column}


def test_after_the_wizard_the_old_file_changes_nothing_and_says_why(run_import, merged):
    before = state()
    result = run_import("agencies", OLD)
    assert result.code == 0
    assert state() == before
    stays = f"the end on 01/07/2025 by “{DECREE}” stays: only undoing that change takes it away"
    assert messages(result) == {2: stays, 3: stays}
    assert obstacles(merged) == []


def test_a_dash_does_not_undo_a_decree_and_undoing_the_change_does(run_import, merged, officer):
    before = state()
    dash = OLD.replace("1976-02-01,,,", "1976-02-01,-,,")
    assert run_import("agencies", dash).warnings == [(2, "valid_to"), (3, "valid_to")]
    assert state() == before
    reverse_change(change=merged, reason="Ban hành nhầm", by=officer)
    assert set(Agency.objects.values_list("valid_to", flat=True)) == {None}
    assert run_import("agencies", OLD).problems == []


def test_what_else_the_old_file_says_is_corrected_and_the_succession_keeps_its_decree(run_import, merged):
    assert Succession.objects.count() == 2
    successions = list(Succession.objects.order_by("pk").values())
    run_import("agencies", OLD.replace("Tỉnh Tiền Giang,", "Tiền Giang,"))
    event = AuditEvent.objects.get(action="import.agencies.correct")
    assert (event.old["name"], event.new["name"]) == ("Tỉnh Tiền Giang", "Tiền Giang")
    assert event.old["valid_to"] == event.new["valid_to"] == "2025-07-01"
    assert list(Succession.objects.order_by("pk").values()) == successions


def test_the_decree_s_end_without_a_successor_keeps_the_decree_s_successors(run_import, merged):
    before = state()
    result = run_import("agencies", OLD.replace("1976-02-01,,,", "1976-02-01,2025-07-01,,"))
    assert state() == before
    stay = f"the file names no successor: those of “{DECREE}” stay"
    assert messages(result, "successor_code") == {2: stay, 3: stay}


def test_another_end_than_the_decree_s_is_a_correction_that_says_what_it_costs(run_import, merged):
    result = run_import(
        "agencies",
        "code,name,level,valid_from,valid_to\n87,Tỉnh Đồng Tháp,province,1976-02-01,2025-08-01",
    )
    assert messages(result) == {
        2: f"“{DECREE}” ended it on 01/07/2025; after this correction that change can no longer be undone"
    }
    assert code_bearer("87", date(2025, 7, 15)).valid_to == date(2025, 8, 1)
    assert obstacles(merged) != []


def test_an_agency_renamed_in_the_wizard_keeps_both_its_names(run_import, officer):
    run_import("agencies", OLD)
    department = code_bearer("SNV", date(2025, 1, 1))
    carried_out(officer, "rename", department, name="Sở Nội vụ và Lao động", code="SNVLD")
    before = state()
    for text in (OLD, OLD.replace("2020-01-01,,,", "2020-01-01,2026-01-01,82,")):
        assert run_import("agencies", text).warnings == [(4, "valid_to")]
        assert state() == before
    assert [p.valid_to for p in department.periods.order_by("valid_from")] == [MERGER, None]


def test_a_file_that_names_a_renamed_parent_by_its_new_code_changes_nothing_twice(run_import, officer):
    run_import("agencies", OLD)
    department = code_bearer("SNV", date(2025, 1, 1))
    carried_out(officer, "rename", department, name="Sở Nội vụ và Lao động", code="SNVLD")
    text = """
code,name,level,parent_code,valid_from,valid_to,successor_code
P1,Phòng Một,province,SNVLD,2025-08-01,2026-01-01,SNVLD
"""
    run_import("agencies", text)
    before = state()
    assert run_import("agencies", text).code == 0
    assert state() == before


def test_an_agency_renamed_and_then_merged_is_corrected_without_moving_its_succession(run_import, officer):
    run_import("agencies", OLD)
    department = code_bearer("SNV", date(2025, 1, 1))
    province = code_bearer("87", date(2025, 1, 1))
    carried_out(officer, "rename", department, name="Sở Nội vụ và Lao động", on=date(2024, 1, 1))
    carried_out(officer, "merge", department, successors=[province])
    run_import("agencies", OLD.replace("Mỹ Tho", "Tiền Giang"))
    assert [(s.on, s.decree) for s in Succession.objects.all()] == [(MERGER, DECREE)]
    assert department.periods.order_by("valid_from").first().place_name == "Tiền Giang"
    department.refresh_from_db()
    assert department.valid_to == MERGER


def test_what_a_later_file_ended_an_older_one_does_not_reopen(run_import):
    run_import("agencies", OLD)
    run_import("agencies", ENDED)
    before = state()
    result = run_import("agencies", OLD)
    assert state() == before
    assert messages(result) == {
        2: "the file gives no end: the known one on 01/07/2025 stays; a dash (-) says that it goes on"
    }


@pytest.mark.parametrize("header", ["valid_to", "Đến hết ngày"])
def test_a_dash_says_that_it_goes_on_after_all(run_import, header):
    run_import("agencies", OLD)
    run_import("agencies", ENDED)
    text = OLD.replace("1976-02-01,,,Tiền", "1976-02-01,-,,Tiền").replace("valid_to", header)
    assert run_import("agencies", text).errors == []
    assert code_bearer("82", date(2026, 1, 1)).valid_to is None
    assert not Succession.objects.exists()
    event = AuditEvent.objects.get(action="import.agencies.correct", new__valid_to=None)
    assert (event.old["valid_to"], event.old["successors"]) == ("2025-07-01", ["NEW (2025-07-01)"])
    before = state()
    run_import("agencies", text)
    assert state() == before


def test_a_day_is_still_a_correction_and_the_successor_follows_on_it(run_import):
    run_import("agencies", OLD)
    run_import("agencies", ENDED)
    run_import("agencies", ENDED.replace("1976-02-01,2025-07-01", "1976-02-01,2025-09-01"))
    assert [s.on for s in Succession.objects.all()] == [date(2025, 9, 1)]
    assert Organisation.on(date(2025, 9, 1)).bearer(code_bearer("82", date(2025, 8, 31)).pk) is not None


def test_a_new_agency_with_a_dash_is_open(run_import):
    assert run_import("agencies", "code,name,level,valid_from,valid_to\nA,A,province,2020-01-01,-").code == 0
    assert Agency.objects.get().valid_to is None
    assert history().code_bearer("A", date(2030, 1, 1)) is not None


def test_the_last_day_of_the_calendar_gets_a_sentence(run_import):
    text = "code,name,level,valid_from,đến hết ngày\nA,A,province,2020-01-01,31/12/9999"
    assert run_import("agencies", text).errors == [(2, "valid_to")]
