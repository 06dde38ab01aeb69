"""Every worked example of the rules, through the import commands and `manage.py indicators`."""

import json
from pathlib import Path

import pytest

from tests.factories.sheets import import_rows, indicators

CASES = json.loads((Path(__file__).parents[2] / "data" / "indicator_cases.json").read_text())
FOUNDED = "2000-01-01"

pytestmark = pytest.mark.django_db


def of_kind(kind):
    """Return the cases of a kind as test parameters."""
    return pytest.mark.parametrize(
        "case", [case for case in CASES if case["kind"] == kind], ids=lambda case: case["id"]
    )


def yes_no(value):
    return "yes" if value else "no"


def agencies_of(codes):
    return [
        {"code": code, "name": f"Cơ quan {code}", "level": "province", "valid_from": FOUNDED}
        for code in sorted(codes)
    ]


def staff_rows(person):
    if not person["eng"]:
        yield {
            "person_id": person["id"],
            "full_name": f"Người {person['id']}",
            "same_as": person["merged_into"],
            "category": person["cat"],
        }
    for number, (agency, start, end, *rest) in enumerate(person["eng"]):
        yield {
            "person_id": person["id"],
            "full_name": f"Người {person['id']}",
            "same_as": person.get("merged_into", "") if number == 0 else "",
            "category": person["cat"],
            "agency_code": agency,
            "post_from": start,
            "post_to": end or "",
            "primary": yes_no("secondary" not in rest),
        }


def training_rows(person):
    for number, completion in enumerate(person.get("comp", ())):
        revoked = completion.get("revoked", {})
        verified = completion.get("verified", True)
        yield {
            "person_id": person["id"],
            "course_code": completion.get("course", f"RIÊNG-{person['id']}-{number}"),
            "tags": ";".join(completion.get("tags", ["DS"])),
            "hours": completion.get("tiet", 16),
            "completed_at": completion["on"],
            "passed": yes_no(completion.get("passed", True)),
            "verified": yes_no(verified),
            "verified_on": completion.get("verified_on", "") if verified else "",
            "revoked_on": revoked.get("on", ""),
            "revoked_mode": revoked.get("mode", ""),
        }


def leave_rows(person):
    for start, end, *_rest in person.get("leave", ()):
        yield {"person_id": person["id"], "leave_from": start, "leave_to": end or ""}


def import_training(case):
    people = case["persons"]
    import_rows("agencies", agencies_of({post[0] for person in people for post in person["eng"]}))
    import_rows("staff", [row for person in people for row in staff_rows(person)])
    if completions := [row for person in people for row in training_rows(person)]:
        import_rows("training", completions)
    if leave := [row for person in people for row in leave_rows(person)]:
        import_rows("leave", leave)


def question(query):
    """Return the command's arguments."""
    options = {
        "as_of": "--as-of",
        "known": "--known-at",
        "variant": "--variant",
        "from": "--from",
        "to": "--to",
    }
    options |= {"target": "--target3", "org_view": "--org-view"}
    arguments = [
        text for key, option in options.items() if key in query for text in (option, str(query[key]))
    ]
    return [*arguments, *(text for code in query.get("scope", ()) for text in ("--agency", code))]


def shown(answer, names, expected):
    """Return of the answer what the case says something about, under the case's names."""
    found = {name: answer[key][field] for name, (key, field) in names.items()}
    return {name: found[name] for name in expected}


TRAINING_NAMES = {
    "n": ("i1", "den"),
    "i1": ("i1", "num"),
    "i1_pct": ("i1", "pct"),
    "i1_met": ("i1", "met"),
    "i2": ("i2", "num"),
    "i2_pct": ("i2", "pct"),
    "i2_met": ("i2", "met"),
}
INSPECTION_NAMES = {
    "den": ("i3", "den"),
    "full": ("i3", "num"),
    "partial": ("i3", "partial"),
    "paper": ("i3", "paper"),
    "pct": ("i3", "pct"),
    "met": ("i3", "met"),
    "remote_full": ("i3", "remote_num"),
    "remote_pct": ("i3", "remote_pct"),
    "targets_den": ("i3", "subjects_den"),
    "targets_full": ("i3", "subjects_num"),
    "targets_pct": ("i3", "subjects_pct"),
}


@of_kind("training")
def test_training(case):
    import_training(case)
    for query in case["queries"]:
        assert shown(indicators(*question(query)), TRAINING_NAMES, query["expect"]) == query["expect"], query


def inspection_rows(item):
    for number, steps in enumerate(item["targets"]):
        yield {
            "inspection_code": item["id"],
            "lead_code": item["lead"],
            "member_codes": ";".join(item.get("members", ())),
            "kind": item.get("type", "KT"),
            "status": item.get("status", "COMPLETED"),
            "completed_on": item["on"] or "",
            "method": item.get("method", "ONSITE"),
            "secret": yes_no(item.get("secret", False)),
            "subject_id": f"{item['id']}-{number}",
            "subject_name": f"Đối tượng {number}",
            "subject_kind": "CQNN",
            "steps": steps,
        }


def led_by(case):
    """Return the agencies of a case; a lead whose successor is named ends before today."""
    items = case["items"]
    named = {code for item in items for code in (item["lead"], *item.get("members", ()))}
    named |= {code for query in case["queries"] for code in query.get("scope", ())}
    successors = {
        item["lead"]: item["now"] for item in items if item.get("now", item["lead"]) != item["lead"]
    }
    rows = {row["code"]: row for row in agencies_of(named | set(successors.values()))}
    for old, new in successors.items():
        rows[old] |= {"valid_to": "2026-07-01", "successor_code": new}
    return list(rows.values())


@of_kind("inspection")
def test_inspections(case):
    import_rows("agencies", led_by(case))
    import_rows("inspections", [row for item in case["items"] for row in inspection_rows(item)])
    for query in case["queries"]:
        arguments = ["--as-of", "2025-12-31", *question(query)]
        assert shown(indicators(*arguments), INSPECTION_NAMES, query["expect"]) == query["expect"], query
