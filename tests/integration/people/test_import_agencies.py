"""import_agencies, by the contract and by what happened on 1 July 2025."""

from datetime import date

import pytest
from django.utils import translation

from lms.base.models import AuditEvent, ImportRun
from lms.people.models import Agency, AgencyPeriod, Succession
from lms.people.organisation import Organisation, code_bearer, last_bearer

pytestmark = pytest.mark.django_db

PROVINCES = """
code,name,level,parent_code,valid_from,valid_to,successor_code,place_name
82,Tỉnh Tiền Giang,province,,1976-02-01,2025-07-01,82,Tiền Giang
87,Tỉnh Đồng Tháp (cũ),province,,1976-02-01,2025-07-01,82,Đồng Tháp
82,Tỉnh Đồng Tháp,province,,2025-07-01,,,Đồng Tháp
815,Thành phố Mỹ Tho,district,82,2020-01-01,2025-07-01,28249;28250,Mỹ Tho
28249,Phường Mỹ Tho,commune,82,2025-07-01,,,
28250,Phường Đạo Thạnh,commune,82,2025-07-01,,,
SNV,Sở Nội vụ,province,82,2020-01-01,,,
"""


def test_a_code_means_its_bearer_on_the_day(run_import):
    assert run_import("agencies", PROVINCES).code == 0
    old, new = code_bearer("82", date(2025, 6, 30)), code_bearer("82", date(2025, 7, 1))
    assert str(old) == "Tỉnh Tiền Giang"
    assert str(new) == "Tỉnh Đồng Tháp"
    assert last_bearer("87") == code_bearer("87", date(2025, 6, 30))
    assert code_bearer("87", date(2025, 7, 1)) is None


def test_a_successor_may_stand_later_and_a_child_follows_its_parent_into_the_merger(run_import):
    run_import("agencies", PROVINCES)
    new = code_bearer("82", date(2026, 1, 1))
    department = code_bearer("SNV", date(2026, 1, 1))
    assert Organisation.on(date(2026, 1, 1)).parent(department.pk) == new.pk
    assert Organisation.on(date(2025, 6, 30)).parent(department.pk) == code_bearer("82", date(2025, 6, 30)).pk


def test_kinds_of_succession(run_import):
    run_import("agencies", PROVINCES)
    kinds = {(str(s.predecessor), str(s.successor)): s.kind for s in Succession.objects.all()}
    assert kinds == {
        ("Tỉnh Tiền Giang", "Tỉnh Đồng Tháp"): "merge",
        ("Tỉnh Đồng Tháp (cũ)", "Tỉnh Đồng Tháp"): "merge",
        ("Thành phố Mỹ Tho", "Phường Mỹ Tho"): "split",
        ("Thành phố Mỹ Tho", "Phường Đạo Thạnh"): "split",
    }


def test_one_successor_born_that_day_is_a_renaming(run_import):
    text = """
code,name,level,valid_from,valid_to,successor_code
816,Thị xã Gò Công,district,2020-01-01,2024-05-01,816
816,Thành phố Gò Công,district,2024-05-01,,
"""
    run_import("agencies", text)
    assert [s.kind for s in Succession.objects.all()] == ["rename"]


def test_the_same_file_twice_changes_nothing(run_import):
    run_import("agencies", PROVINCES)
    before = (
        Agency.objects.count(),
        AgencyPeriod.objects.count(),
        AuditEvent.objects.count(),
        ImportRun.objects.count(),
    )
    second = run_import("agencies", PROVINCES)
    assert second.code == 0
    assert "0" in second.out
    after = (
        Agency.objects.count(),
        AgencyPeriod.objects.count(),
        AuditEvent.objects.count(),
        ImportRun.objects.count(),
    )
    assert after == before


def test_a_known_key_with_other_values_is_an_audited_correction(run_import):
    run_import("agencies", PROVINCES)
    run_import("agencies", "code,name,level,valid_from\nSNV,Sở Nội vụ tỉnh,province,2020-01-01")
    event = AuditEvent.objects.get(action="import.agencies.correct")
    assert (event.old["name"], event.new["name"]) == ("Sở Nội vụ", "Sở Nội vụ tỉnh")
    # A column the file does not have keeps its value.
    department = code_bearer("SNV", date(2024, 1, 1))
    assert Organisation.on(date(2024, 1, 1)).parent(department.pk) is not None


def test_vietnamese_headers_semicolons_and_a_bom(run_import):
    text = "\ufeffMã cơ quan;Tên cơ quan;Cấp;Từ ngày;Đến hết ngày\nX;Đơn vị X;tỉnh;01/01/2020;30/06/2025"
    assert run_import("agencies", text).code == 0
    assert Agency.objects.get().valid_to == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",Thiếu mã,province,2020-01-01,,", "code"),
        ("A,,province,2020-01-01,,", "name"),
        ("A,Tên,vùng,2020-01-01,,", "level"),
        ("A,Tên,province,31/02/2020,,", "valid_from"),
        ("A,Tên,province,2020-01-01,2019-01-01,", "valid_to"),
        ("A,Tên,province,2020-01-01,2021-01-01,KHONGCO", "successor_code"),
        ("A,Tên,province,2020-01-01,2021-01-01,LATER", "successor_code"),
    ],
)
def test_a_bad_row_is_named_with_its_column_and_nothing_is_written(run_import, row, column):
    text = f"""
code,name,level,valid_from,valid_to,successor_code
LATER,Sinh sau,province,2022-01-01,,
{row}
"""
    result = run_import("agencies", text)
    assert result.code == 1
    assert (3, column) in result.errors
    assert not Agency.objects.exists()


def test_an_unknown_parent_and_a_circle_are_refused(run_import):
    text = """
code,name,level,parent_code,valid_from
A,A,province,B,2020-01-01
B,B,province,A,2020-01-01
C,C,province,KHONGCO,2020-01-01
"""
    assert set(run_import("agencies", text).errors) == {
        (2, "parent_code"),
        (3, "parent_code"),
        (4, "parent_code"),
    }


def test_skip_errors_writes_the_good_rows_and_drops_what_stood_on_the_bad(run_import):
    text = """
code,name,level,parent_code,valid_from
GOOD,Tốt,province,,2020-01-01
BAD,Hỏng,vùng,,2020-01-01
CHILD,Con của hỏng,province,BAD,2020-01-01
"""
    result = run_import("agencies", text, "--skip-errors")
    assert result.code == 0
    assert [p.code for p in AgencyPeriod.objects.all()] == ["GOOD"]
    assert result.errors == [(3, "level"), (4, "parent_code")]


def test_dry_run_writes_nothing(run_import):
    assert run_import("agencies", PROVINCES, "--dry-run").code == 0
    assert not Agency.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"code,name\n\xff\xfe", "Line 2 is not UTF-8"),
        (b"\xd0\xcf\x11\xe0old", "old .xls"),
        (b"a,b\n1,2\n", "missing: code"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"code,name,level,valid_from,code\n1,2\n", "code stands twice"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(content, words):
    from lms.base.importing import FileRefused
    from lms.people.importing import AgencyImporter

    with translation.override("en"), pytest.raises(FileRefused, match=words):
        AgencyImporter().check(content, "tep.csv")
