"""A file of inspections is taken back whole for 30 days; what something rests on, or what became secret, is named."""

import pytest
from django.core import serializers

from inspections.importing import InspectionImporter
from inspections.models import InspectedSubject, Inspection, Subject
from lms.base.importing.undo import NotUndone, undo_now
from lms.base.models import AuditEvent
from lms.reports.models import PeriodReport
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db
HEADER = (
    "inspection_code,lead_code,member_codes,kind,status,completed_on,method,secret,field,"
    "subject_id,subject_name,subject_kind,steps,decision_no\n"
)
K1 = "K1,SCT,SYT,KT,COMPLETED,2025-03-10,ONSITE,no,ATTP,0301,Công ty Mỹ Tho,DN,DDDDD,12/QĐ-SCT\n"
K1_TWICE = K1 + "K1,SCT,SYT,KT,COMPLETED,2025-03-10,ONSITE,no,ATTP,0302,Hộ Chợ Gạo,HKD,DDDPD,12/QĐ-SCT\n"
K1_ELSE = "K1,SYT,CA,TT,COMPLETED,2025-03-11,REMOTE,no,Y tế,0301,Công ty TNHH Mỹ Tho,DN,DPPPP,13/QĐ-SYT\n"


@pytest.fixture(autouse=True)
def agencies():
    return {code: agency(code) for code in ("SCT", "SYT", "CA")}


def everything():
    """Return every row as it stands; keys of memberships are made anew, so they are told by their ends."""
    members = sorted(Inspection.members.through.objects.values_list("inspection", "agency"))
    models = (Inspection, InspectedSubject, Subject)
    return [members, *(serializers.serialize("python", model.objects.order_by("pk")) for model in models)]


def imported(text):
    outcome = InspectionImporter().run((HEADER + text).encode(), "kiểm tra.csv")
    assert outcome.written, outcome.problems
    return outcome.run_number


def undo(number):
    return undo_now(number=number, by=None, reason="nhầm tệp", on_wait=lambda: None)


def stands_against(number):
    before = everything()
    with pytest.raises(NotUndone) as refused:
        undo(number)
    assert everything() == before
    return refused.value.reasons


def test_new_cases_go_with_their_subjects_members_and_parties():
    imported("K0,SCT,,KT,COMPLETED,2025-01-10,ONSITE,no,ATTP,0300,Công ty Cũ,DN,DDDDD,1/QĐ-SCT\n")
    before = everything()
    number = imported(K1_TWICE)
    _run, rows = undo(number)
    assert rows == 6
    assert everything() == before
    assert AuditEvent.objects.get(action="import.undo").reason == "nhầm tệp"


def test_a_correction_comes_back_as_it_was_and_is_found_by_its_old_words():
    imported(K1)
    before = everything()
    for corrected in (K1_ELSE, K1_TWICE):
        number = imported(corrected)
        assert everything() != before
        undo(number)
        assert everything() == before


def test_a_subject_that_got_its_number_later_loses_it_and_the_party_goes():
    imported(K1.replace("0301", ""))
    before = everything()
    number = imported(K1)
    undo(number)
    assert everything() == before


def test_a_party_that_another_file_uses_stands_against_it():
    number = imported(K1)
    imported(K1.replace("K1", "K2").replace("2025-03-10", "2026-03-10"))
    ((_what, why),) = stands_against(number)
    assert "gắn với bản ghi này" in why


def test_what_became_secret_is_not_brought_back_because_nothing_of_it_was_kept():
    imported(K1)
    number = imported("K1,SCT,,KT,COMPLETED,2025-03-10,,yes,,,,,,\n")
    assert InspectedSubject.objects.count() == 0
    ((what, _why),) = stands_against(number)
    assert what == "K1"


def test_a_secret_case_that_was_new_goes():
    before = everything()
    undo(imported("K1,SCT,,KT,COMPLETED,2025-03-10,,yes,,,,,,\n"))
    assert everything() == before


def test_a_later_correction_stands_against_it():
    number = imported(K1)
    imported(K1_ELSE)
    assert stands_against(number)


@pytest.mark.parametrize(("of", "stands"), [(None, True), ("SCT", True), ("CA", False)])
def test_a_report_that_counts_it_stands_against_it(agencies, of, stands):
    number = imported(K1)
    PeriodReport.objects.create(
        key="11111111-1111-1111-1111-111111111111",
        agency=agencies.get(of),
        scope_name="Sở Công Thương",
        as_of="2025-12-31",
        known_at="2025-12-31",
        period_start="2025-01-01",
        period_end="2026-01-01",
        variant="headline",
        org_view="historic",
        asked_by=person(),
    )
    if stands:
        assert stands_against(number)
    else:
        undo(number)
        assert not Inspection.objects.exists()
