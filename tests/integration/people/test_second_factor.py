"""A second factor: demanded of whom, shown when, taken off how; sessions and what is recorded of it all."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import TestCase

from lms.base.jobs import run_due
from lms.base.models import AuditEvent
from tests.factories.codes import totp
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "một-mật-khẩu-dài"
DEMANDING = ["hr_officer", "provincial_hr", "inspector", "agency_head", "administrator"]
OTHERS = [None, "author", "trainer", "registry_clerk", "auditor"]


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_DEMANDED = True


def enter(client, who):
    return client.post("/accounts/login/", {"login": who.email, "password": PASSWORD})


def set_up(client):
    """Set up an app as a person does; return its key."""
    page = client.get("/accounts/2fa/totp/activate/")
    key = page.context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):  # allauth tells of it when it is committed
        answer = client.post("/accounts/2fa/totp/activate/", {"code": totp(key)})
    answer.wsgi_request.session.save()  # outside of a test's transaction it is told before the session is saved
    assert answer.status_code == 302, answer.content.decode()
    return key


def actions():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("role", DEMANDING)
@pytest.mark.parametrize(
    "address", ["/learn/", "/people/roles/", "/admin/", "/accounts/password/change/", "/"]
)
def test_who_must_have_one_is_led_to_set_it_up_before_any_other_page(client, demanded, role, address):
    enter(client, person(agency=agency(), role=role))
    answer = client.get(address)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/2fa/")
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Vai trò của ông (bà) cần yếu tố xác thực thứ hai" in page.content.decode()


@pytest.mark.parametrize("role", OTHERS)
def test_of_others_it_is_not_demanded(client, demanded, role):
    enter(client, person(agency=agency(), role=role))
    assert client.get("/learn/").status_code == 200


def test_the_first_administrator_of_an_installation_must_have_one(client, demanded):
    from lms.people.models import Person

    first = Person.objects.create_superuser(
        "quan-tri", PASSWORD, full_name="Quản trị viên", email="qt@songtien.example"
    )
    enter(client, first)
    assert client.get("/admin/").url.startswith("/accounts/2fa/")


@pytest.mark.parametrize("role", DEMANDING)
def test_where_it_is_only_offered_everybody_goes_on(client, role):
    """The control: the same visit with the demand switched off."""
    enter(client, person(agency=agency(), role=role))
    assert client.get("/learn/").status_code == 200


def test_production_demands_it_and_the_demonstration_does_not():
    import os
    import subprocess
    import sys

    from django.conf import settings

    def told(**given):
        clean = {k: v for k, v in os.environ.items() if k not in ("DEMONSTRATION", "SECOND_FACTOR_DEMANDED")}
        code = "from lms.settings import base as p; print(p.SECOND_FACTOR_DEMANDED)"  # production changes nothing of it
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**clean, "SECRET_KEY": "x", "ALLOWED_HOSTS": "a", **given},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    assert (told(), told(DEMONSTRATION="true")) == ("True", "False")
    assert "SECOND_FACTOR" not in (settings.BASE_DIR / "lms/settings/production.py").read_text()


def test_the_demonstration_says_that_it_is_offered(client, settings):
    settings.DEMONSTRATION = True
    enter(client, person(agency=agency(), role="hr_officer"))
    assert "không bắt buộc" in client.get("/accounts/2fa/").content.decode()


def test_the_api_refuses_with_a_sentence(client, demanded):
    enter(client, person(agency=agency(), role="hr_officer"))
    answer = client.get("/api/v1/indicators/", {"as_of": "2025-12-31"})
    assert answer.status_code == 403
    assert "yếu tố xác thực thứ hai" in answer.json()["detail"]


def test_a_post_is_not_done_either(client, demanded):
    admin = person(agency=agency(), role="administrator")
    enter(client, admin)
    answer = client.post(
        "/people/roles/", {"person": admin.email, "role": "auditor", "valid_from": "2026-01-01"}
    )
    assert answer.url == "/accounts/2fa/"
    assert admin.grants.count() == 1


def test_a_part_of_a_page_sends_the_whole_page_there(client, demanded):
    enter(client, person(agency=agency(), role="inspector"))
    answer = client.get("/inspections/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/accounts/2fa/"


def test_leaving_and_the_language_stay_possible(client, demanded):
    enter(client, person(agency=agency(), role="inspector"))
    assert client.post("/i18n/setlang/", {"language": "en"}).status_code == 302
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_after_setting_it_up_the_pages_open_without_more_queries(client, demanded, django_assert_num_queries):
    officer = person(agency=agency(), role="hr_officer")
    enter(client, officer)
    set_up(client)
    assert client.get("/learn/").status_code == 200
    from lms.people.sign_in.second_factor import Lack, lack_of

    request = client.get("/learn/").wsgi_request
    request.user.pk  # noqa: B018 (the person is read)
    with django_assert_num_queries(0):
        assert lack_of(request) is Lack.NOTHING


def test_a_role_given_meanwhile_demands_it_at_the_next_page(client, demanded):
    from lms.people.actions.roles import grant_role

    unit = agency()
    learner = person(agency=unit)
    enter(client, learner)
    assert client.get("/learn/").status_code == 200
    grant_role(person=learner, role="inspector", agency=unit, by=None)
    assert client.get("/learn/").url.startswith("/accounts/2fa/")


def test_signing_in_asks_for_the_code_and_takes_it_once(client, demanded):
    officer = person(agency=agency(), role="hr_officer")
    enter(client, officer)
    key = set_up(client)
    client.post("/accounts/logout/")
    assert enter(client, officer).url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/learn/").url.startswith("/accounts/login/")
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    used = totp(key, at=_next_step())
    assert client.post("/accounts/2fa/authenticate/", {"code": used}).status_code == 302
    assert client.get("/learn/").status_code == 200
    client.post("/accounts/logout/")
    enter(client, officer)
    assert client.post("/accounts/2fa/authenticate/", {"code": used}).status_code == 200, "a code works once"


def _next_step():
    import time

    return time.time() + 30


def test_a_session_from_before_the_factor_must_show_it(client, demanded, django_user_model):
    officer = person(agency=agency(), role="hr_officer")
    elsewhere = type(client)()
    sign_in(elsewhere, officer)
    enter(client, officer)
    key = set_up(client)
    led = elsewhere.get("/learn/")
    assert led.url.startswith("/accounts/2fa/reauthenticate/?next=")
    assert elsewhere.post(led.url, {"code": totp(key, at=_next_step())}).url == "/learn/"
    assert elsewhere.get("/learn/").status_code == 200


def test_recovery_codes_are_shown_once_and_each_opens_once(client):
    officer = person(agency=agency(), role="hr_officer")
    enter(client, officer)
    set_up(client)
    shown = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<code>(\d{10})</code>", shown)
    assert len(set(codes)) == 10
    assert codes[0] not in client.get("/accounts/2fa/recovery-codes/").content.decode()
    client.post("/accounts/logout/")
    enter(client, officer)
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert "account.use_recovery_code" in actions()
    client.post("/accounts/logout/")
    enter(client, officer)
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 200


def test_neither_the_key_nor_a_code_stands_in_the_database(client):
    officer = person(agency=agency(), role="hr_officer")
    enter(client, officer)
    key = set_up(client)
    codes = re.findall(r"<code>(\d{10})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode())
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert key not in kept
    assert not any(code in kept for code in codes)
    from lms.people.sign_in.sealing import unseal

    sealed = Authenticator.objects.get(type="totp").data["secret"]
    assert unseal(sealed.encode()).decode() == key  # the control: it is there, sealed


def test_an_earlier_secret_key_still_opens_what_it_sealed(settings):
    from lms.people.sign_in.sealing import InvalidToken, seal, unseal

    settings.SECRET_KEY = "the old one"
    sealed = seal(b"abc")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]
    assert unseal(sealed) == b"abc"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unseal(sealed)


def test_the_key_names_no_personal_number(client):
    officer = person(agency=agency(), code="087300000777")
    enter(client, officer)
    page = client.get("/accounts/2fa/totp/activate/")
    assert "087300000777" not in page.context["totp_url"]
    assert "%40songtien.example" in page.context["totp_url"]
    key = client.get("/accounts/2fa/webauthn/add/").context["js_data"]
    assert "087300000777" not in str(key)


def test_sensitive_pages_ask_again_after_five_minutes(client, settings):
    enter(client, person())
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert client.get(answer.url).status_code == 200


def test_without_the_last_factor_the_demand_is_back_and_other_sessions_end(client, demanded):
    officer = person(agency=agency(), role="hr_officer")
    enter(client, officer)
    key = set_up(client)
    elsewhere = type(client)()
    enter(elsewhere, officer)
    elsewhere.post("/accounts/2fa/authenticate/", {"code": totp(key, at=_next_step())})
    assert elsewhere.get("/learn/").status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert client.get("/learn/").url.startswith("/accounts/2fa/")
    assert elsewhere.get("/learn/").url.startswith("/accounts/login/")


def test_everything_at_the_door_is_recorded_without_secrets(client):
    officer = person(agency=agency(), role="hr_officer", code="087300000777")
    enter(client, officer)
    set_up(client)
    new = "bốn con cò lội ruộng"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", sent).status_code == 302
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": officer.email, "password": "sai"})
    found = [action for action in actions() if action.startswith("account.")]
    for action in (
        "account.sign_in",
        "account.add_factor",
        "account.change_password",
        "account.remove_factor",
        "account.sign_out",
        "account.sign_in_failed",
    ):
        assert action in found
    kept = str(list(AuditEvent.objects.values("new", "old", "reason", "target_label", "actor_name")))
    assert not any(secret in kept for secret in (PASSWORD, new, "087300000777"))


def test_the_owner_is_told_of_a_change(client, mailoutbox):
    officer = person(agency=agency())
    enter(client, officer)
    set_up(client)
    run_due()
    [message] = mailoutbox
    assert message.to == [officer.email]
    assert "Ứng dụng xác thực đã được thêm" in message.body


def test_sessions_are_listed_and_the_others_signed_out(client):
    officer = person()
    clients = [type(client)(HTTP_USER_AGENT=f"Mozilla/5.0 (X11; Linux) Firefox/12{n}.0") for n in range(3)]
    for one in clients:
        enter(one, officer)
    page = clients[0].get("/accounts/sessions/").content.decode()
    assert all(f"Firefox 12{n}, Linux" in page for n in range(3))
    clients[0].post("/accounts/sessions/")
    assert [one.get("/learn/").status_code for one in clients] == [200, 302, 302]
    assert UserSession.objects.filter(user=officer).count() == 1
    assert AuditEvent.objects.get(action="account.end_sessions").new == {"sessions": 2}


def test_signing_out_everywhere_ends_this_session_too(client):
    officer = person()
    clients = [client, type(client)(), type(client)()]
    for one in clients:
        enter(one, officer)
    assert client.get("/accounts/sign-out-everywhere/").status_code == 405
    assert client.post("/accounts/sign-out-everywhere/").url == "/accounts/login/"
    assert [one.get("/learn/").status_code for one in clients] == [302, 302, 302]
    assert AuditEvent.objects.get(action="account.sign_out_everywhere").new == {"sessions": 3}


def test_django_s_own_admin_door_leads_to_ours(client):
    for address in ("/django-admin/", "/django-admin/login/", "/admin/login/"):
        assert client.get(address).url == "/accounts/login/"
        assert client.post(address, {"username": "a", "password": "b"}).url == "/accounts/login/"
