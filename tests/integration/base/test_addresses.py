"""Behind our proxies the audit log keeps the visitor's address, by the rule the sign-in uses."""

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import RequestFactory

from certificates.views.limits import too_often
from lms.base.addresses import client_address
from lms.base.models import AuditEvent
from tests.factories.people import person

pytestmark = pytest.mark.django_db

PROXY = "10.0.0.1"
VISITOR = "203.0.113.5"


def signed_in_from(client, forwarded, remote=PROXY):
    """Sign in and return the address that the audit log keeps of it."""
    who = person()
    client.post(
        "/accounts/login/",
        {"login": who.email, "password": "một-mật-khẩu-dài"},
        REMOTE_ADDR=remote,
        headers={"X-Forwarded-For": forwarded} if forwarded else {},
    )
    return AuditEvent.objects.filter(actor_id=str(who.pk)).latest("pk").address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "kept"),
    [
        (0, VISITOR, PROXY),  # nobody's word is taken
        (1, VISITOR, VISITOR),
        (1, f"198.51.100.9, {VISITOR}", VISITOR),  # what the visitor put before it is not believed
        (2, f"{VISITOR}, 10.0.0.2", VISITOR),
        (2, VISITOR, PROXY),  # did not pass both proxies: the connection's own address
        (1, "", PROXY),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_audit_log_keeps_the_visitor_s_address(client, settings, proxies, forwarded, kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert signed_in_from(client, forwarded) == kept


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_lock_outs_and_the_audit_log_name_one_address(client, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    who, forwarded = person(), f"{VISITOR}, 10.0.0.2"
    for password in ("sai", "một-mật-khẩu-dài"):
        client.post(
            "/accounts/login/",
            {"login": who.email, "password": password},
            REMOTE_ADDR=PROXY,
            headers={"X-Forwarded-For": forwarded},
        )
        if password == "sai":
            locked_at = AccessAttempt.objects.get().ip_address
    assert AuditEvent.objects.filter(actor_id=str(who.pk)).latest("pk").address == locked_at
    assert who.usersession_set.get().ip == locked_at


@pytest.mark.parametrize("word", ["", "unknown", "'; DROP TABLE", "fe80::1%eth0", "203.0.113.5:4711"])
def test_what_is_no_address_breaks_nothing(client, settings, word):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": word})
    found = {"": PROXY, "fe80::1%eth0": "fe80::1", "203.0.113.5:4711": VISITOR}
    assert client_address(request) == found.get(word)
    assert client.get("/health/live", headers={"X-Forwarded-For": word}).status_code == 200


def test_two_visitors_behind_one_proxy_are_counted_apart(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()

    def ask(address):
        request = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address})
        return too_often(request, "test", 1)

    assert [ask(VISITOR), ask("203.0.113.6"), ask(VISITOR)] == [False, False, True]
