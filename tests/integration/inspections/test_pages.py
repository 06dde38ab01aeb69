"""Pages under /inspections/: what they show, and whom they refuse."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from inspections.actions import minutes
from inspections.actions.course import suspend
from inspections.actions.gate import Paper
from inspections.models import ChecklistConflict, ChecklistRecord, Evidence, Inspection
from lms.base.dates import today
from tests.factories import inspections as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return make.cast()


def page(client, someone, name, *args, **data):
    sign_in(client, someone)
    return client.get(reverse(f"inspections:{name}", args=args), data)


def text(response) -> str:
    return response.content.decode()


def stranger_list(who):
    return {
        "a learner of the agency": person("Người học", agency=who.lead),
        "an inspector next door": person("Sở bên cạnh", agency=agency("SYT"), role="inspector"),
        "an administrator": person("Quản trị", agency=who.lead, role="administrator"),
    }


def all_addresses(case):
    subject = case.subjects.get()
    minutes = getattr(subject, "minutes", None)
    evidence = subject.evidence.first()
    record = subject.records.first()
    found = [
        ("case", case.pk),
        ("team", case.pk),
        ("step", case.pk, "announce"),
        ("checklist", case.pk, subject.pk),
        ("xform", case.pk, subject.pk, make.version().pk),
        ("evidence", case.pk, subject.pk),
        ("minutes", case.pk, subject.pk),
        ("lock", case.pk, subject.pk),
        ("minutes-file", case.pk, subject.pk),
    ]
    if minutes and evidence and record:
        found += [("evidence-file", case.pk, evidence.pk), ("sheet", case.pk, subject.pk, record.pk)]
    return found


def test_strangers_are_refused_everywhere(client, who):
    case = make.with_minutes(who)
    for name, someone in stranger_list(who).items():
        for route, *args in all_addresses(case):
            assert page(client, someone, route, *args).status_code in (403, 404), (name, route)
        for route in ("new", "register"):
            if name != "an inspector next door":
                assert page(client, someone, route).status_code == 403, (name, route)
    client.logout()
    for route, *args in [*all_addresses(case), ("list",), ("new",), ("register",), ("export",)]:
        answer = client.get(reverse(f"inspections:{route}", args=args))
        assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_nothing_changes_by_get(client, who):
    case = make.with_minutes(who)
    before = list(Inspection.objects.values())
    for route, *args in all_addresses(case):
        page(client, who.leader, route, *args)
    for slug in ("result", "complete", "suspend", "terminate", "no-result", "extend"):
        page(client, who.head, "step", case.pk, slug)
    assert list(Inspection.objects.values()) == before


def test_the_first_screen_says_what_is_due_and_whose_turn_it_is(client, who):
    case = make.announced(who, on=today())
    shown = text(page(client, who.secretary, "list"))
    assert case.code in shown
    assert str(make.PARTY.name) in shown
    assert 'id="due"' in shown
    assert 'id="due"' not in text(
        page(client, person("Kiểm", agency=agency("TTT"), role="inspector"), "list")
    )


def test_search_needs_no_accents(client, who):
    case = make.opened(who)
    assert case.code in text(page(client, who.head, "list", q="cuu long"))
    assert case.code in text(page(client, who.head, "list", q="CỬU LONG khoa hoc"))
    found = text(page(client, who.head, "list", q="tien phong"))
    assert 'id="inspections"' in found and f">{case.code}</a></th>" not in found


def test_the_list_asks_as_often_for_three_rows_as_for_one(client, who):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from inspections.actions.decision import Party

    make.announced(who)
    page(client, who.head, "list")
    with CaptureQueriesContext(connection) as one:
        page(client, who.head, "list")
    for number in range(2):
        make.announced(who, parties=[Party("CQNN", f"X{number}", f"UBND xã {number}")])
    with CaptureQueriesContext(connection) as three:
        page(client, who.head, "list")
    assert len(three) == len(one)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_has_the_rows_of_the_list(client, who, kind):
    make.opened(who)
    answer = page(client, who.head, "export", format=kind)
    content = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert (content[:2] == b"PK") == (kind == "xlsx")
    if kind == "csv":
        assert "Cửu Long" in content.decode("utf-8-sig")


def decision_data(who, **changes):
    return {
        "lead": who.lead.pk,
        "kind": Inspection._meta.get_field("kind").related_model.objects.get(code="kiem-tra-chuyen-nganh").pk,
        "decision_no": "15/QĐ-SKHCN",
        "signed_on": today().isoformat(),
        "signer": who.head.pk,
        "ground": "PLAN",
        "ground_detail": "Kế hoạch 05/KH-UBND",
        "content": "An toàn thông tin",
        "field": "An toàn thông tin",
        "days": "10",
        "method": "REMOTE",
        "not_secret": "on",
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
        "parties-0-kind": "DN",
        "parties-0-identifier": "1200345678",
        "parties-0-name": "Công ty Cửu Long",
        **changes,
    }


def test_an_inspector_opens_a_decision_and_forms_the_team(client, who):
    sign_in(client, who.leader)
    answer = client.post(reverse("inspections:new"), decision_data(who))
    case = Inspection.objects.get()
    assert answer["Location"] == reverse("inspections:team", args=[case.pk])
    rows = {
        "team-TOTAL_FORMS": "2",
        "team-INITIAL_FORMS": "0",
        "team-0-person": who.leader.pk,
        "team-0-duty": "LEADER",
        "team-0-declared_no_conflict": "on",
        "team-1-person": who.secretary.pk,
        "team-1-duty": "SECRETARY",
        "team-1-declared_no_conflict": "on",
    }
    client.post(reverse("inspections:team", args=[case.pk]), rows)
    assert set(case.team.values_list("duty", flat=True)) == {"LEADER", "SECRETARY"}
    assert (
        "bước tiếp theo" not in text(client.get(reverse("inspections:case", args=[case.pk]))).casefold()[:0]
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"decision_no": ""}, "decision_no"),
        ({"signed_on": "2999-01-01"}, "signed_on"),
        ({"content": ""}, "content"),
        ({"days": "11"}, "days"),
        ({"method": "ONSITE"}, "visit_reason"),
        ({"not_secret": ""}, "not_secret"),
    ],
)
def test_a_wrong_decision_is_told_at_its_field_and_writes_nothing(client, who, change, field):
    sign_in(client, who.leader)
    answer = client.post(reverse("inspections:new"), decision_data(who, **change))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Inspection.objects.exists()


def test_a_decision_needs_a_subject(client, who):
    sign_in(client, who.leader)
    answer = client.post(reverse("inspections:new"), decision_data(who, **{"parties-0-name": ""}))
    assert answer.status_code == 200 and not Inspection.objects.exists()


def test_an_inspector_cannot_open_for_a_foreign_agency(client, who):
    foreign = make.cast("SYT", "Sở Y tế")
    sign_in(client, who.leader)
    answer = client.post(reverse("inspections:new"), decision_data(who, lead=foreign.lead.pk))
    assert "lead" in answer.context["form"].errors
    assert not Inspection.objects.exists()


def test_the_once_a_year_guard_speaks_on_the_page(client, who):
    first = make.opened(who)
    sign_in(client, who.leader)
    answer = client.post(reverse("inspections:new"), decision_data(who))
    assert first.code in str(answer.context["form"].non_field_errors())
    assert Inspection.objects.count() == 1


def test_the_case_page_explains_each_step_of_each_subject(client, who):
    case = make.completed(who)
    shown = text(page(client, who.head, "case", case.pk))
    for word in ("S1", "S5", "22/TB-SKHCN", "15/QĐ-SKHCN", today().strftime("%d/%m/%Y")):
        assert word in shown
    assert shown.count("status--met") >= 5


def test_a_secret_case_shows_no_content(client, who):
    case = Inspection.objects.create(
        code="M-1",
        lead=who.lead,
        status="COMPLETED",
        completed_on=today(),
        is_secret=True,
        origin="REGISTERED",
    )
    answer = page(client, who.head, "case", case.pk)
    assert answer.status_code == 200 and "M-1" in text(answer)


def send(client, case, xml, **more):
    from django.core.files.uploadedfile import SimpleUploadedFile

    subject = case.subjects.get()
    address = reverse("inspections:receive", args=[case.pk, subject.pk, make.version().pk])
    data = {
        "xml_submission_file": SimpleUploadedFile("xml_submission_file", xml.encode(), "text/xml"),
        "anh.png": make.photo(),
        "finalised_at": timezone.now().isoformat(),
        **more,
    }
    return client.post(address, {name: value for name, value in data.items() if value is not None})


class TestSheets:
    """Field capture: the contract."""

    def test_same_identifier_and_content_gives_the_same_receipt_other_content_409_and_both_are_kept(
        self, client, who
    ):
        case, one = make.announced(who), uuid.uuid4()
        sign_in(client, who.secretary)
        xml = make.sheet_xml(sheet=one)
        first, again = send(client, case, xml), send(client, case, xml)
        assert (first.status_code, again.status_code) == (201, 200)
        assert {**first.json(), "state": "same"} == again.json()
        assert first.json()["files"][0]["name"] == "anh.png"
        other = make.sheet_xml({"ban_va_kq": "chua_dat", "ban_va_ghi_chu": "Thiếu"}, sheet=one)
        assert [send(client, case, other).status_code for _ in range(2)] == [409, 409]
        assert ChecklistRecord.objects.get().answers["ban_va_kq"] == "dat"
        assert "chua_dat" in ChecklistConflict.objects.get().instance

    def test_a_sheet_without_its_photo_is_refused_whole(self, client, who):
        case = make.announced(who)
        sign_in(client, who.secretary)
        answer = send(client, case, make.sheet_xml(), **{"anh.png": None})
        assert answer.status_code == 400 and "anh.png" in answer.json()["error"]
        assert not ChecklistRecord.objects.exists() and not Evidence.objects.exists()

    @pytest.mark.parametrize(
        "xml",
        [
            "không phải XML",
            "<data/>",
            '<!DOCTYPE d [<!ENTITY a "b">]><data><meta><instanceID>&a;</instanceID></meta></data>',
            "<data><lạ>1</lạ><meta><instanceID>uuid:00000000-0000-4000-8000-000000000000</instanceID></meta></data>",
        ],
    )
    def test_what_is_no_sheet_is_refused_with_a_sentence(self, client, who, xml):
        case = make.announced(who)
        sign_in(client, who.secretary)
        answer = send(client, case, xml)
        assert answer.status_code == 400 and answer.json()["error"]
        assert not ChecklistRecord.objects.exists()

    def test_offline_work_counts_by_the_moment_it_was_finalised(self, client, who):
        start = today() - timedelta(days=10)
        with make_clock(start):
            case = make.announced(who, on=start, signed_on=start)
        sign_in(client, who.secretary)
        examined = start + timedelta(days=1)
        with make_clock(examined):
            moment = timezone.now()
        answer = send(client, case, make.sheet_xml(examined=examined), finalised_at=moment.isoformat())
        assert answer.status_code == 201, answer.json()
        assert case.subjects.get().steps[2] == "D"

    def test_a_clock_from_before_the_case_is_not_believed(self, client, who):
        start = today() - timedelta(days=10)
        with make_clock(start):
            case = make.announced(who, on=start, signed_on=start)
        sign_in(client, who.secretary)
        long_ago = timezone.now() - timedelta(days=400)
        answer = send(client, case, make.sheet_xml(examined=start), finalised_at=long_ago.isoformat())
        assert answer.status_code == 201
        assert case.subjects.get().steps[2] == "P"

    def test_two_photos_with_the_same_bytes_are_two_photos(self, client, who):
        case = make.announced(who)
        sign_in(client, who.secretary)
        xml = make.sheet_xml({"ban_va_anh": "anh2.png"})
        assert send(client, case, xml, **{"anh2.png": make.photo("anh2.png")}).status_code == 201
        assert Evidence.objects.count() == 2
        assert len(set(Evidence.objects.values_list("sha256", flat=True))) == 1

    def test_an_identifier_of_another_case_tells_nothing_of_it(self, client, who):
        one, other = uuid.uuid4(), make.cast("SYT", "Sở Y tế")
        mine = make.announced(who)
        theirs = make.announced(other, parties=[make.decision.Party("CQNN", "1", "Trạm y tế")])
        sign_in(client, who.secretary)
        assert send(client, mine, make.sheet_xml(sheet=one)).status_code == 201
        sign_in(client, other.secretary)
        answer = send(client, theirs, make.sheet_xml(sheet=one))
        assert answer.status_code == 400 and set(answer.json()) == {"state", "error"}
        assert not ChecklistConflict.objects.exists()

    def test_a_stranger_sends_nothing(self, client, who):
        case = make.announced(who)
        sign_in(client, person("Lạ", agency=agency("SYT"), role="inspector"))
        assert send(client, case, make.sheet_xml()).status_code == 404
        sign_in(client, person("Xem", agency=who.lead, role="auditor"))
        assert send(client, case, make.sheet_xml()).status_code == 403
        assert not ChecklistRecord.objects.exists()


def make_clock(day):
    from unittest.mock import patch

    moment = make.at(day, 12)
    return patch("django.utils.timezone.now", lambda: moment)


class TestEvidence:
    def add(self, client, case, file, **more):
        address = reverse("inspections:evidence", args=[case.pk, case.subjects.get().pk])
        return client.post(address, {"file": file, "uuid": str(uuid.uuid4()), "caption": "Màn hình", **more})

    def test_a_photo_is_kept_with_its_hash_and_served_only_to_those_who_may_see_the_case(self, client, who):
        import hashlib

        case = make.announced(who)
        sign_in(client, who.secretary)
        self.add(client, case, make.photo())
        row = Evidence.objects.get()
        assert (row.sha256, row.size, row.content_type) == (
            hashlib.sha256(make.PNG).hexdigest(),
            len(make.PNG),
            "image/png",
        )
        answer = page(client, who.head, "evidence-file", case.pk, row.pk)
        assert b"".join(answer) == make.PNG
        assert answer["X-Content-Type-Options"] == "nosniff"
        other = make.announced(
            make.cast("SYT", "Sở Y tế"), parties=[make.decision.Party("CQNN", "1", "Trạm")]
        )
        assert page(client, who.head, "evidence-file", other.pk, row.pk).status_code == 404

    def test_a_file_that_has_gone_from_the_storage_gets_a_sentence(self, client, who):
        case = make.announced(who)
        sign_in(client, who.secretary)
        self.add(client, case, make.photo())
        subject, row = case.subjects.get(), Evidence.objects.get()
        make.send_sheet(who, subject)
        make.write(who, subject)
        minutes.lock_minutes(by=who.leader, subject=subject)
        upload = SimpleUploadedFile("qd.pdf", b"%PDF-1.7 x", content_type="application/pdf")
        suspend(by=who.head, inspection=case, reason="Bão", paper=Paper("40/QĐ", make.today(), upload))
        subject, entry = case.subjects.get(), case.entries.last()
        papers = [
            (row.file, "evidence-file", (case.pk, row.pk)),
            (subject.minutes.pdf, "minutes-file", (case.pk, subject.pk)),
            (entry.paper_file, "entry-paper", (case.pk, entry.pk)),
        ]
        for file, name, args in papers:
            assert page(client, who.head, name, *args).status_code == 200
            file.storage.delete(file.name)
            answer = page(client, who.head, name, *args)
            assert answer.status_code == 404
            assert "Không tìm thấy tệp của văn bản này" in text(answer)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("anh.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("anh.jpg", b"<!DOCTYPE html><script>alert(1)</script>"),
            ("anh.png", b"MZ\x90\x00 a program"),
            ("anh.png", b""),
        ],
    )
    def test_a_file_is_what_its_first_bytes_say(self, client, who, name, content):
        case = make.announced(who)
        sign_in(client, who.secretary)
        answer = self.add(client, case, make.photo(name, content))
        assert answer.status_code == 200 and answer.context["form"].errors["file"]
        assert not Evidence.objects.exists()

    def test_the_same_identifier_again_is_the_same_file(self, client, who):
        case, one = make.announced(who), str(uuid.uuid4())
        sign_in(client, who.secretary)
        self.add(client, case, make.photo(), uuid=one)
        self.add(client, case, make.photo(), uuid=one)
        assert Evidence.objects.count() == 1
        answer = self.add(client, case, make.photo(content=make.PNG + b"x"), uuid=one)
        assert answer.context["form"].errors["file"]

    def test_nothing_is_added_after_the_minutes_are_locked(self, client, who):
        case = make.with_minutes(who)
        count = Evidence.objects.count()
        sign_in(client, who.secretary)
        assert self.add(client, case, make.photo()).status_code == 403
        assert Evidence.objects.count() == count


def test_json_of_the_receipt_is_what_a_device_needs(client, who):
    case = make.announced(who)
    sign_in(client, who.secretary)
    receipt = json.loads(send(client, case, make.sheet_xml()).content)
    assert set(receipt) == {"state", "uuid", "sha256", "received_at", "files"}
    assert set(receipt["files"][0]) == {"name", "size", "sha256"}
