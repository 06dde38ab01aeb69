"""Journey: a party comes in on its phone, hands files over, gives its opinion, puts right what was found."""

import uuid

import pytest

from inspections.actions import collection, minutes, party, remedies
from inspections.models import Finding, PartyStatement, ReceivedFile, Remedy
from tests.browser.inspections.test_inspection import picture
from tests.browser.quiet import until_quiet
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db(transaction=True)
PARTY = make.decision.Party(
    "DN", "1200345678", "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Xuất nhập khẩu Mỹ Phước Tây"
)


class Party:
    """The representative at a phone, step by step."""

    def __init__(self, visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.page.set_default_timeout(60_000)

    def goes(self, path: str, name: str) -> None:
        picture(self.visitor.go(path), f"party-{name}")

    def presses(self, button: str = "main form button.btn-primary") -> None:
        self.page.locator(button).first.click()
        until_quiet(self.page)
        self.visitor.look()


@pytest.fixture
def files(tmp_path):
    kept = []
    for name, content in (
        ("quy chế.pdf", b"%PDF-1.7 mot"),
        ("phụ lục danh mục hệ thống.pdf", b"%PDF-1.7 hai"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        kept.append(str(path))
    return kept


def test_a_party_on_its_phone(visit, files, tmp_path):
    who = make.cast()
    subject = make.announced(who, parties=[PARTY]).subjects.get()
    asked = make.handed_over(
        who, subject, collection.Wanted("Quy chế bảo đảm an toàn thông tin và các phụ lục kèm theo", "PDF"),
        collection.Wanted("Danh sách tài khoản quản trị"),
    )  # fmt: skip
    invited = make.invited(who, subject)
    guest = Party(visit(width=360))
    guest.goes("/party/", "sign-in")
    guest.goes(f"/party/invitations/{invited.token}/", "invitation")
    guest.page.locator("#id_code").fill(invited.code)
    guest.presses()
    picture(guest.page, "party-home")
    guest.goes(f"/party/requests/{asked.pk}/", "request")
    guest.goes(f"/party/items/{asked.items.first().pk}/", "send")
    guest.presses()  # nothing chosen: refused at its place
    guest.page.locator("#id_documents").set_input_files(files)
    guest.presses()
    picture(guest.page, "party-receipts")
    assert [row.name for row in ReceivedFile.objects.all()] == [
        "quy chế.pdf",
        "phụ lục danh mục hệ thống.pdf",
    ]
    for row in ReceivedFile.objects.all():
        assert guest.page.get_by_text(row.sha256[:16]).count()

    make.send_sheet(who, subject, make.sheet_xml({"sao_luu_kq": "chua_dat"}))
    make.write(who, subject)
    party.show_minutes(by=who.secretary, subject=subject)
    guest.goes("/party/minutes/", "minutes")
    guest.page.locator("#id_text").fill("Đề nghị hướng dẫn cách khôi phục thử bản sao lưu.")
    guest.presses()
    assert "khôi phục thử" in PartyStatement.objects.get().text
    minutes.lock_minutes(by=who.leader, subject=subject)
    remedy = make.remedy_of(subject.inspection, by=who.leader, finding=Finding.objects.get())

    proof = tmp_path / "biên bản khôi phục.png"
    proof.write_bytes(make.PNG)
    guest.goes("/party/", "home-with-remedy")
    for round_of, sent_back in ((1, True), (2, False)):
        guest.goes(f"/party/remedies/{remedy.pk}/", f"remedy-{round_of}")
        guest.page.locator("#id_file").set_input_files(str(proof))
        guest.presses("#bring ~ form button")
        guest.presses("#hand-in ~ form button")
        if sent_back:
            remedies.send_back(by=who.leader, remedy=remedy, reason="Thiếu chữ ký của người phụ trách")
    remedies.accept(by=who.head, remedy=Remedy.objects.get())
    guest.goes(f"/party/remedies/{remedy.pk}/", "accepted")
    assert Remedy.objects.get().is_accepted

    team = visit(width=1440, who=who.leader)
    at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}"
    picture(team.go(f"{at}/collection/"), "team-collection")
    picture(team.go(f"{at}/party/"), "team-party")
    second = make.announced(
        who, decision_no="16/QĐ", parties=[make.decision.Party("DN", str(uuid.uuid4())[:10], "Công ty Hai")]
    ).subjects.get()
    picture(
        team.go(f"/inspections/{second.inspection_id}/subjects/{second.pk}/collection/new/"), "team-request"
    )
    picture(team.go(f"/inspections/{second.inspection_id}/subjects/{second.pk}/party/new/"), "team-invite")
