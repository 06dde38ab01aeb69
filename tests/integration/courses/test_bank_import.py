"""An author's file into a bank: what is taken, what is refused and where, and that nothing happens twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from courses.actions import retire_question, review_question, save_question
from courses.banks.template import template_workbook
from courses.models import Question, QuestionBank
from lms.base.models import AuditEvent, ImportRun
from tests.factories import courses, people
from tests.factories.uploads import confirm, lines, undo, upload

pytestmark = pytest.mark.django_db
MOODLE = (Path(__file__).parents[2] / "data" / "banks" / "moodle-4.xml").read_bytes()
GIFT = """// [id:A1]
Thủ đô của Việt Nam? {=Hà Nội ~Huế ~Đà Nẵng}

// [id:A2]
Năm nào có Luật Giao dịch điện tử số 20? {#2023}
"""


@pytest.fixture
def bank(client):
    people.sign_in(client, people.person("Trần Thị Ngọc Hân", role="author"))
    return QuestionBank.objects.create(code="NH-ATTT", name="Ngân hàng an toàn thông tin")


def send(client, bank, content, name="a.gift"):
    return upload(client, content, kind="questions", name=name, into=bank.code)


def counts(run):
    return tuple(run.report[name] for name in ("added", "changed", "unchanged", "refused"))


def test_a_moodle_bank_is_shown_first_then_written_as_drafts_and_the_second_time_changes_nothing(
    client, bank
):
    run = send(client, bank, MOODLE, "quiz.xml")
    assert (run.state, counts(run), Question.objects.count()) == ("checked", (11, 0, 0, 6), 0)
    assert [row for row, _column, _message in lines(run, "refused")] == [85, 153, 158, 163, 169, 174]
    assert lines(run, "refused")[1][2].startswith("Loại “essay” không được nhận")
    run = confirm(client, run)
    assert (run.state, counts(run)) == ("applied", (11, 0, 0, 6))
    kinds = list(Question.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["single", "multiple", "true_false", "short_text", "numeric", "matching", "blanks", "case", "blanks", "blanks", "ordering"]  # fmt: skip
    assert set(Question.objects.values_list("state", "author__full_name")) == {("draft", "Trần Thị Ngọc Hân")}
    first = Question.objects.get(code="MK-01")
    assert (first.topic, first.difficulty, first.points, first.explanation) == (
        "An toàn thông tin / Mật khẩu",
        3,
        2,
        "Càng dài càng tốt.\nMười sáu ký tự & chữ <b> lẫn số: Đúng vậy.",
    )
    before = list(Question.objects.order_by("pk").values())
    again = send(client, bank, MOODLE, "quiz.xml")
    assert counts(again) == (0, 0, 11, 6)
    assert list(Question.objects.order_by("pk").values()) == before


def test_two_refused_items_are_mended_and_only_they_come_in(client, bank):
    broken = GIFT + "\n// [id:A3]\nKhông có đáp án đúng {~một ~hai}\n\n// [id:A4]\nChưa đóng {=một ~hai\n"
    run = send(client, bank, broken)
    assert [(row, message) for row, _column, message in lines(run, "refused")] == [
        (8, "Không phương án nào được điểm: ít nhất một phương án phải đúng."),
        (11, "Dấu { của phần trả lời chưa được đóng bằng dấu }."),
    ]
    confirm(client, run)
    assert Question.objects.count() == 2
    mended = broken.replace("{~một ~hai}", "{=một ~hai}").replace("{=một ~hai\n", "{=một ~hai}\n")
    run = send(client, bank, mended)
    assert counts(run) == (2, 0, 2, 0)
    confirm(client, run)
    assert Question.objects.count() == 4


def test_a_changed_draft_is_rewritten_and_a_reviewed_question_gets_its_next_version(client, bank):
    confirm(client, send(client, bank, GIFT))
    other = people.person(role="author")
    reviewed = review_question(question=Question.objects.get(code="A1"), by=other)
    key_of = {option["text"]: option["key"] for option in reviewed.content["options"]}
    run = send(client, bank, GIFT.replace("~Đà Nẵng", "~Cần Thơ").replace("{#2023}", "{#2024}"))
    assert counts(run) == (0, 2, 0, 0)
    confirm(client, run)
    assert Question.objects.get(code="A2").content["value"] == "2024"
    following = reviewed.following
    assert (following.version, following.state, following.code, reviewed.state) == (
        2,
        "draft",
        "A1",
        "reviewed",
    )
    assert [option["text"] for option in following.content["options"]] == ["Hà Nội", "Huế", "Cần Thơ"]
    assert following.content["options"][0]["key"] == key_of["Hà Nội"]
    assert counts(send(client, bank, GIFT.replace("~Đà Nẵng", "~Cần Thơ").replace("{#2023}", "{#2024}"))) == (
        0,
        0,
        2,
        0,
    )


def test_what_a_file_does_not_say_stays_as_the_bank_has_it(client, bank):
    content = {"answers": [{"text": "Mỹ Tho", "percent": 100}], "ignore_case": True, "ignore_accents": True, "ignore_punctuation": True}  # fmt: skip
    row = courses.reviewed(bank, "short_text", content, text="Tỉnh lỵ?", code="T1", topic="Địa lý", difficulty=3, points=4, explanation="Từ 01/07/2025.")  # fmt: skip
    assert counts(send(client, bank, "// [id:T1]\nTỉnh lỵ? {=Mỹ Tho}\n")) == (0, 0, 1, 0)
    confirm(client, send(client, bank, "// [id:T1]\nTỉnh lỵ? {=Mỹ Tho =%50%Cao Lãnh}\n"))
    new = Question.objects.get(previous=row)
    assert new.content["ignore_accents"] is True
    assert (new.topic, new.difficulty, new.points, new.explanation) == ("Địa lý", 3, 4, "Từ 01/07/2025.")


def test_the_template_as_downloaded_comes_in_whole_and_goes_out_and_in_unchanged(client, bank):
    page = client.get("/imports/questions/template.xlsx")
    assert page["Content-Disposition"] == 'attachment; filename="questions-mau.xlsx"'
    run = send(client, bank, page.content, "mau.xlsx")
    assert (counts(run), run.report["warnings"]) == ((10, 0, 0, 0), 0)
    confirm(client, run)
    assert set(Question.objects.values_list("kind", flat=True)) == set(Question.Kind.values)
    for layout, unchanged in (("xlsx", 10), ("moodle", 8), ("gift", 6)):
        file = client.get(reverse("bank_file", args=[bank.pk, layout]))
        again = send(client, bank, file.content, file.headers["Content-Disposition"].split('"')[1])
        assert counts(again) == (0, 0, unchanged, 0), layout
    assert AuditEvent.objects.filter(action="courses.export_bank").count() == 3


def test_what_a_format_cannot_carry_is_listed_before_the_file_is_taken(client, bank):
    confirm(client, send(client, bank, template_workbook(), "mau.xlsx"))
    page = client.get(reverse("bank_export", args=[bank.pk, "gift"]))
    left = [(problem.column, problem.message) for problem in page.context["left_out"]]
    assert [code for code, _message in left] == ["VD-05", "VD-08", "VD-09", "VD-10"]
    assert left[0][1] == "Định dạng này không có dạng cho loại “Sắp xếp thứ tự”."
    assert client.get(reverse("bank_export", args=[bank.pk, "docx"])).status_code == 404


def test_questions_without_a_code_are_known_by_the_code_their_export_gave_them(client, bank):
    row = courses.question(bank, "Câu hỏi viết tay, không có mã?")
    file = client.get(reverse("bank_file", args=[bank.pk, "gift"])).content.decode()
    assert f"[id:NH-ATTT-{row.pk}]" in file
    assert counts(send(client, bank, file)) == (0, 0, 1, 0)
    assert counts(send(client, bank, file.replace("viết tay", "viết bằng tay"))) == (0, 1, 0, 0)
    # Under a code made elsewhere, a question that says something else is another question.
    assert counts(send(client, bank, f"// [id:NH-ATTT-{row.pk}]\nHoàn toàn khác {{=a ~b}}\n")) == (1, 0, 0, 0)


def test_likely_duplicates_are_named_in_the_preview_within_the_file_and_across_banks(client, bank):
    other = QuestionBank.objects.create(code="NH-2", name="Ngân hàng thứ hai")
    options = [{"text": text, "is_right": text == "Hà Nội", "key": key} for text, key in (("Hà Nội", "10000000-0000-4000-8000-000000000001"), ("Huế", "10000000-0000-4000-8000-000000000002"))]  # fmt: skip
    courses.reviewed(other, "single", {"options": options, "partial": "none"}, text="THỦ ĐÔ của nước Việt Nam là thành phố nào?")  # fmt: skip
    run = send(
        client,
        bank,
        "Thu do cua nuoc Viet Nam la thanh pho nao {=Hà Nội ~Huế}\n\nCon sông nào chảy qua Mỹ Tho? {=Tiền ~Hậu}\n\n"
        "Con sông nào chảy qua Mỹ Tho {=Sông Tiền ~Hậu}\n",
    )
    assert [(row, message) for row, _column, message in lines(run, "warning")] == [
        (1, "giống câu hỏi của ngân hàng NH-2: “THỦ ĐÔ của nước Việt Nam là thành phố nào?”"),
        (5, "giống câu hỏi ở dòng 3: “Con sông nào chảy qua Mỹ Tho?”"),
    ]
    confirm(client, run)
    page = client.get(reverse("bank_duplicates", args=[bank.pk]))
    assert [(pair.second.bank.code, pair.percent) for pair in page.context["pairs"]] == [
        ("NH-2", 100),
        ("NH-ATTT", 90),
    ]


def test_the_same_question_twice_in_a_file_is_taken_once(client, bank):
    run = send(client, bank, "Một? {=a ~b}\n\nMột? {=a ~b}\n")
    assert (counts(run), lines(run, "warning")[0][::2]) == ((1, 0, 1, 0), (3, "đã có trong tệp này (dòng 1) và chỉ được nhận một lần"))  # fmt: skip
    run = send(client, bank, "// [id:X]\nMột? {=a ~b}\n\n// [id:X]\nHai? {=a ~b}\n")
    confirm(client, run)
    assert Question.objects.count() == 2


def test_a_retired_question_is_named_and_does_not_come_back_by_itself(client, bank):
    confirm(client, send(client, bank, GIFT))
    retire_question(question=Question.objects.get(code="A1"), by=None)
    run = send(client, bank, GIFT)
    assert (counts(run), lines(run, "warning")[0][2]) == (
        (0, 0, 2, 0),
        "có trong ngân hàng nhưng đã bị ngừng dùng",
    )


def test_a_question_keeps_its_type(client, bank):
    confirm(client, send(client, bank, GIFT))
    run = send(client, bank, "// [id:A1]\nThủ đô của Việt Nam? {=Hà Nội}\n")
    assert (run.state, counts(run)) == ("refused", (0, 0, 0, 1))
    assert "không đổi loại" in lines(run, "refused")[0][2]


def test_an_import_is_taken_back_unless_something_rests_on_it(client, bank):
    run = confirm(client, send(client, bank, GIFT))
    run = undo(client, run)
    assert (run.state, Question.objects.count()) == ("undone", 0)
    run = confirm(client, send(client, bank, GIFT))
    review_question(question=Question.objects.get(code="A1"), by=people.person(role="author"))
    changed = Question.objects.get(code="A1")
    changed.text = "Thủ đô nước ta?"
    save_question(question=changed, by=None)
    run = undo(client, run)
    assert (run.state, Question.objects.count()) == ("applied", 3)
    assert run.report["undo_refused_count"] >= 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xml", b"<quiz><question type='essay'>\n<name></quiz>", "Dòng 2, cột 9: đây không phải là XML đúng quy cách. Chưa đọc gì."),
        ("a.xml", b"<quiz>\n<question><name>a &nbsp; b</name></question></quiz>", "Dòng 2"),
        ("a.xml", b"<?xml version='1.0'?>\n<html><body/></html>", "bắt đầu bằng <html> thay vì <quiz>"),
        ("a.xml", b'<!DOCTYPE q [<!ENTITY a "aa">]><quiz>&a;</quiz>', "tấn công"),
        ("a.xml", b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>", "lồng nhau quá sâu"),
        ("a.gift", b"", "Tệp không có nội dung"),
        ("a.gift", "Câu hỏi".encode() + b"\n\xff\xfe", "Dòng 2 không phải UTF-8"),
        ("a.gift", b"// only a remark\n", "Tệp không có câu hỏi nào."),
        ("a.gift", "C©u hái vÒ luËt {=§óng ~Sai}\n\nMËt khÈu nµo m¹nh {=a ~b}".encode(), "TCVN3"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.xlsx", b"PK\x03\x04broken", "hỏng"),
        ("a.xls", b"\xd0\xcf\x11\xe0old", ".xls"),
        ("a.csv", "Nội dung câu hỏi,Phương án A\nMột?,a\n".encode(), "kind"),
    ],
)  # fmt: skip
def test_a_broken_file_gets_a_sentence_with_its_place_and_writes_nothing(
    client, bank, name, content, sentence
):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lms.base.jobs import run_due

    answer = client.post(
        "/imports/questions/", {"file": SimpleUploadedFile(name, content), "into": bank.code}
    )
    if content:
        run_due()
        run = ImportRun.objects.get()
        assert (run.state, Question.objects.count()) == ("refused", 0)
        assert sentence in run.report["file_refused"]
        assert sentence in client.get(answer.url).content.decode().replace("&lt;", "<").replace("&gt;", ">")
    else:
        assert answer.status_code == 422
        assert not ImportRun.objects.exists()


def test_only_authors_come_in(client, bank):
    pages = [
        "/imports/questions/",
        "/imports/questions/template.xlsx",
        *(reverse(name, args=[bank.pk]) for name in ("bank_page", "bank_duplicates", "bank_statistics")),
        reverse("bank_export", args=[bank.pk, "xlsx"]),
        reverse("bank_file", args=[bank.pk, "moodle"]),
    ]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    for role in ("learner", "unit_hr", "auditor", "trainer"):
        somebody = people.person(
            agency=people.agency(f"CQ-{role}"), role=None if role == "learner" else _known(role)
        )
        people.sign_in(client, somebody)
        assert [client.get(page).status_code for page in pages] == [403] * len(pages), role
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302] * len(pages)


def _known(role):
    from lms.people.roles import ROLES

    return role if role in {one if isinstance(one, str) else one.code for one in ROLES} else "hr_officer"
