"""What a statement says, and what is no statement."""

import json
import uuid

import pytest

from courses.h5p.xapi import StatementRefused, read_statement

ID = str(uuid.UUID(int=7))


def message(verb="answered", data=None, **parts):
    statement = {"id": ID, "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"}, **parts}
    return json.dumps({"statement": statement, "data": data}).encode()


def test_a_statement_is_read():
    reported = read_statement(message(result={"score": {"raw": 1, "max": 2}, "response": "0"}))
    assert (reported.identifier, reported.verb, reported.is_top_level, reported.response, reported.score) == (
        uuid.UUID(ID),
        "answered",
        True,
        "0",
        (1.0, 2.0),
    )
    assert reported.finishes


def test_the_response_of_the_whole_is_taken_from_the_tree():
    tree = {"statement": {"result": {"response": "1[,]2"}}, "children": []}
    assert read_statement(message("completed", data=tree)).response == "1[,]2"


@pytest.mark.parametrize(
    "inside",
    [
        {"context": {"contextActivities": {"parent": [{"id": "http://x/h5p/activity/1"}]}}},
        {"object": {"id": "http://x/h5p/activity/1?subContentId=0a"}},
        {"object": {"definition": {"extensions": {"http://h5p.org/x-api/h5p-subContentId": "0a"}}}},
    ],
)
def test_a_part_of_an_activity_does_not_finish_it(inside):
    assert not read_statement(message(**inside)).finishes


@pytest.mark.parametrize("verb", ["attempted", "interacted", "progressed", "consumed", "viewed"])
def test_other_verbs_do_not_finish(verb):
    assert not read_statement(message(verb)).finishes


@pytest.mark.parametrize(
    "score",
    [
        {"raw": 5, "max": 2},
        {"raw": -1, "max": 2},
        {"raw": "9", "max": 9},
        {"raw": True, "max": 1},
        {"raw": 1e300, "max": 1e301},
        {},
    ],
)
def test_an_impossible_score_is_no_score(score):
    assert read_statement(message(result={"score": score})).score is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'{"statement": []}',
        b'{"statement": {"id": "7", "verb": {"id": "a/b"}}}',
        b'{"statement": {"id": "%s"}}' % ID.encode(),
        b"\xff",
        b"[" * 100_000,
        b'"' + b"a" * 600_000 + b'"',
    ],
)
def test_what_is_no_statement_is_refused_with_a_sentence(raw):
    with pytest.raises(StatementRefused) as caught:
        read_statement(raw)
    assert str(caught.value)
