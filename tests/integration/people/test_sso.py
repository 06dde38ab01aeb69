"""A province's sign-in: a real OpenID Connect provider in a process of its own, on loopback."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.conf import settings as configured

from lms.base.models import AuditEvent
from lms.people.models import Person
from tests.factories.people import agency, person
from tests.fakes.province_sso.process import ProvinceSignIn

pytestmark = pytest.mark.django_db
PEOPLE = {
    "tien": "087300000777",
    "trung": "TG-0042",
    "la": "087399999999",
    "nghi": "087300000555",
    "khongso": "",
}


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    running = ProvinceSignIn(
        tmp_path_factory.mktemp("sso"), PEOPLE, ["http://testserver/accounts/oidc/sso/login/callback/"]
    )
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def asked(settings, province):
    settings.SOCIALACCOUNT_PROVIDERS = province.settings()


def start(client, **query):
    """Press the button of the sign-in page; return where the page leads."""
    page = client.post("/accounts/oidc/sso/login/", query_params={"process": "login", **query})
    assert page.status_code == 200
    return re.search(r"URL='([^']+)'", page.content.decode())[1].replace("&amp;", "&")


def at_the_province(address, name):
    """Sign in there as a browser would; return the callback it leads back to."""
    visitor = requests.Session()
    page = visitor.get(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    given = {"login": name, "password": f"{name}-at-the-province", "csrfmiddlewaretoken": token}
    answer = visitor.post(page.url, data=given, allow_redirects=False)
    while answer.is_redirect and not answer.headers["Location"].startswith("http://testserver"):
        here = requests.compat.urljoin(answer.url, answer.headers["Location"])
        answer = visitor.get(here, allow_redirects=False)
    return answer.headers["Location"].removeprefix("http://testserver")


def come_back(client, name, **query):
    return client.get(at_the_province(start(client, **query), name))


def test_the_button_stands_on_the_sign_in_page_only_where_a_province_is_set(client, settings):
    assert "SSO tỉnh" in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "SSO tỉnh" not in client.get("/accounts/login/").content.decode()


def test_a_code_and_a_challenge_are_asked_for(client):
    asked = parse_qs(urlsplit(start(client)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43


def test_the_personal_number_opens_the_account(client):
    tien = person(code="087300000777", agency=agency())
    answer = come_back(client, "tien", next="/tro-giup/")
    assert (answer.status_code, answer.url) == (302, "/tro-giup/")
    assert client.session["_auth_user_id"] == str(tien.pk)
    event = AuditEvent.objects.get(action="account.sign_in")
    assert (event.target_id, event.new) == (str(tien.pk), {"means": ["socialaccount"]})


def test_a_merged_duplicate_s_number_opens_the_kept_record(client):
    kept = person(code="087300000111", agency=agency())
    person(code="TG-0042")
    Person.objects.filter(code="TG-0042").update(merged_into=kept)
    come_back(client, "trung")
    assert client.session["_auth_user_id"] == str(kept.pk)


@pytest.mark.parametrize("name", ["la", "khongso"])
def test_an_unknown_or_missing_number_makes_nobody_and_says_whom_to_ask(client, name):
    person(code="087300000777")
    before = Person.objects.count()
    answer = come_back(client, name)
    assert answer.status_code == 403
    assert "cán bộ nhân sự" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert Person.objects.count() == before
    event = AuditEvent.objects.get(action="account.refuse_sso")
    assert event.new == {"why": "unknown number"}
    assert "087399999999" not in str([event.new, event.old, event.target_label, event.reason])


def test_inactive_staff_are_refused(client):
    person(code="087300000555")
    Person.objects.filter(code="087300000555").update(is_active=False)
    assert come_back(client, "nghi").status_code == 403
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.get(action="account.refuse_sso").new == {"why": "inactive"}


def test_nothing_the_province_says_is_kept_or_taken_over(client):
    from allauth.socialaccount.models import SocialAccount, SocialToken

    tien = person("Nguyễn Thị Mỹ Tiên", code="087300000777", email="tien@songtien.example")
    come_back(client, "tien")
    tien.refresh_from_db()
    assert (tien.full_name, tien.email) == ("Nguyễn Thị Mỹ Tiên", "tien@songtien.example")
    assert (SocialAccount.objects.count(), SocialToken.objects.count()) == (0, 0)


def test_the_number_stands_in_no_address(client, province):
    person(code="087300000777")
    way = start(client)
    back = at_the_province(way, "tien")
    assert "087300000777" not in way + back + province.log.read_text()


def test_a_forged_answer_is_refused(client):
    person(code="087300000777")
    callback = at_the_province(start(client), "tien")
    stranger = type(client)()
    answer = stranger.get(callback)  # another browser: it has not asked
    assert "_auth_user_id" not in stranger.session
    assert "quản trị" in answer.content.decode()
    assert client.get(callback + "x").status_code == 401
    assert "_auth_user_id" not in client.session


def test_nobody_ties_an_account_of_theirs_to_another(client):
    tien = person(code="087300000777")
    other = person(code="087300000001")
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    answer = come_back(client, "tien", process="connect")
    assert answer.status_code == 403
    assert client.session["_auth_user_id"] == str(other.pk)
    assert tien.pk != other.pk
    assert client.get("/accounts/3rdparty/").url == "/accounts/2fa/"


def test_a_province_that_is_away_gets_a_sentence(client, settings, province):
    away = province.settings()
    away["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    settings.SOCIALACCOUNT_PROVIDERS = away
    answer = client.post("/accounts/oidc/sso/login/?process=login")
    assert answer.status_code == 503
    assert "mật khẩu" in answer.content.decode()


def test_an_unknown_provider_is_no_page(client):
    assert client.get("/accounts/oidc/khac/login/").status_code == 404


def test_the_settings_come_from_the_environment():
    import json
    import os
    import subprocess
    import sys

    given = {
        "OIDC_ISSUER": "https://sso.dongthap.example/realms/tinh",
        "OIDC_CLIENT_ID": "song-tien",
        "OIDC_CLIENT_SECRET": "abc",
        "OIDC_NAME": "SSO Đồng Tháp",
        "OIDC_SCOPES": "openid,profile,cccd",
        "OIDC_PERSON_CLAIM": "so_dinh_danh",
    }
    code = "import json; from lms.settings import security as s; print(json.dumps([s.OIDC_PERSON_CLAIM, s.SOCIALACCOUNT_PROVIDERS]))"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **given},
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    claim, providers = json.loads(told.stdout)
    [app] = providers["openid_connect"]["APPS"]
    assert claim == "so_dinh_danh"
    assert (app["name"], app["client_id"], app["secret"]) == ("SSO Đồng Tháp", "song-tien", "abc")
    assert app["settings"] == {
        "server_url": "https://sso.dongthap.example/realms/tinh",
        "oauth_pkce_enabled": True,
        "scope": ["openid", "profile", "cccd"],
    }
