"""import_inspections FILE, as contracts.md words it."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inspections.models import InspectedSubject, Inspection, Subject
from inspections.rules import classify_all
from lms.base.models import AuditEvent
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db
HEADER = (
    "inspection_code,lead_code,member_codes,kind,status,completed_on,method,secret,field,"
    "subject_id,subject_name,subject_kind,steps,decision_no"
)


@pytest.fixture(autouse=True)
def agencies():
    return {code: agency(code) for code in ("SCT", "SYT", "CA")}


def sheet(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "kiem-tra.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


def run(path: Path, *options: str) -> str:
    from io import StringIO

    out = StringIO()
    call_command("import_inspections", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def refused(path: Path) -> str:
    from io import StringIO

    err = StringIO()
    with pytest.raises(CommandError):
        call_command("import_inspections", str(path), stdout=StringIO(), stderr=err)
    return err.getvalue()


K1 = "K1,SCT,,KT,COMPLETED,2025-03-10,ONSITE,no,ATTP,0301,Công ty Mỹ Tho,DN,DDDDD,12/QĐ-SCT"


def test_several_rows_make_one_case_with_several_subjects(tmp_path, agencies):
    run(
        sheet(
            tmp_path,
            "K1,SCT,SYT;CA,KT,COMPLETED,10/03/2025,REMOTE,no,ATTP,001,Công ty A,DN,DDDDD,12/QĐ-SCT",
            "K1,SCT,SYT;CA,KT,COMPLETED,10/03/2025,REMOTE,no,ATTP,002,Hộ B,HKD,DDDPD,12/QĐ-SCT",
        )
    )
    case = Inspection.objects.get()
    assert (case.code, case.lead, case.completed_on, case.method) == (
        "K1",
        agencies["SCT"],
        date(2025, 3, 10),
        "REMOTE",
    )
    assert (case.act, case.status, case.origin, case.decision_no) == (
        "KT",
        "COMPLETED",
        "REGISTERED",
        "12/QĐ-SCT",
    )
    assert set(case.members.all()) == {agencies["SYT"], agencies["CA"]}
    told = list(case.subjects.values_list("identifier", "name", "kind", "steps"))
    assert told == [("001", "Công ty A", "DN", "DDDDD"), ("002", "Hộ B", "HKD", "DDDPD")]
    assert classify_all(steps for *_rest, steps in told) == "PARTIAL"


def test_importing_the_same_file_twice_changes_nothing(tmp_path):
    path = sheet(
        tmp_path,
        K1,
        "K2,SYT,,KT,IN_PROGRESS,,,,,,,,,",
        "K3,SYT,,,COMPLETED,2025-04-01,,yes,ATTP,0301,Bí mật,DN,DDDDD,1",
        "K4,SYT,,,COMPLETED,2025-04-01,,,,,Không có mã,OTHER,DDDDN,",
        "K4,SYT,,,COMPLETED,2025-04-01,,,,,Người khác,OTHER,DDDDN,",
    )
    run(path)
    before = [
        list(model.objects.order_by("pk").values()) for model in (Inspection, InspectedSubject, Subject)
    ]
    events = AuditEvent.objects.count()
    said = run(path)
    assert [
        list(model.objects.order_by("pk").values()) for model in (Inspection, InspectedSubject, Subject)
    ] == before
    assert AuditEvent.objects.count() == events
    assert len(before[1]) == 3
    assert re.findall(r"\d+", said.splitlines()[-1])[:4] == ["0", "0", "5", "0"]


def test_a_known_key_with_other_values_is_a_correction_and_is_audited(tmp_path):
    run(sheet(tmp_path, K1))
    run(sheet(tmp_path, K1.replace("DDDDD", "DDPDD").replace("ONSITE", "REMOTE")))
    subject = InspectedSubject.objects.get()
    assert (subject.steps, subject.inspection.method) == ("DDPDD", "REMOTE")
    changes = AuditEvent.objects.filter(action="import.inspections.correct")
    assert {(event.target_type, event.old.get("steps"), event.new.get("steps")) for event in changes} == {
        ("inspections.Inspection", None, None),
        ("inspections.InspectedSubject", "DDDDD", "DDPDD"),
    }


def test_a_new_subject_of_a_known_case_is_added(tmp_path):
    run(sheet(tmp_path, K1))
    run(sheet(tmp_path, K1.replace("0301,Công ty Mỹ Tho", "0302,Công ty Gò Công")))
    assert set(InspectedSubject.objects.values_list("identifier", flat=True)) == {"0301", "0302"}
    assert Inspection.objects.count() == 1


def test_a_secret_row_keeps_code_lead_date_and_status_only(tmp_path, agencies):
    run(
        sheet(
            tmp_path,
            "K3,SYT,SCT,TT,COMPLETED,2025-04-01,REMOTE,yes,Quốc phòng,0301,Bí mật,DN,DDDDD,99/QĐ",
        )
    )
    case = Inspection.objects.get()
    assert (case.code, case.lead, case.completed_on, case.status, case.is_secret) == (
        "K3",
        agencies["SYT"],
        date(2025, 4, 1),
        "COMPLETED",
        True,
    )
    assert (case.method, case.field, case.decision_no, case.members.count()) == ("", "", "", 0)
    assert not InspectedSubject.objects.exists()
    assert not Subject.objects.exists()
    assert "bi mat" not in case.search_text
    assert not any("Bí mật" in str([event.old, event.new]) for event in AuditEvent.objects.all())


def test_a_case_that_becomes_secret_loses_its_content(tmp_path):
    run(sheet(tmp_path, K1))
    run(sheet(tmp_path, K1.replace(",no,", ",yes,")))
    case = Inspection.objects.get()
    assert (case.is_secret, case.field, case.decision_no, case.subjects.count()) == (True, "", "", 0)
    event = AuditEvent.objects.get(action="import.inspections.correct")
    assert (event.old, event.new) == ({"is_secret": False}, {"is_secret": True})


def test_imports_of_the_past_are_never_refused_by_once_a_year(tmp_path):
    run(sheet(tmp_path, K1, K1.replace("K1", "K2"), K1.replace("K1", "K3")))
    assert Inspection.objects.count() == 3
    assert Subject.objects.count() == 1


def test_a_code_means_its_bearer_on_the_rows_own_date(tmp_path):
    old = agency("82", name="Tiền Giang", valid_to=date(2025, 7, 1))
    new = agency("82", name="Đồng Tháp", valid_from=date(2025, 7, 1))
    run(
        sheet(
            tmp_path,
            K1.replace("SCT,,", "82,,", 1),
            K1.replace("K1,SCT,,", "K2,82,,").replace("2025-03-10", "2025-07-10"),
        )
    )
    assert Inspection.objects.get(code="K1").lead == old
    assert Inspection.objects.get(code="K2").lead == new


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (K1.replace("K1", "", 1), "inspection_code"),
        (K1.replace("SCT", "", 1), "lead_code"),
        (K1.replace("COMPLETED", ""), "status"),
        (K1.replace("SCT,,", "XYZ,,", 1), "lead_code"),
        (K1.replace("SCT,,", "SCT,XYZ,", 1), "member_codes"),
        (K1.replace("KT", "KTX"), "kind"),
        (K1.replace("COMPLETED", "DONE"), "status"),
        (K1.replace("2025-03-10", "31/02/2025"), "completed_on"),
        (K1.replace("2025-03-10", ""), "completed_on"),
        (K1.replace("ONSITE", "PHONE"), "method"),
        (K1.replace(",no,", ",maybe,"), "secret"),
        (K1.replace("DN,D", "CTY,D"), "subject_kind"),
        (K1.replace("DDDDD", "DDXDD"), "steps"),
        (K1.replace("DDDDD", "DDDD"), "steps"),
        (K1.replace("2025-03-10", "2019-03-10"), "lead_code"),
    ],
)
def test_a_row_error_names_row_and_column_and_nothing_is_written(tmp_path, row, column):
    good = K1.replace("K1", "K0")
    said = refused(sheet(tmp_path, good, row))
    assert "3" in said and column in said
    assert not Inspection.objects.exists()


def test_rows_that_contradict_each_other_about_one_case_are_refused(tmp_path):
    said = refused(sheet(tmp_path, K1, K1.replace("0301", "0302").replace("ONSITE", "REMOTE")))
    assert "method" in said


def test_a_subject_told_twice_with_other_steps_is_refused(tmp_path):
    assert "subject_id" in refused(sheet(tmp_path, K1, K1.replace("DDDDD", "PPPPP")))


def test_skip_errors_writes_the_good_cases(tmp_path):
    run(sheet(tmp_path, K1, K1.replace("K1,SCT", "K2,XYZ")), "--skip-errors")
    assert list(Inspection.objects.values_list("code", flat=True)) == ["K1"]


def test_dry_run_writes_nothing(tmp_path):
    run(sheet(tmp_path, K1), "--dry-run")
    assert not Inspection.objects.exists()


def test_the_classes_of_case_c13_are_taken(tmp_path):
    run(
        sheet(
            tmp_path,
            "K7,SYT,,KT,CANCELLED,,,,,1,A,DN,DNNNN,",
            "K8,SYT,,KT,TERMINATED,2025-09-01,,,,1,A,DN,DDNNN,",
            "K9,SYT,,KT,IN_PROGRESS,,,,,1,A,DN,DDDNN,",
            "K10,SYT,,KT,SUSPENDED,,,,,1,A,DN,DDNNN,",
        )
    )
    assert dict(Inspection.objects.values_list("code", "status")) == {
        "K7": "CANCELLED",
        "K8": "TERMINATED",
        "K9": "IN_PROGRESS",
        "K10": "SUSPENDED",
    }


def test_odd_rows_are_taken_with_a_warning(tmp_path):
    report = tmp_path / "report.csv"
    run(
        sheet(
            tmp_path,
            "K1,SCT,,KT,COMPLETED,2025-03-10,,,,1,A,DN,,",
            "K2,SCT,,KT,COMPLETED,2025-03-10,,,,1,A,DN,DDNDD,",
            "K3,SCT,,KT,PLANNED,2025-03-10,,,,1,A,DN,NNNNN,",
        ),
        "--report",
        str(report),
    )
    lines = report.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[:2] for line in lines] == [
        ["2", "steps"],
        ["3", "steps"],
        ["4", "completed_on"],
    ]
    assert dict(InspectedSubject.objects.values_list("inspection__code", "steps")) == {
        "K1": "PPPPP",
        "K2": "DDNDD",
        "K3": "NNNNN",
    }
    assert Inspection.objects.get(code="K3").completed_on is None


def test_vietnamese_headers(tmp_path):
    header = (
        "Mã cuộc kiểm tra;Mã cơ quan chủ trì;Trạng thái;Ngày hoàn thành;Mã số thuế;Tên đối tượng;Các bước"
    )
    run(sheet(tmp_path, "K1;SCT;Hoàn thành;10/03/2025;0301;Công ty A;DDDDN", header=header))
    subject = InspectedSubject.objects.get()
    assert (subject.identifier, subject.steps, subject.inspection.act) == ("0301", "DDDDN", "KT")


def test_an_officer_uploads_only_for_the_own_agency(agencies):
    from inspections.importing import InspectionImporter

    clerk = person("Lê Văn Thư", agency=agencies["SCT"], role="registry_clerk")
    other = K1.replace("K1,SCT", "K2,SYT")
    outcome = InspectionImporter(by=clerk).run(f"{HEADER}\n{K1}\n{other}".encode(), "a.csv")
    assert [(problem.row, problem.column) for problem in outcome.errors] == [(3, "lead_code")]
    assert not outcome.written
    outcome = InspectionImporter(by=clerk).run(f"{HEADER}\n{K1}".encode(), "a.csv")
    assert outcome.written
    assert InspectionImporter.may_be_used_by(clerk)
    assert not InspectionImporter.may_be_used_by(person("Người học", agency=agencies["SCT"]))
