"""The API: same code and same authority as the pages."""

import re
from datetime import date
from urllib.parse import urlparse

import pytest
import yaml
from django.test import Client

from tests.factories.people import agency, person, sign_in, succeed
from tests.factories.sheets import indicators
from tests.factories.targets import completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    root = agency("82", name="Tỉnh Đồng Tháp")
    return root, agency("SNV", name="Sở Nội vụ", parent=root), agency("STC", parent=root)


@pytest.mark.parametrize("path", ["agencies/", "agencies/82/", "figures/", "certificates/"])
def test_strangers_are_refused(province, path):
    assert Client().get(f"/api/v1/{path}").status_code == 403


def test_the_agencies_of_a_day():
    old = agency("82", name="Tỉnh Tiền Giang", valid_to=date(2025, 7, 1))
    new = agency("82", name="Tỉnh Đồng Tháp", valid_from=date(2025, 7, 1))
    district = agency("815", name="Thành phố Mỹ Tho", level="district", parent=old, valid_to=date(2025, 7, 1))
    succeed(old, new, on=date(2025, 7, 1))
    client = sign_in(Client(), person())
    before = client.get("/api/v1/agencies/", {"on": "2025-06-30"}).json()
    assert before["count"] == 2
    assert before["results"] == [
        {
            "code": "82",
            "name": "Tỉnh Tiền Giang",
            "level": "province",
            "parent_code": None,
            "place_name": "Đồng Tháp",
        },
        {
            "code": "815",
            "name": "Thành phố Mỹ Tho",
            "level": "district",
            "parent_code": "82",
            "place_name": "Đồng Tháp",
        },
    ]
    after = client.get("/api/v1/agencies/82/", {"on": "01/07/2025"}).json()
    assert after["name"] == "Tỉnh Đồng Tháp"
    assert client.get("/api/v1/agencies/815/", {"on": "2025-07-01"}).status_code == 404
    assert client.get("/api/v1/agencies/", {"on": "31/02/2025"}).status_code == 400
    assert district.pk


def test_the_figures_are_those_of_the_command(province):
    _root, snv, _stc = province
    completion(person(agency=snv))
    person(agency=snv)
    client = sign_in(Client(), person(role="provincial_hr"))
    asked = {
        "as_of": "2025-12-31",
        "agency": ["SNV", "STC"],
        "variant": "wide",
        "from": "2025-07-01",
        "to": "2026-01-01",
    }
    answer = client.get("/api/v1/figures/", asked)
    assert answer.status_code == 200
    assert answer.json() == indicators(
        "--as-of", "2025-12-31", "--agency", "SNV", "--agency", "STC", "--variant", "wide",
        "--from", "2025-07-01", "--to", "2026-01-01",
    )  # fmt: skip
    assert answer.json()["i1"]["num"] == 1


def test_figures_of_a_sibling_or_of_the_parent_are_refused(province):
    _root, snv, _stc = province
    client = sign_in(Client(), person(agency=snv, role="hr_officer"))
    assert client.get("/api/v1/figures/", {"agency": "SNV"}).status_code == 200
    assert client.get("/api/v1/figures/").status_code == 200
    assert client.get("/api/v1/figures/", {"agency": "STC"}).status_code == 403
    assert client.get("/api/v1/figures/", {"agency": "82"}).status_code == 403
    assert client.get("/api/v1/figures/", {"agency": ["SNV", "STC"]}).status_code == 403
    learner = sign_in(Client(), person(agency=snv))
    assert learner.get("/api/v1/figures/").status_code == 403


@pytest.mark.parametrize(
    "question",
    [
        {"as_of": "ngày mai"},
        {"variant": "mine"},
        {"agency": "KHÔNG"},
        {"from": "2025-07-01", "to": "2025-07-01"},
        {"target3": "101"},
        {"as_of": "0001-01-01"},
    ],
)
def test_a_bad_question_is_answered_with_a_sentence(province, question):
    client = sign_in(Client(), person(role="provincial_hr"))
    answer = client.get("/api/v1/figures/", question)
    assert answer.status_code == 400
    assert answer.json()


def test_the_schema_is_public_and_names_the_resources():
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 200
    schema = yaml.safe_load(answer.content)
    assert schema["openapi"].startswith("3.")
    assert set(schema["paths"]) == {
        "/api/v1/agencies/",
        "/api/v1/agencies/{id}/",
        "/api/v1/certificates/",
        "/api/v1/figures/",
    }
    names = {parameter["name"] for parameter in schema["paths"]["/api/v1/figures/"]["get"]["parameters"]}
    assert names == {"as_of", "known_at", "agency", "variant", "org_view", "from", "to", "target3"}


def test_the_documentation_loads_nothing_foreign():
    answer = Client().get("/api/v1/docs/")
    assert answer.status_code == 200
    addresses = re.findall(r'(?:src|href)="([^"]+)"', answer.content.decode())
    assert addresses
    assert all(not urlparse(address).netloc for address in addresses)
    assert "'unsafe-inline'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in Client().get("/api/v1/schema/")["Content-Security-Policy"]
