"""Parameters pass only as far as semantics know them."""

import pytest

from courses.h5p.package import LibraryName
from courses.h5p.semantics import ParameterFilter, localised

MAIN = LibraryName("Test.Main", 1, 0)
INNER = LibraryName("Test.Inner", 1, 2)
INNER_FIELDS = [{"name": "words", "type": "text"}]


def clean(parameters, *fields, files=()):
    known = {MAIN: list(fields), INNER: INNER_FIELDS}
    return ParameterFilter(known.get, files).clean(parameters, MAIN)


def test_unknown_keys_are_dropped():
    assert clean({"a": "x", "b": "y"}, {"name": "a", "type": "text"}) == {"a": "x"}


def test_text_without_tags_is_escaped_once_however_often_it_passes():
    field = {"name": "a", "type": "text"}
    once = clean({"a": "<script>alert('1')</script> & more"}, field)
    assert once == {"a": "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; more"}
    assert clean(once, field) == once


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<p>Sông <strong>Tiền</strong></p>", "<p>Sông <strong>Tiền</strong></p>"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<script>x()</script>a", "a"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<a href='javascript:x()'>a</a>", "a"),
        ("<p style='position:fixed;text-align:center'>a</p>", '<p style="text-align:center">a</p>'),
        ("<svg><script>x()</script></svg>a", "a"),
    ],
)
def test_markup_is_reduced_to_what_the_field_allows(text, kept):
    assert clean({"a": text}, {"name": "a", "type": "text", "tags": ["strong", "p"]}) == {"a": kept}


def test_a_library_cannot_allow_scripts():
    assert clean(
        {"a": "<script>x()</script>b"}, {"name": "a", "type": "text", "tags": ["script", "iframe"]}
    ) == {"a": "b"}


@pytest.mark.parametrize(("value", "kept"), [(5, 5), (500, 100), (-3, 0), ("7", 7), (2.5, 2.5)])
def test_numbers_are_clamped(value, kept):
    assert clean({"a": value}, {"name": "a", "type": "number", "min": 0, "max": 100}) == {"a": kept}


@pytest.mark.parametrize("value", ["much", None, True, [], float("inf")])
def test_what_is_no_number_gives_way_to_the_default(value):
    assert clean({"a": value}, {"name": "a", "type": "number", "default": 3}) == {"a": 3}


def test_a_select_takes_only_its_options():
    field = {"name": "a", "type": "select", "options": [{"value": "x", "label": "X"}, "y"], "default": "x"}
    assert clean({"a": "y"}, field) == {"a": "y"}
    assert clean({"a": "<script>"}, field) == {"a": "x"}


def test_a_list_is_cut_at_its_limit():
    field = {"name": "a", "type": "list", "max": 2, "field": {"name": "b", "type": "text"}}
    assert clean({"a": ["1", "2", "3"]}, field) == {"a": ["1", "2"]}


def test_the_only_field_of_a_group_stands_in_the_groups_place():
    field = {"name": "a", "type": "group", "fields": [{"name": "b", "type": "boolean"}]}
    assert clean({"a": True}, field) == {"a": True}


def test_a_group_that_was_left_out_is_filled_with_its_defaults():
    field = {
        "name": "l10n",
        "type": "group",
        "fields": [
            {"name": "check", "type": "text", "default": "Check"},
            {"name": "points", "type": "number", "default": 1},
            {"name": "note", "type": "text"},
        ],
    }
    assert clean({}, field) == {"l10n": {"check": "Check", "points": 1}}
    assert clean({}, {**field, "optional": True}) == {}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("images/a.png", "images/a.png"),
        ("images/a.png#tmp", "images/a.png"),
        ("../../secret.png", None),
        ("/etc/passwd", None),
        ("images/not-there.png", None),
        ("javascript:alert(1)", None),
        ("https://example.org/film.mp4", "https://example.org/film.mp4"),
    ],
)
def test_a_file_must_lie_in_the_package_or_be_a_web_address(path, kept):
    cleaned = clean(
        {"a": {"path": path, "mime": "image/png", "onload": "x()"}},
        {"name": "a", "type": "image"},
        files={"images/a.png"},
    )
    assert cleaned == ({"a": {"path": kept, "mime": "image/png"}} if kept else {})


def library_field(*options):
    return {"name": "a", "type": "library", "options": list(options)}


def test_a_library_in_the_parameters_is_cleaned_by_its_own_semantics():
    value = {
        "library": "Test.Inner 1.2",
        "params": {"words": "<b>", "evil": 1},
        "subContentId": "0a-1",
        "extra": 1,
    }
    assert clean({"a": value}, library_field("Test.Inner 1.2")) == {
        "a": {"library": "Test.Inner 1.2", "params": {"words": "&lt;b&gt;"}, "subContentId": "0a-1"}
    }


@pytest.mark.parametrize("name", ["Test.Inner 1.3", "Test.Gone 1.0", "Test.Inner", "../Test 1.0", None])
def test_a_library_not_among_the_options_is_dropped(name):
    assert (
        clean({"a": {"library": name, "params": {}}}, library_field("Test.Inner 1.2", "Test.Gone 1.0")) == {}
    )


def test_a_translation_changes_words_and_nothing_else():
    semantics = [
        {"name": "a", "type": "text", "label": "Text", "default": "Check"},
        {"name": "b", "type": "number", "label": "Number", "default": 1},
        {"name": "c", "type": "group", "fields": [{"name": "d", "type": "text", "default": "Retry"}]},
    ]
    words = [{"label": "Chữ", "default": "Kiểm tra"}, {"default": "2"}, {"fields": [{"default": "Làm lại"}]}]
    assert localised(semantics, words) == [
        {"name": "a", "type": "text", "label": "Chữ", "default": "Kiểm tra"},
        {"name": "b", "type": "number", "label": "Number", "default": 1},
        {"name": "c", "type": "group", "fields": [{"name": "d", "type": "text", "default": "Làm lại"}]},
    ]
