"""The courses and cases of the demonstration: our own text as plain files, and what reads them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class LessonText:
    """A lesson as written: Markdown for a full one, a paragraph for one in outline."""

    slug: str
    title: str
    key: str
    markdown: str


@dataclass(frozen=True)
class CourseText:
    """A course as written, with its lessons, questions, activities and exam."""

    code: str
    slug: str
    name: str
    hours: str
    tags: str
    issuer: str
    summary: str
    audience: str
    goals: tuple[str, ...]
    lessons: tuple[LessonText, ...]
    bank_name: str
    questions: tuple[dict[str, Any], ...]
    activities: tuple[dict[str, Any], ...]
    exam: dict[str, int]


def course_texts() -> tuple[CourseText, ...]:
    """Return every course of the demonstration."""
    return tuple(_course(entry) for entry in _json("courses.json")["courses"])


def case_texts() -> dict[str, Any]:
    """Return the inspections to run: who is inspected, what is found, how far it has come."""
    texts: dict[str, Any] = _json("cases.json")
    return texts


def _course(entry: dict[str, Any]) -> CourseText:
    folder = entry["folder"]
    bank = _json(f"{folder}/bank.json")
    practice = FOLDER / folder / "activities.json"
    return CourseText(
        code=entry["code"],
        slug=entry["slug"],
        name=entry["name"],
        hours=entry["hours"],
        tags=entry["tags"],
        issuer=entry["issuer"],
        summary=entry["summary"],
        audience=entry["audience"],
        goals=tuple(entry["goals"]),
        lessons=tuple(_lesson(folder, lesson) for lesson in entry["lessons"]),
        bank_name=bank["name"],
        questions=tuple(bank["questions"]),
        activities=tuple(json.loads(practice.read_text(encoding="utf-8"))["activities"])
        if practice.exists()
        else (),
        exam=entry["exam"],
    )


def _lesson(folder: str, entry: dict[str, str]) -> LessonText:
    if "file" not in entry:
        return LessonText(entry["slug"], entry["title"], entry["slug"], entry["summary"])
    name = entry["file"]
    text = (FOLDER / folder / name).read_text(encoding="utf-8")
    heading, _blank, body = text.partition("\n")
    return LessonText(entry["slug"], heading.removeprefix("# "), name.removesuffix(".md"), body.strip())


def _json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
