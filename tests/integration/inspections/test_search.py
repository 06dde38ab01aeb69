"""One search over what one may see: without accents and with, exact first, by number, by words of findings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from inspections.actions.findings import word_finding
from inspections.models import Finding
from tests.factories import inspections as make
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return make.cast()


def party(n: int, name: str):
    return [make.decision.Party("CQNN", f"CQ-{n}", name)]


def found(client, somebody, text: str) -> str:
    sign_in(client, somebody)
    page = client.get("/inspections/search/", {"q": text}).content.decode()
    return page.split('role="search"', 1)[1]


def test_cases_by_every_word_with_and_without_accents_exact_first(who, client):
    plain = make.opened(who, decision_no="1/QĐ", parties=party(1, "Trường Tiểu học Hoa Binh"))
    exact = make.opened(who, decision_no="2/QĐ", parties=party(2, "Trường Tiểu học Hòa Bình"))
    newest = make.opened(who, decision_no="3/QĐ", parties=party(3, "Trường Tiểu học Hoa Binh Hai"))
    for text in ("hoa binh", "HÒA BÌNH", "hoà bình"):
        page = found(client, who.leader, text)
        assert all(case.code in page for case in (plain, exact, newest)), text
    page = found(client, who.leader, "Hòa Bình")
    assert page.index(exact.code) < page.index(newest.code)


@pytest.mark.parametrize("text", ["CQ-7", "so khoa hoc", "mật khẩu quản trị", "77/QĐ-SKHCN", "Viễn thông"])
def test_by_subject_agency_content_number_and_field(who, client, text):
    case = make.opened(
        who, decision_no="77/QĐ-SKHCN", parties=party(7, "Bưu điện"), content="Việc đổi mật khẩu quản trị",
        field="Viễn thông",
    )  # fmt: skip
    make.opened(who, decision_no="78/QĐ", parties=party(8, "Khác"), field="Khác", content="Khác")
    page = found(client, who.leader, text)
    assert case.code in page


def test_documents_by_their_number(who, client):
    case = make.completed(who, parties=party(1, "Một"))
    page = found(client, who.leader, "22/TB-SKHCN")
    assert "22/TB-SKHCN" in page.split("Documents", 1)[1]
    assert case.code in page
    drafted = make.signed(
        who,
        make.announced(who, parties=party(2, "Hai"), decision_no="9/QĐ"),
        "de-cuong-bao-cao",
        outline="1. A",
    )
    numbered = make.numbering.number_document(
        by=make.person("Văn Thư", agency=who.lead, role="registry_clerk"), document=drafted, number=41
    )
    page = found(client, who.leader, f"{numbered.number:03d}/{numbered.symbol}")
    assert f"/documents/{numbered.pk}/" in page


def test_findings_by_their_words_even_frozen_ones(who, client):
    case = make.with_findings(who, parties=party(1, "Một"))
    finding = Finding.objects.get()
    word_finding(by=who.leader, finding=finding, words="Máy chủ đặt dưới gầm cầu thang")
    page = found(client, who.leader, "gam cau thang")
    assert f"/inspections/{case.pk}/findings/{finding.pk}/" in page


def test_nothing_of_another_agency_is_found(who, client):
    other = make.cast("SYT", "Sở Y tế")
    make.with_findings(who, parties=party(1, "Bệnh viện Kín"), decision_no="55/QĐ-KIN")
    for text in ("Bệnh viện Kín", "55/QĐ-KIN", "sao lưu"):
        assert "Nothing found" in found(client, other.leader, text), text


def test_as_many_queries_for_many_hits_as_for_one(who, client):
    counts = []
    for n in (1, 2, 3):
        make.with_findings(who, parties=party(n, f"Đơn vị sao lưu {n}"), decision_no=f"{n}/QĐ")
        sign_in(client, who.leader)
        with CaptureQueriesContext(connection) as asked:
            client.get("/inspections/search/", {"q": "sao lưu"})
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_one_letter_and_nothing_ask_nothing(who, client):
    make.opened(who, parties=party(1, "Một"))
    for text in ("", "m"):
        assert "Một" not in found(client, who.leader, text)
