"""A learner in a course with one lesson that holds one activity."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.storage import storages

from courses.actions import enrol, ensure_catalogue
from courses.h5p.actions import create_content, ensure_starter_libraries, open_play
from courses.h5p.package import LibraryName
from courses.models import Course, CoursePage, LessonPage
from tests.factories import h5p, people


@pytest.fixture(autouse=True)
def private_store(settings, tmp_path):
    """Keep the private files of each test apart."""
    options = {**settings.STORAGES["private"], "OPTIONS": {"location": str(tmp_path / "private")}}
    settings.STORAGES = {**settings.STORAGES, "private": options}
    return tmp_path / "private"


@pytest.fixture
def starter(db, private_store):
    """The product's own libraries with their files."""
    ensure_starter_libraries()


def make_content(name: str = "Choice", parameters: dict | None = None, title: str = "Chọn mật khẩu"):
    return create_content(
        library=LibraryName(f"SongTien.{name}", 1, 0),
        title=title,
        parameters=parameters or h5p.CHOICE,
        by=None,
    )


def make_lesson(*contents):
    """Publish a course with one lesson for each content."""
    catalogue = ensure_catalogue()
    course = Course.objects.create(code="DS06", name="An toàn thông tin", hours=8, pace_percent=0)
    page = catalogue.add_child(instance=CoursePage(title="An toàn thông tin", slug="an-toan", course=course))
    lessons = [
        page.add_child(
            instance=LessonPage(
                title=f"Bài {number}",
                slug=f"bai-{number}",
                body=[("h5p", {"content": content})] if content else [],
            )
        )
        for number, content in enumerate(contents, start=1)
    ]
    return course, lessons


@pytest.fixture
def learning(starter):
    """A learner enrolled in a course of two lessons, the first with a choice."""
    content = make_content()
    course, lessons = make_lesson(content, None)
    learner = people.person(agency=people.agency())
    enrolment = enrol(person=learner, course=course, by=learner)
    play = open_play(content=content, enrolment=enrolment, lesson_key=lessons[0].key, by=learner)
    return SimpleNamespace(
        content=content, course=course, lessons=lessons, learner=learner, enrolment=enrolment, play=play
    )


def names_below(folder) -> list[str]:
    """Return every file below a folder."""
    return (
        sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        if folder.exists()
        else []
    )


def stored(path: str) -> bool:
    """Whether the private storage has the path."""
    return storages["private"].exists(path)
