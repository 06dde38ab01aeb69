"""The portal of the inspected party: who gets in, what it sees, what it does, and what stays out of its reach."""

import io
import re
import uuid
from datetime import timedelta

import pdfplumber
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from inspections.actions import collection, minutes, party, portal, remedies
from inspections.models import (
    PartyAccess,
    PartyAttempt,
    PartySession,
    PartyStatement,
    ReceivedFile,
    Remedy,
    RemedyEvidence,
)
from lms.base.audit.labels import action_label
from lms.base.dates import today
from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from tests.factories import inspections as make
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
Wanted = collection.Wanted
NEIGHBOUR = make.decision.Party("DN", "1200999999", "Công ty Cổ phần Hậu Giang")
PDF = b"%PDF-1.7 noi dung"


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def case(who):
    return make.announced(who, parties=[make.PARTY, NEIGHBOUR])


@pytest.fixture
def subject(case):
    return case.subjects.first()


@pytest.fixture
def neighbour(case):
    return case.subjects.last()


@pytest.fixture
def asked(who, subject):
    return make.handed_over(who, subject, Wanted("Quy chế", "PDF"), Wanted("Danh sách tài khoản"))


def browser(who, subject, **given) -> Client:
    client = Client()
    client.cookies["party"] = make.cookie_of(who, subject, **given)
    return client


def refusal(attempt) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        attempt()
    return " ".join(refused.value.messages)


