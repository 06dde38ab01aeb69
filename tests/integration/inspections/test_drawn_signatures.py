"""Minutes are signed on the screen: bound to every word, by whom they name, drawn or typed, and never changed."""

import hashlib
import io
import json

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from inspections.actions import drawn_signatures, minutes
from inspections.actions.drawn_signatures import sign_on_screen, signing_sheet
from inspections.models import DrawnSignature, Minutes
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
HAND = [[[100, 200], [300, 100], [500, 300]], [[520, 150], [700, 160]]]


@pytest.fixture
def who():
    return make.cast()


@pytest.fixture
def subject(who):
    case = make.announced(who)
    found = case.subjects.get()
    make.send_sheet(who, found)
    make.write(who, found, others="Lê Văn Chứng, hàng xóm")
    return fresh(found)


def fresh(subject):
    """Read again, as a page does."""
    return type(subject).objects.get(pk=subject.pk)


def drawn(who, subject, place: str, by=None, **given):
    holder = {"LEADER": who.leader, "SECRETARY": who.secretary}.get(place, who.secretary)
    facts = {"shown": signing_sheet(who.leader, fresh(subject)).sha256, "strokes": HAND, **given}
    return sign_on_screen(by=by or holder, subject=fresh(subject), place=place, **facts)


def refusal(attempt) -> str:
    with pytest.raises(ValidationError) as refused:
        attempt()
    return " ".join(refused.value.messages)


def locked(who, subject) -> Minutes:
    return minutes.lock_minutes(by=who.leader, subject=fresh(subject))


class TestSigning:
    def test_who_signs_stands_in_the_minutes(self, who, subject):
        keys = [one.place.key for one in signing_sheet(who.leader, subject).places]
        assert keys == ["SUBJECT", "SECRETARY", "LEADER", "RELATED-1"]

    def test_what_was_drawn_stands_in_its_column_with_its_time(self, who, subject):
        for place in ("SUBJECT", "LEADER"):
            drawn(who, subject, place)
        kept = locked(who, subject)
        assert set(kept.content["drawn"]) == {"SUBJECT", "LEADER"}
        with pdfplumber.open(io.BytesIO(kept.pdf.read())) as pdf:
            page = next(page for page in pdf.pages if page.search("Ký trên màn hình"))
            captions = page.search("Ký trên màn hình [0-9:]+ [0-9/]+")
            names = [page.search("Phạm Thị Đại Diện")[-1], page.search("Trần Thị Trưởng")[-1]]
            assert len(captions) == 2
            for caption, name in zip(sorted(captions, key=lambda one: one["x0"]), names, strict=True):
                middle = (name["x0"] + name["x1"]) / 2
                assert (caption["x0"] + caption["x1"]) / 2 == pytest.approx(middle, abs=2)
                assert caption["bottom"] <= name["top"] + 2
            ink = [
                one for one in page.curves + page.lines if one["stroking_color"] not in ((0,), (0, 0, 0), 0)
            ]
            assert len(ink) == 2 * len(HAND)

    def test_each_is_kept_with_hash_time_hand_and_what_it_is_bound_to(self, who, subject):
        row = drawn(who, subject, "SUBJECT")
        assert row.sha256 == hashlib.sha256(row.svg.encode()).hexdigest()
        assert row.content_sha256 == signing_sheet(who.leader, fresh(subject)).sha256
        assert (row.name, row.taken_by, row.strokes) == ("Phạm Thị Đại Diện", who.secretary, HAND)
        event = AuditEvent.objects.get(action="inspections.sign_on_screen")
        assert event.new["sha256"] == row.sha256

    def test_typed_instead_of_drawn(self, who, subject):
        drawn(who, subject, "SUBJECT", strokes=None, typed="phạm thị đại diện")
        kept = locked(who, subject)
        with pdfplumber.open(io.BytesIO(kept.pdf.read())) as pdf:
            assert any(page.search("Gõ tên xác nhận") for page in pdf.pages)

    def test_nothing_drawn_the_minutes_are_as_before(self, who, subject):
        assert "drawn" not in locked(who, subject).content


class TestBoundToTheWords:
    def test_a_changed_draft_is_signed_again(self, who, subject):
        drawn(who, subject, "SUBJECT")
        make.write(who, subject, conclusion="Khác", others="Lê Văn Chứng, hàng xóm")
        assert signing_sheet(who.leader, fresh(subject)).void == ["Phạm Thị Đại Diện"]
        assert "Phạm Thị Đại Diện" in refusal(lambda: locked(who, subject))
        drawn(who, subject, "SUBJECT")
        assert locked(who, subject).content["drawn"]["SUBJECT"]["name"] == "Phạm Thị Đại Diện"

    def test_who_signed_and_then_refuses_is_replaced_by_the_witness(self, who, subject):
        drawn(who, subject, "SUBJECT")
        make.write(
            who, subject, refused=True, refusal_reason="Không đồng ý", witness_kind="PERSON",
            witness_name="Lê Văn Chứng", witness_title="Ấp 1",
        )  # fmt: skip
        keys = [one.place.key for one in signing_sheet(who.leader, fresh(subject)).places]
        assert keys[:3] == ["WITNESS", "SECRETARY", "LEADER"]
        assert refusal(lambda: drawn(who, subject, "SUBJECT"))
        drawn(who, subject, "WITNESS")
        assert set(locked(who, subject).content["drawn"]) == {"WITNESS"}

    def test_words_that_were_not_shown_are_not_signed(self, who, subject):
        assert refusal(lambda: drawn(who, subject, "SUBJECT", shown="0" * 64))

    def test_a_checklist_answered_anew_counts_as_a_change(self, who, subject):
        before = signing_sheet(who.leader, subject).sha256
        make.send_sheet(who, subject, make.sheet_xml({"sao_luu_kq": "chua_dat"}))
        assert signing_sheet(who.leader, fresh(subject)).sha256 != before


