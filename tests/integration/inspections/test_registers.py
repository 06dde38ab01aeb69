"""Inspected parties, legal texts, holidays and kinds: registers with screens, imports and exports."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.actions import decision, subjects
from inspections.actions.holidays import calendar_problems
from inspections.forms.decision import PartyForm
from inspections.models import Holiday, InspectedSubject, Inspection, InspectionKind, LegalBasis, Subject
from lms.base.dates import today
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def administrator(who):
    return person("Quản Trị", agency=who.lead, role="administrator")


def enter(by, name="Công ty TNHH Cửu Long", identifier="1200345678", **given):
    return subjects.keep_subject(by=by, kind="DN", identifier=identifier, name=name, **given)


def text(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode("utf-8-sig")


class TestSubjects:
    """One subject found once; names over time; duplicates merged, separated, told apart."""

    def test_a_new_name_leaves_the_former_on_record_a_correction_does_not(self, who):
        row = enter(who.leader, name="Công ty Cửu Lon")
        row = subjects.keep_subject(by=who.leader, subject=row, name="Công ty Cửu Long")
        assert not row.names.exists()
        row = subjects.keep_subject(
            by=who.leader, subject=row, name="Công ty Tiền Phong", since=date(2026, 5, 1)
        )
        former = row.names.get()
        assert (former.name, former.valid_to) == ("Công ty Cửu Long", date(2026, 5, 1))
        with pytest.raises(ValidationError):
            subjects.keep_subject(by=who.leader, subject=row, name="Khác", since=date(2026, 5, 1))

    def test_a_case_keeps_the_name_of_its_day(self, who):
        case = make.opened(who)
        row = Subject.objects.get(identifier=make.PARTY.identifier)
        subjects.keep_subject(by=who.leader, subject=row, name="Tên Mới", since=today())
        assert case.subjects.get().name == make.PARTY.name

    def test_a_decision_takes_name_and_kind_of_a_known_number_from_the_register(self, who):
        row = enter(who.leader, address="Mỹ Tho")
        form = PartyForm({"kind": "OTHER", "identifier": "1200345678", "name": ""})
        assert form.is_valid()
        assert (form.cleaned_data["name"], form.cleaned_data["kind"]) == (row.name, "DN")
        assert form.cleaned_data["address"] == "Mỹ Tho"
        unknown = PartyForm({"kind": "DN", "identifier": "77", "name": ""})
        assert list(unknown.errors) == ["name"]

    def test_the_same_number_twice_is_refused(self, who):
        enter(who.leader)
        with pytest.raises(ValidationError):
            enter(who.leader, name="Khác")

    def test_two_rows_of_one_business_count_as_one_after_the_merger_only(self, who):
        make.opened(who)
        other = make.cast("SYT", "Sở Y tế")
        party = decision.Party("DN", "1200345678-001", "Cty Cửu Long")
        twin = enter(who.leader, name=party.name, identifier=party.identifier)
        kept = Subject.objects.get(identifier=make.PARTY.identifier)
        assert [(one.pk, two.pk) for one, two in subjects.alike_pairs()] == [(kept.pk, twin.pk)]
        subjects.merge_subjects(by=who.leader, duplicate=twin, kept=kept, reason="Cùng một doanh nghiệp")
        assert subjects.alike_pairs() == []
        with pytest.raises(ValidationError):
            make.opened(other, parties=[party])
        twin.refresh_from_db()
        subjects.separate_subjects(by=who.leader, duplicate=twin, reason="Nhầm")
        assert make.opened(other, parties=[party]).pk
        actions = AuditEvent.objects.filter(target_id=str(twin.pk), target_type="inspections.Subject")
        assert {"inspections.merge_subjects", "inspections.separate_subjects"} <= set(
            actions.values_list("action", flat=True)
        )

    def test_a_chain_of_mergers_leads_to_one_head_and_comes_apart_again(self, who):
        one, two, three = (enter(who.leader, identifier=f"120000000{n}") for n in range(3))
        subjects.merge_subjects(by=who.leader, duplicate=one, kept=two, reason="x")
        subjects.merge_subjects(by=who.leader, duplicate=two, kept=three, reason="x")
        assert (
            set(Subject.objects.same_as(one)) == {one, two, three}
            or Subject.objects.get(pk=one.pk).merged_into_id == three.pk
        )
        with pytest.raises(ValidationError):
            subjects.merge_subjects(by=who.leader, duplicate=three, kept=one, reason="x")
        two.refresh_from_db()
        subjects.separate_subjects(by=who.leader, duplicate=two, reason="y")
        assert Subject.objects.get(pk=one.pk).merged_into_id == two.pk

    def test_two_alike_businesses_told_apart_are_no_candidates(self, who):
        one, two = enter(who.leader, identifier="1"), enter(who.leader, identifier="2")
        subjects.keep_subjects_apart(by=who.leader, one=two, other=one, reason="Hai tỉnh khác nhau")
        assert subjects.alike_pairs() == []

    def test_a_person_s_number_is_masked_a_company_s_is_not(self, client, who):
        subjects.keep_subject(by=who.leader, kind="CNKD", identifier="082199887234", name="Bà Năm")
        enter(who.leader)
        sign_in(client, who.leader)
        for shown in (
            text(client.get("/inspections/parties/")),
            text(client.get("/inspections/parties/?format=csv")),
        ):
            assert "082******234" in shown and "082199887234" not in shown and "1200345678" in shown

    def test_the_page_shows_the_years_and_only_cases_one_may_see(self, client, who):
        case = make.opened(who)
        row = Subject.objects.get()
        sign_in(client, who.leader)
        shown = text(client.get(f"/inspections/parties/{row.pk}/"))
        assert case.code in shown
        other = person("Kiểm Tra", agency=agency("SYT", name="Sở Y tế"), role="inspector")
        sign_in(client, other)
        shown = text(client.get(f"/inspections/parties/{row.pk}/"))
        assert case.code not in shown and "Sở Khoa học và Công nghệ" in shown

    def test_search_needs_no_accents_and_finds_former_names(self, client, who):
        row = enter(who.leader, name="Công ty Cửu Long")
        subjects.keep_subject(by=who.leader, subject=row, name="Công ty Tiền Phong", since=date(2026, 5, 1))
        sign_in(client, who.leader)
        for words in ("tien phong", "CUU LONG", "1200345"):
            assert "Tiền Phong" in text(client.get("/inspections/parties/", {"q": words}))
        assert "Tiền Phong" not in text(client.get("/inspections/parties/", {"q": "khong co"}))

    def test_a_subject_is_entered_and_merged_on_the_pages(self, client, who):
        sign_in(client, who.leader)
        for number in ("1", "2"):
            client.post(
                "/inspections/parties/new/", {"kind": "DN", "identifier": number, "name": "Công ty A"}
            )
        one, two = Subject.objects.order_by("identifier")
        assert f"/alike/{one.pk}/{two.pk}/" in text(client.get("/inspections/parties/alike/"))
        client.post(
            f"/inspections/parties/alike/{one.pk}/{two.pk}/", {"decision": "second", "reason": "Trùng"}
        )
        one.refresh_from_db()
        assert one.merged_into == two
        client.post(f"/inspections/parties/{one.pk}/separate/", {"reason": "Nhầm"})
        one.refresh_from_db()
        assert one.merged_into is None
        answer = client.post("/inspections/parties/new/", {"kind": "DN", "identifier": "1", "name": "B"})
        assert answer.context["form"].errors


class TestImports:
    """Columns of the register; import_inspections finds its subject_id there."""

    def write(self, tmp_path, *lines):
        file = tmp_path / "a.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return str(file)

    def test_subjects_twice_is_once_and_a_new_name_keeps_the_old(self, tmp_path, who):
        head = "mã số thuế,tên đối tượng,loại đối tượng,địa chỉ"
        for _time in range(2):
            call_command("import_subjects", self.write(tmp_path, head, "0100,Công ty A,doanh nghiệp,Mỹ Tho"))
        row = Subject.objects.get()
        assert (row.identifier, row.kind, row.address) == ("0100", "DN", "Mỹ Tho")
        call_command("import_subjects", self.write(tmp_path, head, "0100,Công ty B,doanh nghiệp,Mỹ Tho"))
        assert [name.name for name in row.names.all()] == ["Công ty A"]

    def test_an_imported_inspection_resolves_to_the_register(self, tmp_path, who):
        row = enter(who.leader, identifier="1200000009")
        call_command(
            "import_inspections",
            self.write(
                tmp_path,
                "inspection_code,lead_code,status,completed_on,subject_id,subject_name,subject_kind,steps",
                "K1,SKHCN,COMPLETED,2026-03-10,1200000009,Cửu Long,DN,PPPPN",
            ),
        )
        assert InspectedSubject.objects.get().subject == row
        assert Subject.objects.count() == 1

    def test_half_the_columns_are_refused_and_nothing_is_written(self, tmp_path, who):
        with pytest.raises((CommandError, SystemExit)):
            call_command("import_subjects", self.write(tmp_path, "tên đối tượng", "Công ty A"))
        assert not Subject.objects.exists()

    def test_legal_texts_with_a_successor_later_in_the_file(self, tmp_path):
        file = self.write(
            tmp_path,
            "number,title,valid_from,valid_to,replaced_by",
            "1/2020/TT-BTC,Thông tư cũ,2020-01-01,2026-01-01,2/2026/TT-BTC",
            "2/2026/TT-BTC,Thông tư mới,2026-01-01,,",
        )
        for _time in range(2):
            call_command("import_legal_bases", file)
        assert LegalBasis.objects.get(number="1/2020/TT-BTC").replaced_by.number == "2/2026/TT-BTC"

    @pytest.mark.parametrize(
        "line",
        [
            "1/2020/TT-BTC,Thông tư,2020-01-01,2019-01-01,",
            "1/2020/TT-BTC,Thông tư,2020-01-01,2026-01-01,không có",
            "1/2020/TT-BTC,Thông tư,2020-01-01,,217/2025/NĐ-CP",
        ],
    )
    def test_an_impossible_text_is_refused(self, tmp_path, line):
        with pytest.raises((CommandError, SystemExit)):
            call_command(
                "import_legal_bases",
                self.write(tmp_path, "number,title,valid_from,valid_to,replaced_by", line),
            )
        assert not LegalBasis.objects.filter(number="1/2020/TT-BTC").exists()

    def test_holidays_of_a_year(self, tmp_path):
        call_command("import_holidays", self.write(tmp_path, "ngày,tên", "03/01/2028,Tết Dương lịch"))
        assert Holiday.objects.get(day=date(2028, 1, 3)).name == "Tết Dương lịch"


class TestHolidays:
    """The table without next year is said in a sentence."""

    def test_what_is_missing_or_assumed(self):
        assert calendar_problems(date(2025, 6, 1)) == []
        (assumed,) = calendar_problems(date(2026, 6, 1))
        assert "2027" in assumed
        missing = calendar_problems(date(2027, 6, 1))
        assert len(missing) == 2 and "2028" in missing[1]

    def test_whoever_watches_the_service_is_told(self, client):
        Holiday.objects.of_year(today().year + 1).delete()
        notes = client.get("/health/ready").json()["notes"]
        assert any(str(today().year + 1) in note for note in notes)

    def test_an_administrator_keeps_the_days(self, client, administrator, who):
        sign_in(client, administrator)
        assert "2027" in text(client.get("/inspections/holidays/"))
        client.post("/inspections/holidays/", {"day": "2028-01-03", "name": "Tết Dương lịch"})
        row = Holiday.objects.get(day=date(2028, 1, 3))
        client.post(
            f"/inspections/holidays/{row.pk}/", {"day": "2028-01-03", "name": "Tết", "is_assumed": "on"}
        )
        row.refresh_from_db()
        assert (row.name, row.is_assumed) == ("Tết", True)
        client.post(f"/inspections/holidays/{row.pk}/", {"remove": "1"})
        assert not Holiday.objects.filter(pk=row.pk).exists()
        answer = client.post("/inspections/holidays/", {"day": "2026-01-01", "name": "Trùng"})
        assert answer.context["form"].errors
        sign_in(client, who.leader)
        assert client.get("/inspections/holidays/").status_code == 403

    def test_a_last_day_in_a_year_without_days_off_is_said_on_the_case(self, client, who):
        case = make.announced(who)
        sign_in(client, who.leader)
        assert "bảng ngày nghỉ" not in text(client.get(f"/inspections/{case.pk}/")).casefold()
        Holiday.objects.all().delete()
        assert f"{case.announcement.last_day.year}" in text(client.get(f"/inspections/{case.pk}/"))


def test_an_administrator_makes_a_kind_without_code_and_a_next_version(client, administrator, who):
    sign_in(client, administrator)
    basis = LegalBasis.objects.get(number="217/2025/NĐ-CP")
    data = {
        "code": "kiem-tra-thu",
        "name": "Kiểm tra thử",
        "valid_from": today().isoformat(),
        "bases": [basis.pk],
        "requires_announcement": "on",
        "closing_document": "Nhận xét, đánh giá",
        "team_name": "Tổ kiểm tra",
        "day_mode": "working",
        "warn_days": "2",
        "papers": ["quyet-dinh-kiem-tra"],
        "province_days": "4",
        "province_extra": "1",
    }
    client.post("/inspections/kinds/new/", data)
    kind = InspectionKind.objects.get(code="kiem-tra-thu")
    version = kind.versions.get()
    assert (version.team_name, version.day_mode, version.requires_result) == ("Tổ kiểm tra", "working", False)
    assert list(version.periods.values_list("level", "days", "extra_days")) == [("province", 4, 1)]
    case = make.opened(who, kind=kind, days=4)
    page = client.get(f"/inspections/kinds/{kind.pk}/version/")
    assert page.context["form"].initial["province_days"] == 4
    client.post(f"/inspections/kinds/{kind.pk}/version/", {**data, "province_days": "6"})
    assert kind.versions.count() == 2 and Inspection.objects.get(pk=case.pk).kind_version == version
    expired = LegalBasis.objects.get(number="11/2022/QH15")
    answer = client.post("/inspections/kinds/new/", {**data, "code": "khac", "bases": [expired.pk]})
    assert "84/2025/QH15" in str(answer.context["form"].errors["bases"])
    client.post(f"/inspections/kinds/{kind.pk}/use/")
    kind.refresh_from_db()
    assert kind.is_active is False
    assert "Kiểm tra thử" in text(client.get("/inspections/kinds/"))


def test_a_legal_text_is_kept_on_its_page(client, administrator, who):
    sign_in(client, administrator)
    facts = {"number": "5/2026/NĐ-CP", "title": "Nghị định năm", "valid_from": "2026-01-01", "certainty": "U"}
    client.post("/inspections/law/new/", facts)
    row = LegalBasis.objects.get(number="5/2026/NĐ-CP")
    answer = client.post(f"/inspections/law/{row.pk}/", {**facts, "valid_to": "2025-01-01"})
    assert answer.context["form"].errors
    assert "Nghị định năm" in text(client.get("/inspections/law/", {"q": "nghi dinh nam"}))
    assert "5/2026" in text(client.get("/inspections/law/?format=csv"))
    sign_in(client, who.leader)
    assert client.get("/inspections/law/").status_code == 200
    assert client.get(f"/inspections/law/{row.pk}/").status_code == 403


@pytest.mark.parametrize("address", ["/inspections/parties/", "/inspections/law/", "/inspections/second/"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(client, who, address):
    other = make.cast("SYT", "Sở Y tế")
    second = person("Phó", agency=other.lead, role="agency_head")
    sign_in(client, other.head)

    def ask():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    def more(number):
        party = decision.Party("DN", f"120000000{number}", f"Công ty {number}")
        make.opened(who, parties=[party])
        make.leave(other, second, party=party)
        LegalBasis.objects.create(number=f"{number}/2026/TT-BTC", title="x", valid_from=today())

    more(1)
    ask()
    one = ask()
    more(2)
    more(3)
    assert ask() == one
