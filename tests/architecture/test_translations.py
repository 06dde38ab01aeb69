"""No text without its Vietnamese."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["lms", "courses", "inspections", "certificates", "cms"]
# A public office speaks to whoever reads as "ông (bà)": neither as to a friend nor now one way, now another.
OTHER_ADDRESS = re.compile(r"\b(bạn(?! bè)|anh ?/ ?chị|anh,? \(?chị|ông ?/ ?bà|ông,? bà)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """Extract every string of a copy of the sources, and merge the Vietnamese we have."""
    if shutil.which("xgettext") is None:
        pytest.skip("needs GNU gettext (apt-get install gettext)")
    copy = tmp_path_factory.mktemp("sources")
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "frontend", "*.mo")
        )
    shutil.copy(ROOT / "manage.py", copy)
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--locale",
        "vi",
        "--no-obsolete",
        "--no-location",
    ]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    with (copy / "lms/locale/vi/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="vi")


def test_every_string_of_ours_is_said_in_vietnamese(catalogue):
    silent = [message.id for message in catalogue if message.id and not all(_said(message))]
    assert silent == []


def test_no_translation_is_a_guess_of_the_tool(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_placeholders_survive_the_translation(catalogue):
    wrong = [message.id for message in catalogue if message.id and list(message.check())]
    assert wrong == []


def _said(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_everybody_is_spoken_to_in_one_way():
    guides = sorted((ROOT / "docs/huong-dan").glob("*.md"))
    catalogues = sorted((ROOT / "lms/locale").glob("**/vi/LC_MESSAGES/django.po"))
    assert guides
    assert len(catalogues) == 2
    places = [
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in guides
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]
    for path in catalogues:
        with path.open("rb") as file:
            messages = [message for message in read_po(file, locale="vi") if message.id]
        places += [
            (f"{path.relative_to(ROOT)}: {message.id!r}", said)
            for message in messages
            for said in _said(message)
        ]
    assert [place for place, said in places if OTHER_ADDRESS.search(said)] == []
