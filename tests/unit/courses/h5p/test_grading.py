"""The server's score follows from the stored parameters and the response alone."""

import pytest

from courses.h5p.grading import grade, slips, solutions
from tests.factories import h5p


@pytest.mark.parametrize("name", ["H5P.MultiChoice", "SongTien.Choice"])
@pytest.mark.parametrize(
    ("response", "score"),
    [("1", (1, 1)), ("0", (0, 1)), ("", (0, 1)), ("1[,]0", (0, 1)), ("0[,]1[,]2", (0, 1))],
)
def test_one_right_option(name, response, score):
    assert grade(name, h5p.CHOICE, response) == score


@pytest.mark.parametrize(
    ("response", "score"),
    [
        ("0[,]2", (2, 2)),
        ("2[,]0", (2, 2)),
        ("0", (1, 2)),
        ("0[,]1", (0, 2)),
        ("0[,]1[,]2", (1, 2)),
        ("", (0, 2)),
    ],
)
def test_several_right_options_a_wrong_one_takes_a_point(response, score):
    assert grade("SongTien.Choice", h5p.SEVERAL, response) == score


@pytest.mark.parametrize(("response", "score"), [("0[,]2", (1, 1)), ("0", (0, 1))])
def test_one_point_for_the_whole_question(response, score):
    parameters = {**h5p.SEVERAL, "behaviour": {"singlePoint": True, "passPercentage": 100}}
    assert grade("H5P.MultiChoice", parameters, response) == score


def test_choosing_nothing_where_nothing_is_right():
    parameters = {"answers": [{"text": "a", "correct": False}]}
    assert grade("H5P.MultiChoice", parameters, "") == (1, 1)
    assert grade("H5P.MultiChoice", parameters, "0") == (0, 1)


@pytest.mark.parametrize("response", ["9", "-1", "one", "1,2", "٣"])
def test_a_response_that_names_no_option_is_not_graded(response):
    assert grade("SongTien.Choice", h5p.CHOICE, response) is None


@pytest.mark.parametrize(
    ("response", "score"), [("false", (1, 1)), ("true", (0, 1)), ("maybe", None), ("", None)]
)
def test_true_or_false(response, score):
    assert grade("H5P.TrueFalse", h5p.TRUE_FALSE, response) == score


@pytest.mark.parametrize(
    ("response", "score"),
    [
        ("Tiền[,]Mỹ Tho", (2, 2)),
        ("Tien[,]Mỹ Tho", (2, 2)),
        ("tiền[,]mỹ tho", (0, 2)),
        ("Hậu[,]Mỹ Tho", (1, 2)),
        ("[,]", (0, 2)),
        ("Tiền", (1, 2)),
        ("Tiền[,]Mỹ Tho[,]more", (2, 2)),
    ],
)
def test_gaps_where_case_matters(response, score):
    assert grade("H5P.Blanks", h5p.BLANKS, response) == score


def test_gaps_where_case_does_not_matter():
    assert grade(
        "SongTien.Blanks", {**h5p.BLANKS, "behaviour": {"caseSensitive": False}}, "TIỀN[,]mỹ tho"
    ) == (2, 2)


@pytest.mark.parametrize(("typed", "right"), [("Mekogn", 1), ("Mekon", 1), ("Mekxyz", 0)])
def test_small_slips_where_they_are_forgiven(typed, right):
    parameters = {"questions": ["The *Mekong*"], "behaviour": {"acceptSpellingErrors": True}}
    assert grade("H5P.Blanks", parameters, typed) == (right, 1)


def test_swapping_two_letters_is_one_slip():
    assert slips("Mekogn", "Mekong") == 1
    assert slips("", "abc") == 3


def test_accepted_words_are_read_from_escaped_markup():
    assert solutions("<p>a *x &amp; y/<em>z</em>:tip* b *c*</p>") == [["x & y", "z"], ["c"]]


def test_other_types_are_not_graded_here():
    assert grade("H5P.Essay", {}, "words") is None
    assert grade("H5P.TrueFalse", h5p.TRUE_FALSE, None) is None
