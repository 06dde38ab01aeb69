"""The registry's numbers against the inspections known here: both ways, and what was missing counts as paper."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from inspections.models import Inspection, Reconciliation, RegisterEntry
from lms.base.dates import today
from lms.base.models import AuditEvent
from lms.reports.documents.wording import reconciled_words
from lms.reports.period import numbers_of
from lms.targets.figures import Board, ask
from lms.targets.figures.readings import by_year, readings, with_days
from tests.factories import inspections as make
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
HEAD = "Số ký hiệu,Ngày ban hành,Trích yếu,Ngày hoàn thành,Tên đối tượng,Mã số thuế,Loại đối tượng\n"
ADDRESS = "/inspections/reconciliations/"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def clerk(who, client):
    found = person("Lý Thị Văn Thư", agency=who.lead, role="registry_clerk")
    sign_in(client, found)
    return found


def party(place: int) -> make.decision.Party:
    return make.decision.Party("DN", f"120034567{place}", f"Công ty Cửu Long {place}")


def three_digital_one_on_paper(who) -> None:
    for place in range(3):
        make.completed(who, decision_no=f"{place + 1}/QĐ-SKHCN", parties=[party(place)])
    make.decision.register_paper_inspection(
        by=who.leader,
        lead=who.lead,
        decision_no="4/QĐ-SKHCN",
        decided_on=today(),
        completed_on=today(),
        parties=[party(3)],
    )


def row(number: str, summary="Quyết định kiểm tra", day=None, done="", name="", tax="", kind="") -> str:
    return f"{number},{day or f'{today():%d/%m/%Y}'},{summary},{done},{name},{tax},{kind}\n"


def upload(client, who, text: str, *, name="so-di.csv", start=None, end=None):
    return client.post(
        f"{ADDRESS}new/",
        {
            "agency": who.lead.pk,
            "start": (start or date(today().year, 1, 1)).isoformat(),
            "end": (end or today() + timedelta(days=1)).isoformat(),
            "file": SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode()),
        },
    )


def share() -> str | None:
    return Board(ask(codes=["SKHCN"])).of(ask(codes=["SKHCN"]).agency_ids).i3.pct


def test_reconciling_turns_75_percent_into_50(client, who, clerk):
    three_digital_one_on_paper(who)
    assert share() == "75.00"
    assert Board(ask(codes=["SKHCN"])).reconciled.is_whole is False
    done = f"{today():%d/%m/%Y}"
    text = HEAD + "".join(
        [
            row("01/QĐ-SKHCN"),
            row("Số: 02/QĐ–SKHCN"),
            row("3/QĐ-SKHCN"),
            row("04/QĐ-SKHCN"),
            row("05/QĐ-SKHCN", done=done, name="Hộ kinh doanh Năm", tax="1200999995", kind="hộ kinh doanh"),
            row("06/QĐ-SKHCN", done=done, name="Công ty Sáu", tax="1200999996", kind="DN"),
            row("07/QĐ-SKHCN", summary="Quyết định gia hạn cuộc kiểm tra"),
            row("08/QĐ-SKHCN", summary="Quyết định nâng lương"),
            row("09/CV-SKHCN", summary="Mời họp về kiểm tra"),
        ]
    )
    response = upload(client, who, text)
    made = Reconciliation.objects.get()
    assert response.url == f"{ADDRESS}{made.pk}/"
    assert (made.rows, made.matched, made.missing, made.unlisted.count()) == (9, 4, 3, 0)
    assert (made.made_by_id, made.file_name, len(made.file_sha256)) == (clerk.pk, "so-di.csv", 64)
    assert share() == "75.00"  # comparing alone changes no figure
    client.post(f"{ADDRESS}{made.pk}/all/")
    assert share() == "50.00"
    paper = Inspection.objects.filter(decision_no__in=["05/QĐ-SKHCN", "06/QĐ-SKHCN"])
    assert [case.subjects.get().steps for case in paper] == ["PPPPN", "PPPPN"]
    assert Board(ask(codes=["SKHCN"])).reconciled.is_whole is False  # the seventh has no answer yet
    left = made.entries.get(number="07/QĐ-SKHCN")
    client.post(f"{ADDRESS}{made.pk}/{left.pk}/aside/", {"reason": ""})
    assert made.entries.get(pk=left.pk).is_open
    client.post(f"{ADDRESS}{made.pk}/{left.pk}/aside/", {"reason": "Gia hạn, không phải cuộc mới"})
    found = Board(ask(codes=["SKHCN"])).reconciled
    assert (found.is_whole, found.agencies, found.done, found.last_on) == (True, 1, 1, today())
    assert share() == "50.00"
    client.post(f"{ADDRESS}{made.pk}/all/")  # once more registers nothing
    assert Inspection.objects.count() == 6
    taken = list(
        AuditEvent.objects.filter(action__startswith="inspections.re").values_list("action", flat=True)
    )
    assert taken.count("inspections.register_missing") == 2
    assert taken.count("inspections.reconcile") == 1
    words = reconciled_words(numbers_of(ask(codes=["SKHCN"])))
    assert words.startswith("Đã đối soát với sổ đăng ký văn bản đi: có, các quyết định trước ngày ")
    assert words.endswith(f"đối soát lần cuối ngày {today():%d/%m/%Y}")
    sign_in(client, who.head)
    assert "yes, decisions to before" in client.get("/targets/?agency=SKHCN").content.decode()


def test_a_register_says_nothing_of_the_days_after_it_was_taken(client, who, clerk):
    make.decision.register_paper_inspection(
        by=who.leader,
        lead=who.lead,
        decision_no="4/QĐ-SKHCN",
        decided_on=today(),
        completed_on=today(),
        parties=[party(3)],
    )
    upload(client, who, HEAD + row("4/QĐ-SKHCN"), end=date(today().year + 2, 1, 1))
    assert Board(ask(codes=["SKHCN"])).reconciled.is_whole is True
    later = Board(ask(codes=["SKHCN"], as_of=date(today().year + 1, 3, 1), start=date(today().year, 1, 1)))
    assert later.reconciled.is_whole is False


def test_one_missing_decision_is_registered_with_what_the_clerk_adds(client, who, clerk):
    upload(client, who, HEAD + row("05/QĐ-SKHCN"))
    made = Reconciliation.objects.get()
    client.post(f"{ADDRESS}{made.pk}/all/")
    entry = RegisterEntry.objects.get()
    assert entry.is_open  # the register says neither day nor subject: nothing is guessed
    address = f"{ADDRESS}{made.pk}/{entry.pk}/"
    facts = {
        "completed_on": today().isoformat(),
        "kind": "DN",
        "identifier": "1200999995",
        "name": "Công ty Năm",
    }
    tomorrow = {**facts, "completed_on": (today() + timedelta(days=1)).isoformat()}
    assert "This day has not come yet." in client.post(address, tomorrow).content.decode()
    assert client.post(address, facts).url == f"{ADDRESS}{made.pk}/"
    case = Inspection.objects.get()
    assert (case.decision_no, case.decided_on, case.origin) == ("05/QĐ-SKHCN", today(), "REGISTERED")
    assert "answered already" in client.post(address, facts).content.decode()
    assert Inspection.objects.count() == 1


def test_what_the_register_does_not_name_is_listed_the_other_way(client, who, clerk):
    case = make.opened(who, decision_no="15/QĐ-SKHCN")
    upload(client, who, HEAD + row("16/QĐ-SKHCN"))
    made = Reconciliation.objects.get()
    assert list(made.unlisted.all()) == [case]
    page = client.get(f"{ADDRESS}{made.pk}/").content.decode()
    assert case.code in page
    assert "16/QĐ-SKHCN" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Số ký hiệu,Ngày ban hành\n5/QĐ-SKHCN,01/02/2026\n", ["missing: summary"]),
        (HEAD + row("QĐ-SKHCN"), ["is no number of a document", ">2<", "number"]),
        (HEAD + row("5/QĐ-SKHCN", day="31/02/2026"), ["signed_on", "31/02/2026"]),
        (HEAD + row("5/QĐ-SKHCN", day="24/03/2019"), ["lies outside the period of this register"]),
        (HEAD + row("5/2019/QĐ-SKHCN"), ["names another year than the day of signing"]),
        (HEAD + row("5/QĐ-SKHCN") + row("05/QĐ-SKHCN"), ["stands in row 2 as well", ">3<"]),
        (HEAD + row("5/QĐ-SKHCN", done="01/01/2019"), ["lies before the decision or in the future"]),
        ("", ["file"]),
    ],
)
def test_a_register_that_is_wrong_is_refused_with_row_and_column(client, who, clerk, text, said):
    page = upload(client, who, text).content.decode()
    assert [words for words in said if words not in page] == []
    assert not Reconciliation.objects.exists()


def test_a_workbook_is_read_like_a_text(client, who, clerk):
    cells = [["Số ký hiệu", "Ngày ban hành", "Trích yếu"], ["5/QĐ-SKHCN", f"{today():%d/%m/%Y}", "Kiểm tra"]]
    upload(client, who, make.xlsx(("Sổ đi", cells)), name="so-di.xlsx")
    assert RegisterEntry.objects.get().number == "5/QĐ-SKHCN"


def test_only_the_registry_of_the_agency_reconciles(client, who, clerk):
    upload(client, who, HEAD + row("05/QĐ-SKHCN"))
    made, entry = Reconciliation.objects.get(), RegisterEntry.objects.get()
    other = make.cast("SYT", "Sở Y tế")
    strangers = [
        person("Văn Thư Khác", agency=other.lead, role="registry_clerk"),
        who.head,
        person("Không Vai Trò", agency=who.lead),
    ]
    for stranger in strangers:
        sign_in(client, stranger)
        assert client.get(f"{ADDRESS}{made.pk}/").status_code == 403
        assert client.post(f"{ADDRESS}{made.pk}/all/").status_code == 403
        assert client.post(f"{ADDRESS}{made.pk}/{entry.pk}/aside/", {"reason": "x"}).status_code == 403
    sign_in(client, strangers[0])
    refused = upload(client, who, HEAD + row("05/QĐ-SKHCN"))
    assert refused.status_code == 200  # another's agency is not offered
    assert Reconciliation.objects.count() == 1


def test_other_readings_stand_beside_the_official_figure(client, who):
    make.completed(who, decision_no="1/QĐ-SKHCN", parties=[party(1), party(2)])
    late = make.completed(
        who, decision_no="2/QĐ-SKHCN", parties=[party(3)], method="ONSITE", visit_reason="x"
    )
    late.decision.__class__.objects.filter(pk=late.decision.pk).update(signed_on=today() - timedelta(days=20))
    make.decision.derive_steps(late)
    board = Board(ask(codes=["SKHCN"]))
    read = readings(board)
    assert (read.official.num, read.official.den) == (1, 2)
    assert (read.remote.num, read.remote.den) == (1, 2)
    assert (read.by_subject.num, read.by_subject.den) == (2, 3)
    assert (with_days(board, 1).num, with_days(board, 1).den) == (1, 2)  # one day is the rule itself
    assert with_days(board, 30).num == 2
    years = by_year(ask(codes=["SKHCN"]), 2025)
    assert [(year.year, year.version, year.ratio.target) for year in years] == [
        (2025, "1", 50),
        (2026, "1", 70),
    ]
    sign_in(client, who.head)
    page = client.get("/targets/readings/?agency=SKHCN&days=30").content.decode()
    assert page.count("not the official figure") == 4
    assert "100.00%" in page or "100%" in page
