"""import_staff and import_leave, by the contract."""

from datetime import date

import pytest

from lms.base.models import AuditEvent
from lms.people.models import AgencyPeriod, Leave, Person, Post
from tests.factories.people import agency, person, succeed

pytestmark = pytest.mark.django_db
HEAD = "person_id,same_as,full_name,birth_date,category,agency_code,post_from,post_to,primary\n"
JULY = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def province():
    root = agency("82")
    agency("SNV", parent=root)
    agency("STC", parent=root)


def test_a_person_with_several_posts_has_several_rows_and_leading_zeros_stay(run_import):
    text = HEAD + (
        "082190001234,,Đặng Thị Mỹ,1990-05-06,CC,SNV,2020-01-01,2025-03-01,\n"
        "082190001234,,Đặng Thị Mỹ,06/05/1990,CC,STC,2025-03-01,,yes\n"
        "082190001234,,Đặng Thị Mỹ,,CC,SNV,2025-03-01,,no\n"
    )
    assert run_import("staff", text).code == 0
    her = Person.objects.get()
    assert (her.code, her.birth_date, her.name_folded) == ("082190001234", date(1990, 5, 6), "dang thi my")
    assert Post.objects.primary_of(her, date(2025, 2, 28)).agency.periods.get().code == "SNV"
    assert Post.objects.primary_of(her, date(2025, 3, 1)).agency.periods.get().code == "STC"
    assert not her.has_usable_password()


def test_decomposed_letters_are_the_same_name(run_import):
    composed = HEAD + "X1,,Nguyễn Văn Tiền,,CC,SNV,2020-01-01,,\n"
    decomposed = HEAD + "X1,,Nguyễn Văn Tiền,,CC,SNV,2020-01-01,,\n"
    run_import("staff", composed)
    result = run_import("staff", decomposed)
    assert result.code == 0
    assert not AuditEvent.objects.filter(action="import.staff.correct").exists()


def test_twice_is_once(run_import):
    text = HEAD + "X1,,Trần Văn A,,CC,SNV,2020-01-01,,\nX2,X1,Trần Văn A,,,,,,\n"
    run_import("staff", text)
    before = AuditEvent.objects.count()
    run_import("staff", text)
    assert (Person.objects.count(), Post.objects.count(), AuditEvent.objects.count()) == (2, 1, before)


def test_a_duplicate_may_name_a_record_later_in_the_file_and_stays_an_alias(run_import):
    text = HEAD + "OLD7,0821,Lê Thị B,,,,,,\n0821,,Lê Thị B,,VC,SNV,2020-01-01,,\n"
    assert run_import("staff", text).code == 0
    assert Person.objects.get(code="OLD7").canonical == Person.objects.get(code="0821")
    assert run_import("leave", "person_id,leave_from,leave_to\nOLD7,2025-01-01,2025-06-01\n").code == 0
    assert Leave.objects.get().person.canonical.code == "0821"


def test_a_chain_of_duplicates_ends_at_the_kept_record(run_import):
    text = HEAD + "A,B,Lê B,,,,,,\nB,C,Lê B,,,,,,\nC,,Lê B,,VC,SNV,2020-01-01,,\n"
    assert run_import("staff", text).code == 0
    kept = Person.objects.get(code="C")
    assert {p.merged_into for p in Person.objects.filter(code__in=["A", "B"])} == {kept}
    assert run_import("staff", HEAD + "C,D,Lê B,,,,,,\nD,,Lê B,,VC,STC,2026-01-01,,no\n").code == 0
    assert {p.merged_into.code for p in Person.objects.filter(code__in=["A", "B", "C"])} == {"D"}


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        (["X,,,,CC,SNV,2020-01-01,,"], [(2, "full_name")]),
        (["X,,A,,ZZ,SNV,2020-01-01,,"], [(2, "category")]),
        (["X,,A,,,SNV,2020-01-01,,"], [(2, "category")]),
        (["X,,A,,CC,,2020-01-01,,"], [(2, "agency_code")]),
        (["X,,A,,CC,KHONG,2020-01-01,,"], [(2, "agency_code")]),
        (["X,,A,,CC,SNV,2019-12-31,,"], [(2, "agency_code")]),
        (["X,,A,,CC,SNV,2020-01-01,2019-01-01,"], [(2, "post_to")]),
        (["X,,A,1990-13-01,CC,SNV,2020-01-01,,"], [(2, "birth_date")]),
        (["X,,A,,CC,SNV,2020-01-01,,", "X,,B,,CC,STC,2020-01-01,,no"], [(3, "full_name")]),
        (
            ["X,,A,1990-01-01,CC,SNV,2020-01-01,,", "X,,A,1991-01-01,CC,STC,2020-01-01,,no"],
            [(3, "birth_date")],
        ),
        (["X,,A,,CC,SNV,2020-01-01,,", "X,,A,,CC,STC,2021-01-01,,"], [(3, "post_from")]),
        (["X,KHONG,A,,CC,SNV,2020-01-01,,"], [(2, "same_as")]),
        (["X,Y,A,,,,,,", "Y,X,A,,,,,,"], [(2, "same_as"), (3, "same_as")]),
        # Whose own row is refused is nobody to the others.
        (["X,Y,A,,,,,,", "Y,KHONG,A,,,,,,"], [(2, "same_as"), (3, "same_as")]),
        (["X,Y,A,,,,,,", "Y,,A,,CC,LẠ,2020-01-01,,"], [(2, "same_as"), (3, "agency_code")]),
        (["X Y,,A,,CC,SNV,2020-01-01,,"], [(2, "person_id")]),
    ],
)
def test_row_errors_name_row_and_column(run_import, rows, errors):
    result = run_import("staff", HEAD + "\n".join(rows))
    assert (result.code, result.errors) == (1, errors)
    assert not Person.objects.exists()


