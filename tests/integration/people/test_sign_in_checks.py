"""An installation whose sign-in is set wrongly is told so at the start."""

import pytest

from lms.people.checks import sign_in_check


def codes():
    return [message.id for message in sign_in_check(None)]


@pytest.fixture
def province(settings):
    def configure(issuer, client="song-tien"):
        settings.SECOND_FACTOR_DEMANDED = True
        settings.OIDC_ISSUER = issuer
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{"client_id": client}]}}

    return configure


@pytest.mark.parametrize(
    ("issuer", "client", "found"),
    [
        ("https://sso.dongthap.example", "song-tien", []),
        ("http://127.0.0.1:9000", "song-tien", []),
        ("http://sso.dongthap.example", "song-tien", ["people.E001"]),
        ("https://sso.dongthap.example", "", ["people.E002"]),
    ],
)
def test_a_province_s_sign_in(province, issuer, client, found):
    province(issuer, client)
    assert codes() == found


@pytest.mark.parametrize(
    ("demanded", "demonstration", "found"),
    [(True, False, []), (False, True, []), (False, False, ["people.W001"])],
)
def test_second_factors_switched_off_are_noticed(settings, demanded, demonstration, found):
    settings.SECOND_FACTOR_DEMANDED, settings.DEMONSTRATION = demanded, demonstration
    assert codes() == found
