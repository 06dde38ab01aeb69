"""Wrong passwords lock an account at an address for a quarter of an hour, and a sentence says so."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt

from lms.base.models import AuditEvent
from lms.people.models import Person
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "một-mật-khẩu-dài"


def fail(client, name, times=1, **more):
    for _ in range(times):
        answer = client.post("/accounts/login/", {"login": name, "password": "sai"}, **more)
    return answer


def test_the_fifth_wrong_password_locks_and_says_how_long_and_whom_to_ask(client):
    officer = person()
    assert fail(client, officer.email, 4).status_code == 200
    answer = fail(client, officer.email)
    words = " ".join(answer.content.decode().split())
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "sai 5 lần liên tiếp" in words
    assert "15 phút" in words
    assert "cán bộ nhân sự" in words
    right = client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert right.status_code == 429
    assert "_auth_user_id" not in client.session


def test_four_wrong_ones_and_a_right_one_begin_anew(client):
    officer = person()
    for _ in range(3):
        fail(client, officer.email, 4)
        assert (
            client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD}).status_code == 302
        )
        client.post("/accounts/logout/")


def test_e_mail_number_and_a_duplicate_s_number_are_one_account(client):
    officer = person(code="087300000777", email="cb@songtien.example")
    person(code="TG-0042")
    Person.objects.filter(code="TG-0042").update(merged_into=officer)
    for name in ("cb@songtien.example", "CB@songtien.example", "087300000777", " TG-0042 "):
        assert fail(client, name).status_code == 200
    assert fail(client, "087300000777").status_code == 429


def test_another_address_is_not_locked(client):
    officer = person()
    fail(client, officer.email, 5)
    sent = {"login": officer.email, "password": PASSWORD}
    assert client.post("/accounts/login/", sent, REMOTE_ADDR="10.9.9.9").status_code == 302


def test_behind_one_proxy_the_visitor_s_address_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    officer = person()
    fail(client, officer.email, 5, headers={"X-Forwarded-For": "203.0.113.5"})
    sent = {"login": officer.email, "password": PASSWORD}
    assert (
        client.post("/accounts/login/", sent, headers={"X-Forwarded-For": "203.0.113.6"}).status_code == 302
    )


def test_without_a_proxy_nobody_s_word_for_an_address_is_taken(client):
    officer = person()
    for n in range(4):
        fail(client, officer.email, headers={"X-Forwarded-For": f"203.0.113.{n}"})
    assert fail(client, officer.email, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 429


def test_an_unknown_name_is_locked_alike_so_nobody_learns_who_exists(client):
    officer = person()
    known = [fail(client, officer.email) for _ in range(6)]
    unknown = [fail(client, "khongco@songtien.example") for _ in range(6)]
    assert [a.status_code for a in known] == [a.status_code for a in unknown] == [200] * 4 + [429] * 2
    errors = [list(answers[0].context["form"].non_field_errors()) for answers in (known, unknown)]
    assert errors[0] == errors[1]


def test_the_lock_ends_by_itself_and_trying_does_not_lengthen_it(client):
    officer = person()
    fail(client, officer.email, 5)
    attempt = AccessAttempt.objects.get()
    attempt.attempt_time -= timedelta(minutes=14, seconds=50)
    attempt.save()
    assert fail(client, officer.email, 3).status_code == 429
    attempt.refresh_from_db()
    attempt.attempt_time -= timedelta(seconds=11)
    attempt.save()
    assert client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD}).status_code == 302


def test_failures_and_the_lock_out_are_recorded(client):
    officer = person()
    fail(client, officer.email, 7)
    events = AuditEvent.objects.filter(target_id=str(officer.pk))
    assert events.filter(action="account.sign_in_failed").count() == 5
    assert events.get(action="account.lock_out").new == {"failures": 5}
    fail(client, "aidó@songtien.example")
    stranger = AuditEvent.objects.latest("pk")
    assert (stranger.action, stranger.target_id, stranger.target_label) == ("account.sign_in_failed", "0", "")


def test_no_number_and_no_password_is_kept_or_logged(client, caplog):
    officer = person(code="087300000777")
    caplog.set_level(logging.DEBUG)
    for password in ("sai-canary-1", "sai-canary-2"):
        client.post("/accounts/login/", {"login": officer.code, "password": password})
    kept = str(list(AccessAttempt.objects.values()))
    client.post("/accounts/login/", {"login": officer.code, "password": PASSWORD})
    client.post("/accounts/logout/")
    said = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("axes"))
    assert said
    for secret in ("087300000777", "canary", PASSWORD):
        assert secret not in kept + said


def world():
    unit, other = agency("SNV"), agency("STC")
    return {
        "locked": person("Lê Thị Bị Khóa", agency=unit),
        "hr": person(agency=unit, role="hr_officer"),
        "foreign": person(agency=other, role="hr_officer"),
        "administrator": person(agency=other, role="administrator"),
        "learner": person(agency=unit),
        "auditor": person(agency=unit, role="auditor"),
    }


@pytest.mark.parametrize("who", ["hr", "administrator"])
def test_hr_and_administrators_unlock_with_a_reason(client, who):
    people = world()
    fail(type(client)(), people["locked"].email, 5)
    sign_in(client, people[who])
    page = client.get("/people/accounts/locked/").content.decode()
    assert "Lê Thị Bị Khóa" in page
    assert people["locked"].code not in page
    address = f"/people/accounts/{people['locked'].pk}/unlock/"
    client.post(address, {"reason": ""})
    assert AccessAttempt.objects.exists()
    client.post(address, {"reason": "Gọi điện xác minh"})
    event = AuditEvent.objects.get(action="account.unlock")
    assert (event.reason, event.actor_id, event.target_id) == (
        "Gọi điện xác minh",
        str(people[who].pk),
        str(people["locked"].pk),
    )
    sent = {"login": people["locked"].email, "password": PASSWORD}
    assert type(client)().post("/accounts/login/", sent).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("foreign", 404), ("learner", 403), ("auditor", 403)])
def test_nobody_else_unlocks(client, who, status):
    people = world()
    fail(type(client)(), people["locked"].email, 5)
    sign_in(client, people[who])
    page = client.get("/people/accounts/locked/")
    assert "Lê Thị Bị Khóa" not in page.content.decode()
    assert (
        client.post(f"/people/accounts/{people['locked'].pk}/unlock/", {"reason": "x"}).status_code == status
    )
    assert AccessAttempt.objects.exists()


def test_who_has_lost_every_factor_is_helped_by_somebody_else(client):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    people = world()
    TOTP.activate(people["locked"], "JBSWY3DPEHPK3PXP")
    TOTP.activate(people["hr"], "JBSWY3DPEHPK3PXP")
    sign_in(client, people["hr"])
    sent = {"who": people["locked"].code, "reason": "Mất điện thoại, đã gặp trực tiếp"}
    assert client.post("/people/accounts/factors/", {**sent, "reason": ""}).status_code == 422
    assert (
        client.post("/people/accounts/factors/", {**sent, "who": people["foreign"].email}).status_code == 422
    )
    assert client.post("/people/accounts/factors/", {**sent, "who": people["hr"].email}).status_code == 403
    assert Authenticator.objects.count() == 2
    assert client.post("/people/accounts/factors/", sent).status_code == 302
    assert list(Authenticator.objects.values_list("user", flat=True)) == [people["hr"].pk]
    event = AuditEvent.objects.get(action="account.take_off_factors")
    assert (event.reason, event.old) == ("Mất điện thoại, đã gặp trực tiếp", {"factors": 1})
