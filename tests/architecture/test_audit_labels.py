"""Every action that code records has words an auditor can read, in both languages.

When this fails: add one line to ACTIONS in lms/base/audit/labels.py and its Vietnamese to the catalogue.
"""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from lms.base.audit.labels import ACTIONS, action_label

ROOT = Path(__file__).parents[2]
ROOMS = ("lms", "certificates", "courses", "inspections", "cms")
RECORDERS = {"record_event", "record_events"}
CODE = re.compile(r"[a-z0-9]+\.[a-z_.]+")


def calls():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text())
            for function in ast.walk(tree):
                if not isinstance(function, ast.FunctionDef):
                    continue
                for call in ast.walk(function):
                    name = getattr(getattr(call, "func", None), "id", "")
                    if isinstance(call, ast.Call) and name in RECORDERS:
                        yield path.relative_to(ROOT), function, call


def patterns(function, node):
    """Yield what the action may be: a code, or a pattern of codes where it is put together."""
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values
        ]
        yield "".join(parts)
        return
    inside = function if isinstance(node, ast.Name) else node
    for constant in ast.walk(inside):
        if isinstance(constant, ast.Constant) and CODE.fullmatch(str(constant.value)):
            yield re.escape(constant.value)


def found():
    for path, function, call in calls():
        for keyword in call.keywords:
            if keyword.arg == "action":
                for pattern in patterns(function, keyword.value):
                    yield f"{path}:{call.lineno}", pattern


def test_every_recorded_action_has_its_words():
    recorded = list(found())
    assert len(recorded) > 25
    unnamed = [
        (place, pattern)
        for place, pattern in recorded
        if not any(re.fullmatch(pattern, code) for code in ACTIONS)
    ]
    assert not unnamed, f"without a line in lms/base/audit/labels.py: {unnamed}"


@pytest.mark.parametrize("code", sorted(ACTIONS))
def test_the_words_are_in_both_languages(code):
    with override("en"):
        english = action_label(code)
    with override("vi"):
        vietnamese = action_label(code)
    assert english and vietnamese and english != vietnamese, f"no Vietnamese for {english!r} ({code})"


def test_states_and_imports_are_all_named():
    from inspections.states import Event
    from lms.base.importing import importers

    assert {f"inspections.{event.value}" for event in Event} <= set(ACTIONS)
    for kind in importers():
        assert {f"import.{kind}", f"import.{kind}.correct"} <= set(ACTIONS)
