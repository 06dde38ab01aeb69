"""The frame's addresses: what they serve, to whom, and under which policy."""

import json
import re
import time
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from courses.actions import enrol
from courses.blocks import activity_key
from courses.h5p import tokens
from courses.h5p.actions import import_package, open_play
from courses.models import ActivityProgress, Content, LessonProgress, Play, Statement, StatementConflict
from tests.factories import h5p, people
from tests.integration.courses.h5p.conftest import make_content

STATEMENT = {"verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}}


@pytest.fixture
def frame():
    """A browser's frame: no cookie, a null origin."""
    return Client(headers={"Origin": "null"}, enforce_csrf_checks=True)


def address(play, name="h5p_embed", *more, now=None):
    return reverse(name, args=[tokens.issue(play, now=now), *more])


def send(frame, play, *, identifier=None, verb="answered", response=None, score=None, **parts):
    statement = {
        "id": str(identifier or uuid.uuid4()),
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "result": {
            "score": score or {"raw": 1, "max": 1},
            **({"response": response} if response is not None else {}),
        },
        **parts,
    }
    body = json.dumps({"statement": statement, "data": None})
    return frame.post(address(play, "h5p_statements"), body, content_type="text/plain")


def finished(learning):
    return list(ActivityProgress.objects.values_list("lesson_key", "activity_key")) == [
        (learning.lessons[0].key, activity_key(learning.content))
    ]


def test_the_embed_page_is_sandboxed_and_names_its_sources(learning, frame):
    page = frame.get(address(learning.play))
    policy = dict(part.split(" ", 1) for part in page["Content-Security-Policy"].split("; "))
    assert page.status_code == 200
    assert policy["sandbox"] == "allow-scripts allow-popups allow-forms"
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "http://testserver/h5p/ http://testserver/static/"
    assert policy["connect-src"] == "http://testserver/h5p/"
    assert policy["form-action"] == "'none'"
    assert policy["frame-src"] == "'none'"
    assert policy["frame-ancestors"] == "http://testserver http://testserver"
    assert "X-Frame-Options" not in page
    assert page["Cache-Control"] == "no-store"
    assert page.cookies == {}


def test_the_embed_page_loads_a_library_after_those_it_needs(learning, frame):
    html = frame.get(address(learning.play)).content.decode()
    names = [src.rsplit("/", 1)[-1].split("?")[0] for src in re.findall(r'<script src="([^"]+)"', html)]
    assert names == ["before.js", "frame.bundle.js", "after.js", "question.js", "choice.js"]


def test_the_page_holds_no_name_of_the_learner(learning, frame):
    html = frame.get(address(learning.play)).content.decode()
    assert learning.learner.full_name not in html
    assert learning.learner.code not in html
    assert learning.learner.email not in html


def test_unsafe_eval_is_allowed_only_to_content_that_needs_it(starter, frame):
    author = people.person(role="author")
    policies = []
    for name, script in (("Test.Plain", "var a;"), ("Test.Evil", "eval('1')")):
        content = import_package(file=h5p.probe(name, script=script), by=None, approve=True).content
        play = open_play(content=content, enrolment=None, lesson_key=None, by=author)
        policies.append(frame.get(address(play))["Content-Security-Policy"])
    assert ["'unsafe-eval'" in policy for policy in policies] == [False, True]


def test_files_answer_a_null_origin_with_ranges_and_as_nobodys_page(learning, frame):
    where = address(learning.play, "h5p_library_file", "SongTien.Choice-1.0", "choice.js")
    whole = frame.get(where)
    script = b"".join(whole.streaming_content)
    assert whole["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in whole
    assert whole["Content-Type"] == "text/javascript; charset=utf-8"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Security-Policy"].startswith("sandbox;")
    assert whole["Referrer-Policy"] == "no-referrer"
    part = frame.get(where, headers={"Range": "bytes=2-5"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, script[2:6])
    assert part["Content-Range"] == f"bytes 2-5/{len(script)}"
    last = frame.get(where, headers={"Range": "bytes=-4"})
    assert b"".join(last.streaming_content) == script[-4:]
    beyond = frame.get(where, headers={"Range": f"bytes={len(script)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(script)}")


@pytest.mark.parametrize("name", ["h5p_embed", "h5p_state", "h5p_statements"])
def test_the_preflight_is_answered(learning, frame, name):
    answer = frame.options(address(learning.play, name))
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert "POST" in answer["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("SongTien.Choice-1.0", "gone.js"),
        ("SongTien.Choice-1.0", "../SongTien.Question-1.0/question.js"),
        ("SongTien.Choice-9.9", "choice.js"),
        ("SongTien.Choice", "choice.js"),
        ("..", "choice.js"),
    ],
)
def test_only_files_of_an_approved_library_are_served(learning, frame, folder, path):
    assert frame.get(address(learning.play, "h5p_library_file", folder, path)).status_code == 404


def test_a_waiting_library_is_not_served(learning, frame):
    import_package(file=h5p.probe(), by=None, approve=False)
    assert (
        frame.get(address(learning.play, "h5p_library_file", "Test.Probe-1.0", "script.js")).status_code
        == 404
    )


def test_files_that_real_packages_carry_are_kept_and_never_served(learning, frame):
    parts = h5p.library("Test.Flash") | {"Test.Flash-1.0/player.swf": b"x"}
    described = h5p.manifest()
    described["preloadedDependencies"].append(
        {"machineName": "Test.Flash", "majorVersion": 1, "minorVersion": 0}
    )
    import_package(
        file=h5p.zipped({**h5p.files(), **parts, "h5p.json": json.dumps(described).encode()}),
        by=None,
        approve=True,
    )
    served = [
        frame.get(address(learning.play, "h5p_library_file", "Test.Flash-1.0", path)).status_code
        for path in ("script.js", "player.swf")
    ]
    assert served == [200, 404]


def test_content_files_belong_to_their_play(learning, frame):
    other = import_package(
        file=h5p.zipped({**h5p.files(title="Khác"), "content/images/a.png": h5p.PNG}), by=None, approve=True
    ).content
    play = open_play(content=other, enrolment=None, lesson_key=None, by=people.person(role="author"))
    assert frame.get(address(play, "h5p_content_file", "images/a.png")).status_code == 200
    assert frame.get(address(learning.play, "h5p_content_file", "images/a.png")).status_code == 404


# Tokens


@pytest.mark.parametrize("name", ["h5p_embed", "h5p_state", "h5p_statements"])
def test_a_changed_token_opens_nothing(learning, frame, name):
    token = tokens.issue(learning.play)
    for bad in (token[:-2] + ("aa" if token[-2:] != "aa" else "bb"), "x", token[5:]):
        method = frame.get if name == "h5p_embed" else frame.post
        assert method(reverse(name, args=[bad])).status_code == 403


def test_a_token_ends_within_a_day(learning, frame):
    now = time.time()
    bearer = tokens.read(tokens.issue(learning.play))
    assert now + 12 * 3600 <= bearer.expires <= now + 24 * 3600
    assert frame.get(address(learning.play, now=now - 25 * 3600)).status_code == 403


def test_a_token_is_bound_to_the_content_it_was_given_for(learning, frame):
    where = address(learning.play)
    import_package(file=h5p.package(parameters=h5p.SEVERAL), by=None, approve=True, replace=learning.content)
    assert frame.get(where).status_code == 403
    learning.content.refresh_from_db()
    again = open_play(
        content=learning.content,
        enrolment=learning.enrolment,
        lesson_key=learning.lessons[0].key,
        by=learning.learner,
    )
    assert again.pk != learning.play.pk


def test_a_token_is_bound_to_the_person(learning, frame):
    where = address(learning.play)
    Play.objects.update(person=people.person())
    assert frame.get(where).status_code == 403


def test_an_account_that_was_closed_is_refused_at_the_next_call(learning, frame):
    where = address(learning.play, "h5p_statements")
    learning.learner.is_active = False
    learning.learner.save()
    assert frame.post(where, "{}", content_type="text/plain").status_code == 403
    assert send(frame, learning.play).status_code == 403


def test_the_enrolment_is_checked_at_every_call(learning, frame):
    assert send(frame, learning.play, verb="interacted").status_code == 200
    other = people.person()
    Play.objects.update(enrolment=enrol(person=other, course=learning.course, by=other))
    assert send(frame, learning.play).status_code == 403
    assert not ActivityProgress.objects.exists()


# Saved state


def test_the_state_comes_back_with_the_next_page(learning, frame):
    state = json.dumps({"answer": [2], "checked": False})
    saved = frame.post(address(learning.play, "h5p_state"), state, content_type="text/plain")
    assert saved.status_code == 204
    html = frame.get(address(learning.play)).content.decode()
    assert '\\"answer\\": [2]' in html


@pytest.mark.parametrize("state", ["x" * 300_000, b"\xff\xfe"])
def test_a_state_that_does_not_fit_is_refused(learning, frame, state):
    answer = frame.post(address(learning.play, "h5p_state"), state, content_type="text/plain")
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
    learning.play.refresh_from_db()
    assert learning.play.state == ""


# Statements


def test_the_first_finish_opens_the_next_lesson_and_nothing_else(learning, frame):
    assert send(frame, learning.play, response="1").json()["score_source"] == "server"
    learning.play.refresh_from_db()
    assert (learning.play.score, learning.play.max_score, learning.play.score_source) == (1, 1, "server")
    assert finished(learning)
    assert LessonProgress.objects.get().finished_at is not None
    learning.enrolment.refresh_from_db()
    assert learning.enrolment.finished_at is None
    assert not learning.learner.completions.exists()


def test_a_forged_perfect_score_is_graded_again_from_the_response(learning, frame):
    send(frame, learning.play, response="0", score={"raw": 100, "max": 100})
    learning.play.refresh_from_db()
    assert (learning.play.score, learning.play.max_score, learning.play.score_source) == (0, 1, "server")
    assert not learning.learner.completions.exists()


def test_a_score_without_a_response_is_only_the_browsers_word(learning, frame):
    send(frame, learning.play, score={"raw": 5, "max": 5})
    learning.play.refresh_from_db()
    assert (learning.play.score, learning.play.score_source) == (5, "client")


def test_there_is_one_finish(learning, frame):
    send(frame, learning.play, response="0")
    send(frame, learning.play, response="1")
    learning.play.refresh_from_db()
    assert (learning.play.score, Statement.objects.count()) == (0, 2)


def test_a_part_of_an_activity_does_not_finish_it(learning, frame):
    parent = {"contextActivities": {"parent": [{"id": "http://testserver/h5p/activity/1"}]}}
    send(frame, learning.play, response="1", context=parent)
    assert not ActivityProgress.objects.exists()


def test_seeing_a_type_that_reports_results_does_not_finish_it(learning, frame):
    send(frame, learning.play, verb="viewed")
    learning.play.refresh_from_db()
    assert learning.play.viewed_at is not None
    assert not ActivityProgress.objects.exists()


def test_seeing_a_type_that_never_reports_is_enough(learning, frame):
    content = import_package(file=h5p.probe(), by=None, approve=True).content
    lesson = learning.lessons[0]
    lesson.body = [("h5p", {"content": content})]
    lesson.save()
    play = open_play(
        content=content, enrolment=learning.enrolment, lesson_key=lesson.key, by=learning.learner
    )
    send(frame, play, verb="viewed")
    assert list(ActivityProgress.objects.values_list("activity_key", flat=True)) == [activity_key(content)]


def test_the_same_statement_again_is_the_same_answer(learning, frame):
    same = {"identifier": uuid.uuid4(), "response": "1"}
    answers = [send(frame, learning.play, **same) for _again in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == 1
    assert Statement.objects.count() == 1


def test_another_statement_under_the_same_id_is_refused_and_kept(learning, frame):
    identifier = uuid.uuid4()
    send(frame, learning.play, identifier=identifier, response="0")
    answer = send(frame, learning.play, identifier=identifier, response="1")
    assert answer.status_code == 409
    assert Statement.objects.get().body["statement"]["result"]["response"] == "0"
    assert StatementConflict.objects.get().body["statement"]["result"]["response"] == "1"


def test_an_activity_that_left_the_lesson_counts_no_more(learning, frame):
    lesson = learning.lessons[0]
    lesson.body = []
    lesson.save()
    assert send(frame, learning.play, response="1").status_code == 200
    assert not ActivityProgress.objects.exists()
    assert Statement.objects.count() == 1


def test_a_preview_counts_for_nothing(learning, frame):
    play = open_play(
        content=learning.content, enrolment=None, lesson_key=None, by=people.person(role="author")
    )
    assert send(frame, play, response="1").status_code == 200
    play.refresh_from_db()
    assert play.finished_at is None
    assert not ActivityProgress.objects.exists()


def test_a_message_that_is_no_statement_gets_a_sentence(learning, frame):
    answer = frame.post(address(learning.play, "h5p_statements"), "[]", content_type="text/plain")
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


# Pages of authors and administrators


@pytest.mark.parametrize(
    ("role", "status"), [("author", 200), ("administrator", 200), ("hr_officer", 403), (None, 403)]
)
def test_the_preview_is_for_authors(starter, client, role, status):
    content = make_content()
    people.sign_in(client, people.person(role=role, agency=people.agency()))
    page = client.get(reverse("h5p_preview", args=[content.pk]))
    assert page.status_code == status
    assert (b'sandbox="allow-scripts allow-popups allow-forms"' in page.content) is (status == 200)


@pytest.mark.parametrize("role", ["author", "hr_officer", None])
def test_approving_is_for_administrators(starter, client, role):
    import_package(file=h5p.probe(), by=None, approve=False)
    people.sign_in(client, people.person(role=role, agency=people.agency()))
    assert client.get(reverse("h5p_libraries")).status_code == 403
    assert client.post(reverse("h5p_approve_libraries"), {}).status_code == 403


def test_an_administrator_sees_what_the_code_does_and_approves_it(starter, client):
    result = import_package(
        file=h5p.probe(script="eval('1'); fetch('https://evil.example.com')"), by=None, approve=False
    )
    waiting = result.libraries.installed[0]
    people.sign_in(client, people.person(role="administrator"))
    page = client.get(reverse("h5p_libraries")).content.decode()
    for shown in ("Test.Probe 1.0.0", "MIT", "evil.example.com", "eval", waiting.sha256):
        assert shown in page
    client.post(reverse("h5p_approve_libraries"), {"library": [f"{waiting.pk}:{waiting.sha256}"]})
    waiting.refresh_from_db()
    assert waiting.is_approved


def test_approval_by_get_changes_nothing(starter, client):
    result = import_package(file=h5p.probe(), by=None, approve=False)
    people.sign_in(client, people.person(role="administrator"))
    waiting = result.libraries.installed[0]
    assert (
        client.get(
            reverse("h5p_approve_libraries"), {"library": f"{waiting.pk}:{waiting.sha256}"}
        ).status_code
        == 405
    )
    waiting.refresh_from_db()
    assert not waiting.is_approved


def test_the_queries_of_an_embed_page_do_not_grow_with_libraries(learning, frame, django_assert_num_queries):
    with django_assert_num_queries(2):
        frame.get(address(learning.play))
    import_package(file=h5p.probe("Test.One"), by=None, approve=True)
    import_package(file=h5p.probe("Test.Two"), by=None, approve=True)
    with django_assert_num_queries(2):
        frame.get(address(learning.play))
    assert Content.objects.count() == 3


# An origin of its own


def test_with_a_content_origin_everything_of_the_frame_comes_from_there(learning, client, frame, settings):
    settings.CONTENT_ORIGIN, settings.SITE_URL = "https://noi-dung.example.vn", "https://hoc.example.vn"
    people.sign_in(client, people.person(role="author"))
    page = client.get(reverse("h5p_preview", args=[learning.content.pk])).content.decode()
    assert 'src="https://noi-dung.example.vn/h5p/play/' in page
    embedded = frame.get(address(learning.play))
    policy = embedded["Content-Security-Policy"]
    assert "script-src https://noi-dung.example.vn/h5p/ https://noi-dung.example.vn/static/" in policy
    assert "frame-ancestors https://noi-dung.example.vn https://hoc.example.vn" in policy
    scripts = re.findall(r'<script src="([^"]+/libraries/[^"]+)"', embedded.content.decode())
    assert len(scripts) == 2
    assert all(script.startswith("https://noi-dung.example.vn/h5p/play/") for script in scripts)


def test_core_is_served_to_a_null_origin_and_nothing_beside_it(db, frame, settings, tmp_path):
    settings.ASSETS_DIR = tmp_path
    (tmp_path / "h5p/fonts").mkdir(parents=True)
    (tmp_path / "h5p/fonts/a.woff2").write_bytes(b"font")
    (tmp_path / "app.js").write_text("secret")
    font = frame.get(reverse("h5p_core_file", args=["fonts/a.woff2"]))
    assert (font.status_code, font["Access-Control-Allow-Origin"], font["Content-Type"]) == (
        200,
        "*",
        "font/woff2",
    )
    for path in ("../app.js", "fonts/../../app.js", "fonts", "gone.js"):
        assert frame.get("/h5p/core/" + path).status_code == 404