class TestWho:
    def test_leader_and_secretary_sign_from_their_own_accounts(self, who, subject):
        with pytest.raises(PermissionDenied):
            drawn(who, subject, "LEADER", by=who.secretary)
        with pytest.raises(PermissionDenied):
            drawn(who, subject, "SECRETARY", by=who.leader)

    def test_nobody_outside_of_the_team_and_the_agency_takes_a_signature(self, who, subject):
        with pytest.raises(PermissionDenied):
            drawn(who, subject, "SUBJECT", by=person("Người Ngoài"))

    def test_nobody_signs_twice_nor_in_a_place_that_is_not_there_nor_after_locking(self, who, subject):
        drawn(who, subject, "SUBJECT")
        assert refusal(lambda: drawn(who, subject, "SUBJECT"))
        assert refusal(lambda: drawn(who, subject, "WITNESS"))
        shown = signing_sheet(who.leader, fresh(subject)).sha256
        locked(who, subject)
        assert refusal(lambda: drawn(who, subject, "RELATED-1", shown=shown))


class TestBadInk:
    @pytest.mark.parametrize(
        "strokes",
        [
            None,
            [],
            "x",
            [[[500, 200]]],
            [[[500, 200], [510, 200]]],
            [[[0, 0], [2000, 0]]],
            [[[0, 0], ["a", 0]]],
            [[[0, 0, 0], [500, 0, 0]]],
            [[[n % 1000, n % 400] for n in range(7000)]],
        ],
    )
    def test_a_dot_or_what_no_hand_drew_is_a_sentence(self, who, subject, strokes):
        assert refusal(lambda: drawn(who, subject, "SUBJECT", strokes=strokes))
        assert not DrawnSignature.objects.exists()

    def test_another_name_typed_is_refused_with_the_right_one(self, who, subject):
        said = refusal(lambda: drawn(who, subject, "SUBJECT", strokes=None, typed="Ai đó"))
        assert "Phạm Thị Đại Diện" in said


class TestNeverChanged:
    @pytest.mark.parametrize("change", [{"svg": "x"}, {"strokes": []}, {"content_sha256": "0" * 64}])
    def test_not_by_sql(self, who, subject, change):
        drawn(who, subject, "SUBJECT")
        with pytest.raises(DatabaseError), transaction.atomic():
            DrawnSignature.objects.update(**change)

    def test_not_by_saving_or_deleting(self, who, subject):
        row = drawn(who, subject, "SUBJECT")
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


class TestPage:
    def test_from_the_list_of_places_to_the_signature(self, client, who, subject):
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/minutes/sign/"
        sign_in(client, who.secretary)
        page = client.get(at).content.decode()
        assert "?place=SUBJECT" in page and "?place=LEADER" not in page
        assert client.get(f"{at}?place=LEADER").status_code == 404
        sheet = signing_sheet(who.secretary, fresh(subject)).sha256
        empty = client.post(f"{at}?place=SUBJECT", {"shown": sheet, "strokes": "", "typed": ""})
        assert empty.status_code == 200 and not DrawnSignature.objects.exists()
        done = client.post(f"{at}?place=SUBJECT", {"shown": sheet, "strokes": json.dumps(HAND), "typed": ""})
        assert done.url == at
        assert "<polyline" in client.get(at).content.decode()

    def test_the_leader_shows_once_more_who_it_is_before_signing_and_locking(
        self, client, who, subject, settings
    ):
        at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/minutes/"
        sign_in(client, who.leader)
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        sheet = signing_sheet(who.leader, fresh(subject)).sha256
        facts = {"shown": sheet, "strokes": json.dumps(HAND), "typed": ""}
        assert client.post(f"{at}sign/?place=LEADER", facts).url.startswith("/accounts/reauthenticate/")
        assert client.post(f"{at}lock/").url.startswith("/accounts/reauthenticate/")
        assert not DrawnSignature.objects.exists()
        # What the subject draws on the leader's screen is not the leader's.
        assert client.post(f"{at}sign/?place=SUBJECT", facts).url == f"{at}sign/"
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
        assert client.post(f"{at}sign/?place=LEADER", facts).url == f"{at}sign/"
        assert DrawnSignature.objects.count() == 2


def test_the_drawing_is_a_plain_picture():
    svg = drawn_signatures.svg_of(HAND)
    assert svg.startswith("<svg ") and "script" not in svg


def test_minutes_without_answers_are_neither_signed_nor_locked(who):
    case = make.announced(who, parties=[make.decision.Party("DN", "1200999998", "Công ty Chưa Trả Lời")])
    found = case.subjects.get()
    make.write(who, found)
    assert refusal(lambda: drawn(who, found, "SUBJECT"))
    assert refusal(lambda: locked(who, found))
    assert not DrawnSignature.objects.exists()


def test_a_draft_goes_out_in_word_and_locked_minutes_do_not(client, who, subject):
    at = f"/inspections/{subject.inspection_id}/subjects/{subject.pk}/minutes/paper.docx"
    sign_in(client, who.secretary)
    answer = client.get(at)
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    locked(who, subject)
    assert client.get(at).status_code == 403