def pdf(name: str = "quy chế.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def words(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as paper:
        return " ".join(" ".join(page.extract_text().split()) for page in paper.pages)


def come_in(contact, code, address="10.0.0.1"):
    return party.come_in(contact=contact, code=code, address=address)


class TestInvitation:
    def test_link_and_code_together_open_once(self, who, subject, client):
        fresh = make.invited(who, subject)
        page = client.get(f"/party/invitations/{fresh.token}/")
        assert page.status_code == 200 and fresh.code not in page.content.decode()
        went = client.post(
            f"/party/invitations/{fresh.token}/", {"code": fresh.code.lower().replace("-", " ")}
        )
        assert went.url == "/party/"
        assert str(subject) in client.get("/party/").content.decode()
        again = Client().post(f"/party/invitations/{fresh.token}/", {"code": fresh.code})
        assert again.status_code == 200 and "party" not in again.cookies

    def test_looking_at_the_link_uses_nothing_up(self, who, subject, client):
        fresh = make.invited(who, subject)
        for _look in range(3):
            client.get(f"/party/invitations/{fresh.token}/")
        assert party.open_link(token=fresh.token, code=fresh.code, address=None)

    def test_the_cookie_is_of_the_portal_alone_and_no_script_reads_it(self, who, subject, client):
        fresh = make.invited(who, subject)
        client.post(f"/party/invitations/{fresh.token}/", {"code": fresh.code})
        cookie = client.cookies["party"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/party/", True, "Lax")
        assert "sessionid" not in client.cookies or not client.session.get("_auth_user_id")

    def test_link_and_code_expire(self, who, subject):
        fresh = make.invited(who, subject)
        PartyAccess.objects.update(link_until=timezone.now() - timedelta(seconds=1))
        assert party.open_link(token=fresh.token, code=fresh.code, address=None) is None
        PartyAccess.objects.update(
            link_until=timezone.now() + timedelta(days=1), code_until=timezone.now() - timedelta(seconds=1)
        )
        assert party.open_link(token=fresh.token, code=fresh.code, address=None) is None

    def test_the_mail_holds_the_link_and_never_the_code(self, who, subject):
        fresh = make.invited(who, subject, email="Dai.Dien@CuuLong.vn", phone="")
        with transaction.atomic():
            pass
        assert fresh.token not in str(Job.objects.get(kind=party.MAIL).payload)
        run_due()
        (letter,) = mail.outbox
        assert letter.to == ["dai.dien@cuulong.vn"]
        assert fresh.token in letter.body and fresh.code not in letter.body and "15/QĐ-SKHCN" in letter.body

    def test_neither_link_nor_code_is_kept(self, who, subject):
        fresh = make.invited(who, subject)
        row = str(PartyAccess.objects.filter(pk=fresh.access.pk).values().get())
        assert fresh.token not in row and fresh.code not in row

    def test_several_persons_of_a_subject_come_in_each_under_their_own_name(self, who, subject, asked):
        for name in ("Phạm Thị Đại Diện", "Võ Văn Kế Toán"):
            access, _cookie = make.come_in(who, subject, name=name)
            portal.hand_files(access=access, files=[pdf()], key=uuid.uuid4())
        givers = list(ReceivedFile.objects.values_list("giver", flat=True))
        assert givers == ["Phạm Thị Đại Diện, Giám đốc", "Võ Văn Kế Toán, Giám đốc"]

    def test_the_team_invites_after_the_announcement_others_do_not(self, who, subject):
        foreign = person("Người Ngoài", agency=agency("SYT"), role="inspector")
        for other in (foreign, who.head):
            with pytest.raises(PermissionDenied):
                make.invited(who, subject, by=other)
        assert make.invited(who, subject, by=who.secretary).code
        planned = make.teamed(
            who, decision_no="16/QĐ-SKHCN", parties=[make.decision.Party("DN", "12", "Công ty Khác")]
        )
        assert refusal(lambda: make.invited(who, planned.subjects.get()))

    def test_the_same_key_again_makes_no_second_access_and_shows_no_code(self, who, subject):
        key = uuid.uuid4()
        first, again = make.invited(who, subject, key=key), make.invited(who, subject, key=key)
        assert (first.access, again.code, again.token) == (again.access, "", "")

    def test_somebody_who_cannot_be_reached_is_refused_by_action_and_database(self, who, subject):
        with pytest.raises(ValidationError):
            make.invited(who, subject, phone="")
        row = make.invited(who, subject).access
        with pytest.raises(IntegrityError), transaction.atomic():
            PartyAccess.objects.filter(pk=row.pk).update(phone="", email="")


class TestSignIn:
    @pytest.mark.parametrize(
        "contact", ["0909123456", "+84 909 123 456", "KE.TOAN@cuulong.vn", "082185001234"]
    )
    def test_by_phone_mail_or_personal_number_however_it_is_typed(self, who, subject, contact):
        given = {"email": "ke.toan@CuuLong.vn", "personal_number": "082185001234"}
        fresh = make.invited(who, subject, **given)
        assert come_in(contact, fresh.code)
        assert come_in(contact, fresh.code) is None  # a code opens once

    def test_a_code_by_mail_works_a_quarter_of_an_hour(self, who, subject):
        make.come_in(who, subject, email="kt@cuulong.vn")
        mail.outbox.clear()
        Job.objects.all().delete()
        party.ask_code(contact="kt@cuulong.vn", address="10.0.0.1")
        run_due()
        code = re.search(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b", mail.outbox[0].body)[0]
        access = PartyAccess.objects.get()
        assert access.code_until - timezone.now() <= timedelta(minutes=15)
        assert come_in("kt@cuulong.vn", code)

    def test_an_unknown_contact_is_answered_like_a_known_one(self, who, subject):
        make.invited(who, subject, email="co@cuulong.vn")
        answers = []
        for contact in ("co@cuulong.vn", "khong@cuulong.vn"):
            page = Client().post("/party/sign-in/", {"contact": contact, "send": "1"})
            answers.append((page.status_code, neutral(page, contact)))
            wrong = Client().post("/party/sign-in/", {"contact": contact, "code": "AAAA-BBBB-CCCC-DDDD"})
            answers.append((wrong.status_code, neutral(wrong, contact)))
        for known, unknown in (answers[0::2], answers[1::2]):
            assert known[0] == unknown[0]
            assert known[1].splitlines() == unknown[1].splitlines()
        assert Job.objects.filter(kind=party.MAIL).count() == 2  # invitation and code of the known one

    @pytest.mark.parametrize("contact", ["0909123456", "0000000000"], ids=["known", "unknown"])
    def test_five_wrong_codes_lock_a_contact_known_or_not(self, who, subject, contact):
        fresh = make.invited(who, subject)
        for _try in range(5):
            assert come_in(contact, "WRONG") is None
        with pytest.raises(party.TooOften):
            come_in(contact, fresh.code, address="10.9.9.9")
        page = Client().post("/party/sign-in/", {"contact": contact, "code": fresh.code})
        assert page.status_code == 429 and page["Retry-After"] == "900"
        PartyAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
        assert bool(come_in(contact, fresh.code)) == (contact == "0909123456")

    def test_thirty_wrong_codes_from_one_address_lock_the_address(self, who, subject):
        fresh = make.invited(who, subject)
        for number in range(30):
            come_in(f"09{number:08d}", "WRONG", address="10.0.0.7")
        with pytest.raises(party.TooOften):
            come_in("0909123456", fresh.code, address="10.0.0.7")
        assert come_in("0909123456", fresh.code, address="10.0.0.8")

    def test_codes_asked_for_without_end_are_no_longer_sent(self, who, subject):
        make.invited(who, subject, email="co@cuulong.vn")
        for _ask in range(6):
            party.ask_code(contact="co@cuulong.vn", address="10.0.0.1")
        assert Job.objects.filter(kind=party.MAIL).count() == 1 + 3
        for number in range(24):
            party.ask_code(contact=f"x{number}@cuulong.vn", address="10.0.0.1")
        with pytest.raises(party.TooOften):
            party.ask_code(contact="y@cuulong.vn", address="10.0.0.1")

    def test_a_revoked_access_is_out_at_once_and_its_mail_is_not_sent(self, who, subject):
        client = browser(who, subject, email="co@cuulong.vn")
        assert client.get("/party/").status_code == 200
        access = PartyAccess.objects.get()
        assert refusal(lambda: party.revoke_party(by=who.leader, access=access, reason=" "))
        party.revoke_party(by=who.leader, access=access, reason="Không còn đại diện")
        assert client.get("/party/").url == "/party/sign-in/"
        assert refusal(lambda: party.renew_code(by=who.leader, access=access))
        run_due()
        assert mail.outbox == []

    def test_sessions_end_by_leaving_by_idleness_and_by_their_age(self, who, subject):
        client = browser(who, subject)
        client.post("/party/sign-out/")
        client.cookies["party"] = "x"
        assert client.get("/party/").status_code == 302
        for change in (
            {"seen_at": timezone.now() - timedelta(minutes=61)},
            {"ends_at": timezone.now() - timedelta(seconds=1)},
        ):
            client = browser(who, subject)
            assert client.get("/party/").status_code == 200
            PartySession.objects.update(**change)
            assert client.get("/party/").status_code == 302

    @pytest.mark.parametrize("status", ["CANCELLED", "TERMINATED"])
    def test_a_case_that_asks_for_nothing_any_more_lets_nobody_in(self, who, subject, status, monkeypatch):
        client = browser(who, subject)
        monkeypatch.setattr("inspections.queries.OPEN_TO_PARTIES", ())
        assert client.get("/party/").status_code == 302

    def test_forms_need_their_token(self, who, subject):
        client = Client(enforce_csrf_checks=True)
        client.cookies["party"] = make.cookie_of(who, subject)
        assert client.post("/party/explain/", {"text": "x", "uuid": uuid.uuid4()}).status_code == 403
        assert client.post("/party/sign-in/", {"contact": "a", "code": "b"}).status_code == 403


def neutral(page, contact: str) -> str:
    """Return a page without what differs by itself: the contact typed and the tokens."""
    text = page.content.decode().replace(contact, "CONTACT")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|nonce="[^"]*"', "", text)


class TestApart:
    def test_the_portal_opens_no_page_of_staff(self, who, subject, case):
        client = browser(who, subject)
        for address in (
            f"/inspections/{case.pk}/",
            "/inspections/",
            "/learn/",
            "/my/data/",
            f"/inspections/{case.pk}/subjects/{subject.pk}/collection/",
        ):
            assert client.get(address).url.startswith("/accounts/login/")

    def test_a_session_of_staff_opens_no_page_of_the_portal(self, who, subject):
        client = sign_in(Client(), who.leader)
        assert client.get("/party/").url == "/party/sign-in/"

    def test_both_in_one_browser_stay_apart(self, who, subject):
        client = sign_in(browser(who, subject), who.leader)
        page = client.get("/party/").content.decode()
        assert who.leader.full_name not in page.split("<footer")[0].split("</header>")[0]
        access = PartyAccess.objects.get()
        client.post("/party/explain/", {"text": "Giải trình", "uuid": str(uuid.uuid4())})
        event = AuditEvent.objects.get(action="inspections.party_stated")
        assert (event.actor_id, event.actor_roles) == (f"party:{access.pk}", "inspected_party")

    def test_two_parties_of_one_case_never_cross(self, who, case, subject, neighbour, asked):
        mine, theirs = browser(who, subject), browser(who, neighbour, phone="0911222333")
        item = asked.items.first()
        mine.post(f"/party/items/{item.pk}/", {"documents": [pdf()], "key": str(uuid.uuid4())})
        row = ReceivedFile.objects.get()
        make.write(who, subject)
        party.show_minutes(by=who.secretary, subject=subject)
        for address in (
            f"/party/requests/{asked.pk}/",
            f"/party/items/{item.pk}/",
            f"/party/received/{row.pk}/",
            f"/party/receipts.pdf?number={row.number}",
            f"/party/documents/{asked.document_id}/",
            "/party/minutes/",
            "/party/minutes/paper.pdf",
        ):
            assert mine.get(address).status_code == 200, address
            assert theirs.get(address).status_code == 404, address
        home = theirs.get("/party/").content.decode()
        assert subject.name not in home and "quy chế.pdf" not in home and neighbour.name in home
        assert neighbour.name not in mine.get("/party/").content.decode()
        sent = theirs.post(f"/party/items/{item.pk}/", {"documents": [pdf()], "key": str(uuid.uuid4())})
        assert sent.status_code == 404 and ReceivedFile.objects.count() == 1

    def test_the_same_identifier_sent_by_another_party_gives_no_receipt_of_the_first(
        self, who, subject, neighbour
    ):
        key = uuid.uuid4()
        first, _cookie = make.come_in(who, subject)
        second, _cookie = make.come_in(who, neighbour)
        portal.hand_files(access=first, files=[pdf()], key=key)
        done = portal.hand_files(access=second, files=[pdf()], key=key)
        assert all(row.subject_id == neighbour.pk for row in done.receipts)

    def test_the_team_s_own_papers_stay_with_the_team(self, who):
        case = make.announced(who)
        subject, clerk = case.subjects.get(), make.clerk(who)
        make.planned(who, case)
        plan = make.numbered(who, case, "ke-hoach-tien-hanh", clerk)
        decision = make.numbered(who, case, "quyet-dinh-kiem-tra", clerk)
        draft = make.drafted(who, case, "de-cuong-bao-cao", outline="1. Tình hình")
        client = browser(who, subject)
        assert client.get(f"/party/documents/{decision.pk}/").status_code == 200
        for hidden in (plan, draft):
            assert client.get(f"/party/documents/{hidden.pk}/").status_code == 404

    def test_a_decision_that_names_another_party_is_not_opened(self, who, case, subject):
        decision = make.numbered(who, case, "quyet-dinh-kiem-tra", make.clerk(who))
        assert browser(who, subject).get(f"/party/documents/{decision.pk}/").status_code == 404

    def test_a_request_not_handed_over_is_not_seen(self, who, subject):
        draft = make.requested(who, subject, Wanted("Kín"))
        client = browser(who, subject)
        assert client.get(f"/party/requests/{draft.pk}/").status_code == 404
        assert client.get(f"/party/items/{draft.items.get().pk}/").status_code == 404
        assert "Kín" not in client.get("/party/").content.decode()


class TestHandingOver:
    @pytest.fixture
    def access(self, who, subject, asked):
        return make.come_in(who, subject)[0]

    def send(self, access, *files, key=None, item=None):
        return portal.hand_files(access=access, files=files, key=key or uuid.uuid4(), item=item)

    def test_each_file_has_its_receipt_with_size_hash_time_and_who_took_it(self, access, asked):
        item = asked.items.first()
        done = self.send(access, pdf("một.pdf"), pdf("hai.pdf", PDF + b"2"), item=item)
        assert [row.number for row in done.receipts] == [1, 2] and done.refused == []
        first = ReceivedFile.objects.get(number=1)
        assert (first.name, first.size, first.sent_by, first.taken_by) == ("một.pdf", len(PDF), access, None)
        assert first.file.read() == PDF and first.came_on == today() and not first.on_paper
        assert first.taken_by_name and first.item == item

    def test_sent_again_after_a_cut_nothing_is_kept_twice_and_what_was_missing_is_kept(self, access):
        key = uuid.uuid4()
        self.send(access, pdf("một.pdf"), key=key)
        done = self.send(access, pdf("một.pdf"), pdf("hai.pdf", PDF + b"2"), key=key)
        assert [row.number for row in done.receipts] == [1, 2]
        assert ReceivedFile.objects.count() == 2

    def test_a_bad_file_is_named_and_takes_no_good_one_with_it(self, access, asked):
        bad = SimpleUploadedFile("virus.pdf", b"MZ\x90")
        empty = SimpleUploadedFile("rỗng.pdf", b"")
        done = self.send(access, pdf(), bad, empty, item=asked.items.first())
        assert len(done.receipts) == 1 and len(done.refused) == 2
        assert "virus.pdf" in done.refused[0] and "rỗng.pdf" in done.refused[1]

    def test_the_form_asked_for_is_kept_to(self, access, asked):
        done = self.send(access, make.photo("ảnh.png"), item=asked.items.first())
        assert done.receipts == [] and "ảnh.png" in done.refused[0]
        assert len(self.send(access, make.photo("ảnh.png"), item=asked.items.last()).receipts) == 1

    def test_too_many_and_too_large_are_refused(self, access, monkeypatch):
        assert refusal(lambda: self.send(access, *[pdf()] * 11))
        assert refusal(lambda: self.send(access))
        monkeypatch.setattr(portal, "MOST_BYTES", len(PDF))
        assert len(self.send(access, pdf()).receipts) == 1
        assert self.send(access, pdf("hai.pdf", PDF + b"2")).refused
        monkeypatch.setattr(portal, "MOST_BYTES", 10**9)
        monkeypatch.setattr(portal, "MOST_OF_SUBJECT", 1)
        assert self.send(access, pdf("ba.pdf", PDF + b"3")).refused

    def test_a_name_with_folders_or_tricks_is_only_a_name(self, access):
        (row,) = self.send(access, pdf("..\\..\\etc/passwd.pdf")).receipts
        assert row.name == "passwd.pdf" and ".." not in row.file.name

    def test_nothing_comes_in_once_the_minutes_are_locked_or_the_case_stands_still(self, who, access):
        subject = access.subject
        make.course.suspend(by=who.head, inspection=subject.inspection, reason="Bão lũ", paper=make.paper())
        assert self.send(access, pdf()).refused
        make.course.resume(by=who.head, inspection=subject.inspection, reason="Hết bão")
        make.send_sheet(who, subject)
        make.write(who, subject)
        minutes.lock_minutes(by=who.leader, subject=subject)
        assert self.send(access, pdf()).refused and not ReceivedFile.objects.exists()

    def test_no_sql_changes_a_receipt(self, access):
        (row,) = self.send(access, pdf()).receipts
        with pytest.raises(IntegrityError), transaction.atomic():
            ReceivedFile.objects.filter(pk=row.pk).update(name="Khác")

    def test_the_page_says_each_receipt_and_each_refusal(self, who, subject, asked):
        client = browser(who, subject)
        at = f"/party/items/{asked.items.first().pk}/"
        page = client.post(
            at, {"documents": [pdf(), SimpleUploadedFile("x.pdf", b"MZ")], "key": uuid.uuid4()}
        )
        text = page.content.decode()
        assert page.status_code == 400 and "x.pdf" in text and ReceivedFile.objects.get().sha256[:16] in text
        went = client.post(at, {"documents": [pdf("hai.pdf")], "key": uuid.uuid4()})
        assert went.url == f"/party/requests/{asked.pk}/"
        assert client.post(at, {"key": uuid.uuid4()}).status_code == 400
        receipt = client.get("/party/receipts.pdf").content
        assert "GIẤY BIÊN NHẬN" in words(receipt)

    def test_it_counts_as_recorded_the_moment_it_comes(self, who, subject, access, asked):
        self.send(access, pdf(), item=asked.items.first())
        assert make.Inspection.objects.get(pk=subject.inspection_id).subjects.first().steps[1] == "D"

    def test_it_may_say_why_not_and_ask(self, who, subject, asked, access):
        client = browser(who, subject)
        at = f"/party/items/{asked.items.first().pk}/"
        data = {"text": "Ngoài nội dung kiểm tra", "uuid": str(uuid.uuid4()), "say": "1"}
        for _again in range(2):
            client.post(at, data)
        row = PartyStatement.objects.get()
        assert (row.about, row.item, row.text) == ("ITEM", asked.items.first(), "Ngoài nội dung kiểm tra")
        team = sign_in(Client(), who.secretary)
        page = team.get(f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/party/").content.decode()
        assert "Ngoài nội dung kiểm tra" in page
        with pytest.raises(IntegrityError), transaction.atomic():
            PartyStatement.objects.update(text="Đồng ý")


class TestMinutes:
    def test_a_draft_is_read_only_after_the_team_shows_it_and_the_opinion_stands_in_the_minutes(
        self, who, subject
    ):
        client = browser(who, subject)
        make.send_sheet(who, subject)
        make.write(who, subject, opinion="Nói miệng: đồng ý.")
        assert client.get("/party/minutes/").status_code == 404
        team = sign_in(Client(), who.secretary)
        team.post(f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/minutes/show/")
        assert client.get("/party/minutes/").status_code == 200
        data = {"text": "Đề nghị xem lại mục sao lưu", "uuid": str(uuid.uuid4())}
        assert client.post("/party/minutes/", {**data, "text": " "}).status_code == 400
        client.post("/party/minutes/", data)
        assert len(PartyStatement.objects.get().read_sha256) == 64
        row = minutes.lock_minutes(by=who.leader, subject=subject)
        text = words(row.pdf.read())
        assert "Nói miệng: đồng ý." in text and "Đề nghị xem lại mục sao lưu" in text
        assert "Phạm Thị Đại Diện" in text
        assert client.get("/party/minutes/paper.pdf").status_code == 200
        late = client.post("/party/minutes/", {**data, "uuid": str(uuid.uuid4())})
        assert late.status_code == 400 and PartyStatement.objects.count() == 1

    def test_it_may_explain_at_any_time(self, who, subject):
        client = browser(who, subject)
        assert client.post("/party/explain/", {"text": "", "uuid": uuid.uuid4()}).status_code == 400
        client.post("/party/explain/", {"text": "Giải trình", "uuid": uuid.uuid4()})
        assert PartyStatement.objects.get().about == "CASE"

    def test_who_goes_back_and_writes_on_loses_neither_the_first_words_nor_the_second(self, who, subject):
        client, form = browser(who, subject), {"uuid": str(uuid.uuid4())}
        for text in ("Giải trình", "Giải trình, bổ sung số liệu", "Giải trình"):
            assert client.post("/party/explain/", {**form, "text": text}).status_code == 302
        kept = PartyStatement.objects.order_by("pk").values_list("text", flat=True)
        assert list(kept) == ["Giải trình", "Giải trình, bổ sung số liệu"]


class TestRemedies:
    @pytest.fixture
    def remedy(self, who):
        case = make.with_findings(who, parties=[make.PARTY, NEIGHBOUR])
        return make.remedy_of(case, by=who.leader)

    def test_brought_handed_in_sent_back_brought_again_and_accepted(self, who, remedy):
        subject = remedy.finding.subject
        client = browser(who, subject)
        at = f"/party/remedies/{remedy.pk}/"
        assert remedy.what in client.get("/party/").content.decode()
        early = client.post(f"{at}hand-in/", {"reason": "Đã làm"})
        assert early.status_code == 400
        client.post(at, {"file": make.photo("một.png"), "uuid": uuid.uuid4()})
        client.post(f"{at}hand-in/", {"reason": "Đã khôi phục thử"})
        remedy.refresh_from_db()
        assert remedy.state == "HANDED_IN"
        remedies.send_back(by=who.leader, remedy=remedy, reason="Thiếu biên bản")
        assert "Thiếu biên bản" in client.get(at).content.decode()
        client.post(at, {"file": make.photo("hai.png", make.PNG + b"x"), "uuid": uuid.uuid4()})
        client.post(f"{at}hand-in/")
        remedies.accept(by=who.head, remedy=Remedy.objects.get(pk=remedy.pk))
        page = client.get(at)
        assert (
            page.status_code == 200
            and client.post(at, {"file": make.photo(), "uuid": uuid.uuid4()}).status_code == 400
        )
        evidence = RemedyEvidence.objects.first()
        assert (evidence.added_by, evidence.sent_by) == (None, PartyAccess.objects.get())
        assert client.get(f"{at}evidence/{evidence.pk}/").status_code == 200
        entries = list(remedy.entries.values_list("event", "by", "by_name"))
        assert entries[1] == ("hand_in", None, "Phạm Thị Đại Diện, Giám đốc")
        assert AuditEvent.objects.filter(
            action="inspections.hand_in_remedy", actor_id__startswith="party:", actor_agency=str(subject)
        ).exists()

    def test_it_is_nobody_else_s(self, who, remedy):
        other = remedy.finding.subject.inspection.subjects.last()
        client = browser(who, other, phone="0911222333")
        at = f"/party/remedies/{remedy.pk}/"
        assert client.get(at).status_code == 404
        assert client.post(f"{at}hand-in/").status_code == 404
        access = PartyAccess.objects.get()
        assert refusal(lambda: portal.hand_remedy_in(access=access, remedy=remedy))


class TestThePagesOfTheTeam:
    def test_invite_new_code_and_revoke(self, who, subject):
        client = sign_in(Client(), who.secretary)
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/party/"
        missing = client.post(f"{at}new/", {"name": "A", "key": uuid.uuid4()})
        assert missing.status_code == 200 and not PartyAccess.objects.exists()
        made = client.post(f"{at}new/", {"name": "Bà A", "phone": "0909 000 111", "key": uuid.uuid4()})
        text = made.content.decode()
        code = re.search(r'id="code">([^<]+)', text)[1]
        assert "/party/invitations/" in text and "no-store" in made["Cache-Control"]
        row = PartyAccess.objects.get()
        renewed = client.post(f"/inspections/{subject.inspection_id}/party/{row.pk}/code/").content.decode()
        assert code not in renewed and come_in("0909000111", code) is None
        assert come_in("0909000111", re.search(r'id="code">([^<]+)', renewed)[1])
        revoke = f"/inspections/{subject.inspection_id}/party/{row.pk}/revoke/"
        assert client.post(revoke, {"reason": ""}).status_code == 200
        client.post(revoke, {"reason": "Nghỉ việc"})
        assert "Nghỉ việc" in client.get(at).content.decode()
        for action in ("invite_party", "renew_party_code", "revoke_party", "party_signed_in"):
            assert AuditEvent.objects.filter(action=f"inspections.{action}").exists()
            assert action_label(f"inspections.{action}") != f"inspections.{action}"

    def test_a_case_of_another_agency_is_not_found(self, subject):
        stranger = person("Người Ngoài", agency=agency("SYT"), role="inspector")
        client = sign_in(Client(), stranger)
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/party/"
        assert client.get(at).status_code == 404


def test_the_first_page_asks_the_same_number_of_queries_for_one_request_and_for_three(who, subject, asked):
    client, clerk = browser(who, subject), make.clerk(who, "Văn Thư Hai")
    access = PartyAccess.objects.get()
    counts = []
    for _round in range(2):
        portal.hand_files(access=access, files=[pdf()], key=uuid.uuid4(), item=asked.items.first())
        client.get("/party/")
        with CaptureQueriesContext(connection) as counted:
            client.get("/party/")
        counts.append(len(counted))
        for _more in range(2):
            make.handed_over(who, subject, Wanted("Sổ"), by=clerk)
    assert counts[0] == counts[1]
