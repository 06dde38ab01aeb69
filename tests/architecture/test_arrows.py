"""Arrows the import linter cannot see: foreign keys named by a string."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
# Floor to roof, as in ARCHITECTURE.md; one row is one height.
HEIGHTS = [
    {"base"},
    {"people"},
    {"notices"},
    {"courses"},
    {"certificates", "inspections"},
    {"followup"},
    {"targets"},
    {"reports"},
    {"api", "cms"},
    {"demonstration"},
]
HEIGHT = {label: height for height, labels in enumerate(HEIGHTS) for label in labels}


def relations():
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=False):
            if field.is_relation and field.concrete and field.related_model:
                yield model, field, field.related_model


@pytest.mark.parametrize(
    ("model", "field", "target"),
    [
        (model, field.name, target)
        for model, field, target in relations()
        if model._meta.app_label in HEIGHT and target._meta.app_label in HEIGHT
    ],
)
def test_a_foreign_key_points_down(model, field, target):
    here, there = model._meta.app_label, target._meta.app_label
    assert here == there or HEIGHT[there] < HEIGHT[here], f"{model.__name__}.{field} points up to {there}"


def test_the_linter_s_order_is_this_order():
    import tomllib

    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    house = linter["contracts"][0]["layers"][2:]
    rows = [{part.strip(" ()").split(".")[-1] for part in layer.split("|")} for layer in reversed(house)]
    assert rows == HEIGHTS


def test_nothing_is_named_after_nothing():
    banned = {"utils.py", "helpers.py", "core.py", "common.py", "services.py", "misc.py"}
    assert [p for p in sources() if p.name in banned] == []


def test_every_public_module_says_what_it_holds():
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def sources():
    rooms = ["lms", "courses", "inspections", "certificates", "cms"]
    return [p for room in rooms for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts]
