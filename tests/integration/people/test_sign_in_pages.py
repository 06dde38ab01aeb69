"""One way in, in our own words."""

import json
from urllib.parse import urlencode

import pytest
from django.core import mail

from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "một-mật-khẩu-dài"


def text(response):
    return response.content.decode()


@pytest.fixture
def listed(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    folder = tmp_path / "demonstration"
    folder.mkdir()
    account = {
        "role": "Kiểm tra viên",
        "email": "kt@songtien.example",
        "password": "abc",
        "note": "Sở Nội vụ",
    }
    (folder / "accounts.json").write_text(json.dumps([account]))


def test_demonstration_accounts_are_listed_in_the_demonstration(client, settings, listed):
    settings.DEMONSTRATION = True
    html = text(client.get("/accounts/login/"))
    assert "kt@songtien.example" in html
    assert 'data-fills="id_login"' in html


def test_demonstration_accounts_are_listed_nowhere_else(client, settings, listed):
    settings.DEMONSTRATION = False
    assert "kt@songtien.example" not in text(client.get("/accounts/login/"))


@pytest.mark.parametrize("name", ["nguoi@songtien.example", "082300000777"])
def test_staff_sign_in_by_e_mail_or_personal_number(client, name):
    person(code="082300000777", email="nguoi@songtien.example", agency=agency())
    answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD, "next": "/tro-giup/"})
    assert (answer.status_code, answer.url) == (302, "/tro-giup/")
    assert "_auth_user_id" in client.session


def test_a_wrong_password_gets_a_sentence_and_no_hint_who_exists(client):
    person(email="nguoi@songtien.example")
    pages = [
        client.post("/accounts/login/", {"login": login, "password": "sai"})
        for login in ("nguoi@songtien.example", "khongco@songtien.example")
    ]
    sentences = [list(page.context["form"].non_field_errors()) for page in pages]
    assert sentences[0] == sentences[1] != []
    assert 'role="alert"' in text(pages[0])


def test_signing_in_sends_nobody_to_another_site(client):
    person(email="nguoi@songtien.example")
    sent = {"login": "nguoi@songtien.example", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert "elsewhere" not in client.post("/accounts/login/", sent).url


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/"])
def test_the_admin_sends_strangers_to_our_sign_in(client, address):
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/login/?" + urlencode({"next": address}), 302)
    assert answer.status_code == 200


def test_wagtails_own_sign_in_leads_to_ours_and_takes_no_password(client):
    person(email="nguoi@songtien.example", agency=agency(), role="administrator")
    answer = client.get("/admin/login/?next=/admin/pages/")
    assert answer.url == "/accounts/login/?next=/admin/pages/"
    sent = client.post("/admin/login/", {"username": "nguoi@songtien.example", "password": PASSWORD})
    assert sent.url == "/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_wagtail_resets_no_password_behind_our_back(client):
    assert client.get("/admin/password_reset/").status_code == 404


def test_one_signs_out_by_a_form_not_by_a_link(client):
    sign_in(client, person())
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_nobody_registers(client):
    page = client.get("/accounts/signup/")
    assert page.status_code == 200
    assert "<form method=" not in text(page)
    client.post("/accounts/signup/", {"email": "moi@songtien.example", "password1": PASSWORD})
    from lms.people.models import Person

    assert not Person.objects.filter(email="moi@songtien.example").exists()


def test_nobody_changes_the_address_the_staff_list_keeps(client):
    sign_in(client, person())
    assert client.get("/accounts/email/").url == "/accounts/password/change/"
    assert (
        client.post("/accounts/email/", {"action_add": "", "email": "khac@songtien.example"}).status_code
        == 302
    )


def test_a_forgotten_password_is_set_anew_by_a_link(client):
    person(email="nguoi@songtien.example")
    assert client.post("/accounts/password/reset/", {"email": "nguoi@songtien.example"}).status_code == 302
    [message] = mail.outbox
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    page = client.get("/" + link.split("/", 3)[3], follow=True)
    new = "con đường mới của tôi"
    action = page.request["PATH_INFO"]
    assert client.post(action, {"password1": "ngắn", "password2": "ngắn"}).status_code == 200
    assert client.post(action, {"password1": new, "password2": new}, follow=True).status_code == 200
    assert (
        client.post("/accounts/login/", {"login": "nguoi@songtien.example", "password": new}).status_code
        == 302
    )


def test_asking_for_an_unknown_address_looks_the_same(client):
    person(email="nguoi@songtien.example")
    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in ("nguoi@songtien.example", "khongco@songtien.example")
    ]
    assert answers[0].url == answers[1].url
