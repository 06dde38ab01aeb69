"""Questions that say almost the same."""

from courses.banks.likeness import Alike, Said, alike, share_of, stem_of


def test_accents_case_and_punctuation_do_not_count():
    assert stem_of("Mật khẩu  MẠNH, là gì?") == stem_of("mat khau manh la gi")
    assert alike([Said(1, "Thủ đô nước ta?"), Said(2, "THU DO NUOC TA")]) == [Alike(1, 2, 1.0)]


def test_a_share_counts_words_as_often_as_they_stand():
    assert share_of("một một hai", "một hai") == 2 / 3
    assert share_of("", "") == 1.0


def test_the_same_stem_with_other_answers_is_another_question():
    common = "Chọn câu đúng nhất"
    assert (
        alike([Said(1, common, "mật khẩu dài thì mạnh"), Said(2, common, "luật có hiệu lực từ năm nay")])
        == []
    )
    (pair,) = alike([Said(1, common, "mật khẩu dài thì mạnh"), Said(2, common, "mật khẩu dài thì rất mạnh")])
    assert (pair.first, pair.second, pair.share) == (1, 2, 9 / 10)


def test_eight_words_of_ten_are_alike_and_seven_are_not():
    ten = "a b c d e f g h i j"
    assert len(alike([Said(1, ten), Said(2, "a b c d e f g h i")])) == 1  # 9 of 10
    assert len(alike([Said(1, ten), Said(2, "a b c d e f g h")])) == 1  # 8 of 10
    assert alike([Said(1, ten), Said(2, "a b c d e f g")]) == []


def test_every_pair_a_plain_comparison_finds_is_found():
    import random

    rng = random.Random(7)
    words = [f"w{number}" for number in range(40)]
    said = [Said(number, " ".join(rng.choices(words[:25], k=rng.randint(4, 9)))) for number in range(120)]
    for number in range(20):
        said.append(Said(200 + number, said[number].stem + " " + rng.choice(words)))
    found = {frozenset((pair.first, pair.second)) for pair in alike(said)}
    expected = {
        frozenset((one.key, other.key))
        for place, one in enumerate(said)
        for other in said[place + 1 :]
        if share_of(one.stem, other.stem) >= 0.8
    }
    assert found == expected
    assert len(expected) > 10