def test_an_overlap_with_a_known_post_is_refused(run_import):
    run_import("staff", HEAD + "X,,A,,CC,SNV,2020-01-01,,\n")
    assert run_import("staff", HEAD + "X,,A,,CC,STC,2025-01-01,,\n").errors == [(2, "post_from")]
    # Said whole, the transfer is taken: the old post is corrected to its end.
    both = HEAD + "X,,A,,CC,SNV,2020-01-01,2025-01-01,\nX,,A,,CC,STC,2025-01-01,,\n"
    assert run_import("staff", both).code == 0


def test_a_post_in_a_split_agency_must_say_where_it_went(run_import):
    old, one, two = (
        agency("CU", valid_to=JULY),
        agency("MOI1", valid_from=JULY),
        agency("MOI2", valid_from=JULY),
    )
    succeed(old, one, two, on=JULY, kind="split")
    assert run_import("staff", HEAD + "X,,A,,CC,CU,2020-01-01,,\n").errors == [(2, "agency_code")]
    text = HEAD + "X,,A,,CC,CU,2020-01-01,,\nX,,A,,CC,MOI2,2025-07-01,,\n"
    assert run_import("staff", text).code == 0
    assert run_import("staff", text).code == 0
    assert Post.objects.get(agency=old).valid_to == JULY


def test_a_post_open_past_a_merger_continues_in_the_successor(run_import):
    old, new = agency("XA", valid_to=JULY), agency("XM", valid_from=JULY)
    succeed(old, new, on=JULY)
    result = run_import("staff", HEAD + "X,,A,,CC,XA,2020-01-01,,\n")
    assert (result.code, result.warnings) == (0, [])
    assert Post.objects.get().valid_to is None


def test_a_post_in_an_agency_that_simply_ended_is_taken_with_a_warning(run_import):
    agency("HET", valid_to=JULY)
    assert run_import("staff", HEAD + "X,,A,,CC,HET,2020-01-01,,\n").warnings == [(2, "agency_code")]


def test_what_the_number_says_only_warns(run_import):
    result = run_import("staff", HEAD + "082190001234,,A,1985-05-06,CC,SNV,2020-01-01,,\n")
    assert (result.code, result.warnings) == (0, [(2, "person_id")])


def test_a_lost_leading_zero_is_noticed_in_a_workbook(tmp_path):
    import io

    import xlsxwriter

    from lms.people.importing import StaffImporter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["person_id", "full_name", "category", "agency_code", "post_from"])
    sheet.write_row(1, 0, [82190001234, "Trần Văn A", "CC", "SNV", "2020-01-01"])
    book.close()
    outcome = StaffImporter().check(buffer.getvalue(), "tep.xlsx")
    assert [(p.row, p.column) for p in outcome.errors] == [(2, "person_id")]


def test_a_unit_officer_imports_only_into_the_own_unit():
    from lms.people.importing import StaffImporter
    from lms.people.organisation import code_bearer

    unit = code_bearer("SNV", date(2025, 1, 1))
    officer = person(agency=unit, role="hr_officer")
    text = HEAD + "X,,A,,CC,SNV,2020-01-01,,\nY,,B,,CC,STC,2020-01-01,,\n"
    outcome = StaffImporter(by=officer).check(text.encode(), "tep.csv")
    assert [(p.row, p.column) for p in outcome.errors] == [(3, "agency_code")]


def test_leave_outside_every_post_is_taken_with_a_warning_and_an_unknown_person_refused(run_import):
    run_import("staff", HEAD + "X,,A,,CC,SNV,2020-01-01,2021-01-01,\n")
    text = "person_id,leave_from,leave_to\nX,2025-01-01,2025-06-01\n"
    assert run_import("leave", text).warnings == [(2, "leave_from")]
    assert run_import("leave", "person_id,leave_from\nKHONG,2025-01-01\n").errors == [(2, "person_id")]
    assert run_import("leave", "person_id,leave_from,leave_to\nX,2025-01-01,2024-01-01\n").errors == [
        (2, "leave_to")
    ]


def test_a_later_row_about_the_same_post_or_leave_corrects_the_earlier_with_a_warning(run_import):
    rows = "X,,A,,CC,SNV,2020-01-01,2021-01-01,\nX,,A,,VC,SNV,2020-01-01,2022-01-01,\n"
    result = run_import("staff", HEAD + rows)
    assert (result.code, result.warnings) == (0, [(3, "post_from")])
    assert Post.objects.values_list("category", "valid_to").get() == ("VC", date(2022, 1, 1))
    leave = "person_id,leave_from,leave_to\nX,2020-05-01,2020-06-01\nX,2020-05-01,2020-07-01\n"
    assert run_import("leave", leave).warnings == [(3, "leave_from")]
    assert Leave.objects.get().valid_to == date(2020, 7, 1)


def test_a_later_row_about_the_same_agency_corrects_the_earlier_with_a_warning(run_import):
    text = "code,name,level,valid_from\nQ,Tên cũ,province,2020-01-01\nQ,Tên mới,province,2020-01-01\n"
    assert run_import("agencies", text).warnings == [(3, "code")]
    assert AgencyPeriod.objects.get(code="Q").name == "Tên mới"
