"""What stands around the public page is kept for a minute; what it says is never older than the last request."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from certificates.actions import reissue
from certificates.models import Certificate
from certificates.views.frame import BODY, TOKEN
from courses.actions import revoke_completion
from courses.models import Revocation
from lms.people.retention import ERASED_NAME
from tests.factories import certificates as made
from tests.factories import people
from tests.factories.facts import unguarded


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def page(client, certificate) -> str:
    response = client.get(certificate.get_absolute_url())
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_the_next_stranger_costs_two_queries_whichever_certificate_they_ask_for(
    world, certificate, django_assert_num_queries
):
    page(Client(), certificate)
    other = made.certificate(world.head, world.course, agency=world.department)
    with django_assert_num_queries(2):
        found = page(Client(), other)
    assert world.head.full_name in found
    assert f"<title>{other.get_kind_display()} {other.serial} · " in found
    # Where the language switch comes back to, and where a file to compare is sent.
    assert found.count(other.get_absolute_url()) == 2
    for words in (certificate.person_name, certificate.serial, certificate.public_code, "place-kept"):
        assert words not in found


def test_what_a_certificate_says_is_never_taken_for_a_place_in_the_frame(world):
    world.learner.full_name = f"{TOKEN} <b>{BODY}</b>"
    world.learner.save()
    odd = made.certificate(world.learner, world.course, agency=world.commune)
    for _ in range(2):
        assert f"{TOKEN} &lt;b&gt;{BODY}&lt;/b&gt;" in page(Client(), odd)


def test_a_new_issue_and_its_address_show_with_the_next_request(world, certificate):
    page(Client(), certificate)
    world.learner.full_name = "Nguyễn Thị Mỹ Tiền"
    world.learner.save()
    new = reissue(certificate=certificate, reason="Sai tên", by=world.head, confirmed_by=world.provincial)
    found = page(Client(), certificate)
    assert f'href="{new.get_absolute_url()}"' in found
    assert new.serial in found


def test_a_withdrawal_still_to_come_leaves_it_valid(world, certificate):
    Revocation.objects.create(
        completion=certificate.completion, on=date(2999, 1, 1), mode="from_date", reason="Sau này"
    )
    assert "notice--error" not in page(Client(), certificate)


def test_a_withdrawal_shows_with_the_next_request(certificate):
    assert "notice--error" not in page(Client(), certificate)
    revoke_completion(
        completion=certificate.completion,
        mode="ab_initio",
        on=timezone.localdate(),
        reason="Thi hộ",
        by=None,
    )
    assert "notice--error" in page(Client(), certificate)


def test_an_erased_name_is_gone_with_the_next_request(certificate):
    page(Client(), certificate)
    with unguarded():
        Certificate.objects.filter(pk=certificate.pk).make_nameless(person_name=ERASED_NAME)
    assert certificate.person_name not in page(Client(), certificate)


def test_each_stranger_has_a_token_of_their_own_and_it_works(certificate):
    tokens = []
    for _ in range(2):
        stranger = Client(enforce_csrf_checks=True)
        found = page(stranger, certificate)
        assert TOKEN not in found
        tokens.append(re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', found)[1])
        answer = stranger.post(certificate.get_absolute_url(), {"csrfmiddlewaretoken": tokens[-1]})
        assert answer.status_code == 200
    assert tokens[0] != tokens[1]
    assert Client(enforce_csrf_checks=True).post(certificate.get_absolute_url()).status_code == 403


def test_who_is_signed_in_sees_their_own_page_and_strangers_never_do(world, certificate):
    signed_in = people.sign_in(Client(), world.learner)
    assert "menu__name" in page(signed_in, certificate)
    assert "menu__name" not in page(Client(), certificate)
    assert "menu__name" in page(signed_in, certificate)


def test_each_language_is_kept_by_itself(certificate):
    vietnamese = page(Client(headers={"accept-language": "vi"}), certificate)
    english = page(Client(headers={"accept-language": "en"}), certificate)
    assert ('lang="vi"' in vietnamese, 'lang="en"' in english) == (True, True)
