"""Lists by agency: historic as it was on each row's day, current as followed to today's agency."""

from datetime import date

import pytest

from inspections.models import Inspection
from tests.factories.organisation import carried_out, founding
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db

ON = date(2025, 7, 1)


@pytest.fixture
def merged(client):
    """A department renamed in 2023; it and another merge in 2025. A case of each time."""
    client.cookies["django_language"] = "en"
    officer = person(role="provincial_hr")
    root = agency("82", name="Tỉnh")
    one, two = agency("A", name="Sở Một", parent=root), agency("B", name="Sở Hai", parent=root)
    days = {"K1": (one, date(2022, 5, 1)), "K2": (one, date(2024, 5, 1)), "K3": (two, date(2024, 5, 1))}
    carried_out(officer, "rename", one, on=date(2023, 1, 1), name="Sở Một mới")
    carried_out(officer, "merge", one, two, on=ON, successors=[founding("C", "Sở Chung", root)])
    new = one.successors.get()
    days["K4"] = (new, date(2025, 8, 1))
    for code, (lead, day) in days.items():
        Inspection.objects.create(
            code=code, lead=lead, status="COMPLETED", completed_on=day, origin="REGISTERED"
        )
    sign_in(client, person(role="auditor"))
    return one, two, new


def asked(client, **query):
    """Return the choices, and the cases with the names of their leads, by code."""
    page = client.get("/inspections/", {"sort": "code", **query})
    choices = next(f.choices for f in page.context["listing"].filters if f.name == "lead")
    return dict(choices), [(line.case.code, line.lead) for line in page.context["lines"]]


def test_historic_names_each_case_as_its_agency_was_called(client, merged):
    choices, lines = asked(client)
    assert lines == [("K1", "Sở Một"), ("K2", "Sở Một mới"), ("K3", "Sở Hai"), ("K4", "Sở Chung")]
    assert sorted(choices.values()) == ["Sở Chung", "Sở Hai", "Sở Một", "Sở Một mới"]
    by_name = {name: value for value, name in choices.items()}
    found = {name: [code for code, _lead in asked(client, lead=by_name[name])[1]] for name in by_name}
    assert found == {"Sở Một": ["K1"], "Sở Một mới": ["K2"], "Sở Hai": ["K3"], "Sở Chung": ["K4"]}


def test_current_follows_all_of_them_to_todays_agency(client, merged):
    new = merged[2]
    choices, lines = asked(client, org_view="current")
    assert choices == {str(new.pk): "Sở Chung"}
    assert lines == [(code, "Sở Chung") for code in ("K1", "K2", "K3", "K4")]
    assert asked(client, org_view="current", lead=str(new.pk))[1] == lines


def test_the_export_follows_the_view(client, merged):
    address = "/inspections/export/?format=csv&sort=code"
    for query, name in (("", "Sở Một"), ("&org_view=current", "Sở Chung")):
        text = b"".join(client.get(address + query).streaming_content).decode()
        assert text.splitlines()[1].split(",")[3] == name


def test_the_register_of_certificates_has_the_switch(client, merged):
    page = client.get("/certificates/", {"org_view": "current"})
    assert [(f.name, f.value) for f in page.context["listing"].filters if f.name == "org_view"] == [
        ("org_view", "current")
    ]
    assert "as it was on the day" in page.content.decode()
