"""Drawing by topic and difficulty, without a database."""

from collections import Counter

from courses.rules.blueprint import Pooled, Row, draw_rows, refuse_blueprint

BANK = [Pooled(number, topic, level) for number, (topic, level) in enumerate(
    [(topic, level) for topic in ("An toàn", "Bảng tính", "Dữ liệu") for level in (1, 2, 3) for _ in range(4)]
)]  # fmt: skip
KNOWN = {question.pk: question for question in BANK}


def test_each_row_gets_its_topic_and_difficulty():
    drawn = draw_rows([Row(3, "An toàn", 1), Row(2, "Bảng tính", 3), Row(1, "Dữ liệu")], BANK, "a")
    pools = Counter((KNOWN[pk].topic, KNOWN[pk].difficulty) for pk in drawn)
    assert len(set(drawn)) == 6
    assert (pools["An toàn", 1], pools["Bảng tính", 3]) == (3, 2)
    assert sum(count for (topic, _level), count in pools.items() if topic == "Dữ liệu") == 1


def test_the_same_seed_draws_the_same_in_the_same_order_whatever_the_order_of_the_bank():
    rows = [Row(3, "An toàn"), Row(3, "", 3)]
    assert draw_rows(rows, BANK, "a") == draw_rows(rows, BANK[::-1], "a")
    assert draw_rows(rows, BANK, "a") != draw_rows(rows, BANK, "b")


def test_rows_are_mixed_in_the_order_put():
    first = {
        KNOWN[draw_rows([Row(4, "An toàn", 1), Row(4, "Dữ liệu", 1)], BANK, str(seed))[0]].topic
        for seed in range(20)
    }
    assert first == {"An toàn", "Dữ liệu"}


def test_a_topic_is_compared_without_case_and_blanks():
    assert draw_rows([Row(4, "  AN  TOÀN ", 1)], BANK, "a") is not None
    assert draw_rows([Row(1, "an toan")], BANK, "a") is None


def test_a_row_gives_back_what_only_another_can_take():
    bank = [Pooled(1, "A", 1), Pooled(2, "A", 2)]
    for seed in range(30):
        assert set(draw_rows([Row(1, "A"), Row(1, "", 1)], bank, str(seed))) == {1, 2}
        assert set(draw_rows([Row(1, "", 2), Row(1, "A")], bank, str(seed))) == {1, 2}


def test_an_exam_larger_than_its_bank_names_the_row():
    refusal = refuse_blueprint([Row(2, "An toàn", 1), Row(5, "Bảng tính", 2)], BANK)
    assert refusal.code == "bank"
    assert "Bảng tính" in refusal.sentence
    assert "5" in refusal.sentence
    assert "4" in refusal.sentence


def test_rows_that_share_questions_are_refused_together():
    bank = [Pooled(1, "A", 1), Pooled(2, "B", 1)]
    refusal = refuse_blueprint([Row(1, "A"), Row(2, "", 1)], bank)
    assert refusal.code == "bank"
    assert draw_rows([Row(1, "A"), Row(2, "", 1)], bank, "x") is None


def test_a_bank_that_can_fill_is_not_refused():
    assert refuse_blueprint([Row(12, "An toàn"), Row(8, "", 2)], BANK) is None
    assert refuse_blueprint([Row(12, "An toàn"), Row(9, "", 2)], BANK).code == "bank"


def test_every_question_of_a_pool_is_drawn_equally_often():
    counts = Counter(pk for seed in range(400) for pk in draw_rows([Row(1, "An toàn", 1)], BANK, f"s{seed}"))
    # Chi-square with three degrees of freedom: 16.27 is passed by chance once in a thousand.
    assert sum((counts[pk] - 100) ** 2 / 100 for pk in range(4)) < 16.27
