"""Files of parties, legal texts and holidays are taken back whole for 30 days, but not what something rests on."""

from datetime import date, timedelta

import pytest
from django.core import serializers
from django.utils import translation

from inspections.actions import subjects
from inspections.importing.law import HolidayImporter, LegalBasisImporter
from inspections.importing.subjects import SubjectImporter
from inspections.models import Holiday, LegalBasis, Subject, SubjectName
from lms.base.dates import today
from lms.base.importing.undo import NotUndone, undo_now
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db
PARTIES = "subject_id,subject_name,subject_kind,address,named_from\n"
TEXTS = "number,title,valid_from,valid_to,replaced_by\n"
DAYS = "day,name,is_worked\n"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def everything():
    models = (Subject, SubjectName, LegalBasis, Holiday)
    return [serializers.serialize("python", model.objects.order_by("pk")) for model in models]


def imported(importer, text):
    outcome = importer().run(text.encode(), "danh mục.csv")
    assert outcome.written, outcome.problems
    return outcome.run_number


def problems(importer, text):
    outcome = importer().run(text.encode(), "danh mục.csv")
    assert not outcome.written
    return [(problem.row, problem.column, str(problem.message)) for problem in outcome.problems]


def undo(number):
    return undo_now(number=number, by=None, reason="nhầm tệp", on_wait=lambda: None)


def test_parties_come_back_with_the_name_by_which_they_are_found():
    imported(SubjectImporter, PARTIES + "0301,Công ty Cửu Long,DN,Mỹ Tho,\n0302,Hộ Chợ Gạo,HKD,,\n")
    before = everything()
    number = imported(
        SubjectImporter,
        PARTIES
        + "0301,Công ty Tiền Phong,DN,Cai Lậy,2026-02-01\n0302,Hộ Chợ Gạo,HKD,Chợ Gạo,\n0303,Mới,DN,,\n",
    )
    assert SubjectName.objects.get(subject__identifier="0301").name == "Công ty Cửu Long"
    undo(number)
    assert everything() == before
    assert Subject.objects.get(name_folded="cong ty cuu long").name_core == "cuu long"


def test_legal_texts_come_back_with_their_successors():
    imported(LegalBasisImporter, TEXTS + "1/NĐ-CP,Một,2020-01-01,,\n")
    before = everything()
    number = imported(
        LegalBasisImporter, TEXTS + "1/NĐ-CP,Một,2020-01-01,2026-01-01,2/NĐ-CP\n2/NĐ-CP,Hai,2026-01-01,,\n"
    )
    assert LegalBasis.objects.get(number="1/NĐ-CP").replaced_by.number == "2/NĐ-CP"
    undo(number)
    assert everything() == before


def test_a_file_that_names_nothing_but_a_successor_is_no_unchanged_row():
    both = "1/NĐ-CP,Một,2020-01-01,2026-01-01,{}\n2/NĐ-CP,Hai,2026-01-01,,\n"
    imported(LegalBasisImporter, TEXTS + both.format(""))
    number = imported(LegalBasisImporter, TEXTS + both.format("2/NĐ-CP"))
    assert LegalBasis.objects.get(number="1/NĐ-CP").replaced_by.number == "2/NĐ-CP"
    undo(number)
    assert LegalBasis.objects.get(number="1/NĐ-CP").replaced_by is None


def test_holidays_come_back():
    imported(HolidayImporter, DAYS + "2031-09-02,Quốc khánh,no\n")
    before = everything()
    number = imported(HolidayImporter, DAYS + "2031-09-02,Ngày Quốc khánh,no\n2031-09-03,Quốc khánh,no\n")
    undo(number)
    assert everything() == before


def test_a_party_that_was_inspected_since_stays():
    number = imported(SubjectImporter, PARTIES + f"{make.PARTY.identifier},{make.PARTY.name},DN,,\n")
    make.opened(make.cast())
    with pytest.raises(NotUndone) as refused:
        undo(number)
    assert make.PARTY.name in refused.value.reasons[0][0]
    assert Subject.objects.get(identifier=make.PARTY.identifier)


def test_a_party_that_was_changed_since_stays():
    number = imported(SubjectImporter, PARTIES + "0301,Công ty Cửu Long,DN,,\n")
    who = make.cast()
    row = Subject.objects.get(identifier="0301")
    subjects.keep_subject(by=who.leader, subject=row, name="Công ty Cửu Lon")
    with pytest.raises(NotUndone) as refused:
        undo(number)
    assert "Công ty Cửu Lon" in refused.value.reasons[0][1]


def test_a_name_from_a_day_it_cannot_begin_on_is_refused_with_its_row():
    imported(SubjectImporter, PARTIES + "0301,Công ty Cửu Long,DN,,2026-03-01\n")
    assert Subject.objects.get().named_from == date(2026, 3, 1)
    tomorrow = today() + timedelta(days=1)
    for day, why in ((tomorrow, "has not come yet"), (date(2026, 3, 1), "only before that day")):
        ((row, column, message),) = problems(SubjectImporter, PARTIES + f"0301,Tiền Phong,DN,,{day}\n")
        assert (row, column) == (2, "named_from")
        assert why in message
    ((row, column, message),) = problems(SubjectImporter, PARTIES + f"0309,Mới,DN,,{tomorrow}\n")
    assert (row, column) == (2, "named_from")
    assert "has not come yet" in message
