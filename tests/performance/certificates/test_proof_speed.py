"""What checking and signing cost, each against the least the same machine needs in the same run."""

import hashlib
import io
import itertools
import time
from statistics import median

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from certificates.models import Certificate
from lms.base.documents import signatures
from tests.factories import certificates as made
from tests.factories import pdf_mutations as corpus
from tests.factories import people, signing

pytestmark = pytest.mark.django_db
ROUNDS, STORE = 60, 60
GOAL = 0.15
DRAWN = 0.04  # the first of a minute draws header and footer along


def hello(request):
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), path("", include("lms.urls"))]


def seconds(*acts):
    """Median processor seconds of each, in turn so that a busy machine slows all alike."""
    taken = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, kept in zip(acts, taken, strict=True):
            start = time.process_time()
            act()
            kept.append(time.process_time() - start)
    return [median(kept) for kept in taken]


@pytest.fixture
def store(settings, tmp_path):
    signing.use_key(settings, tmp_path)
    settings.ROOT_URLCONF = __name__
    unit = people.agency("SNV", name="Sở Nội vụ")
    course = made.course("DS06", issuer=unit)
    return [
        made.certificate(people.person(f"Nguyễn Văn {number}", agency=unit), course, agency=unit)
        for number in range(STORE)
    ]


def test_the_public_page_against_hello(store):
    client, addresses = Client(), itertools.cycle([row.get_absolute_url() for row in store])

    def drawn():
        cache.clear()
        client.get(next(addresses))

    each, first, bare = seconds(lambda: client.get(next(addresses)), drawn, lambda: client.get("/hello/"))
    print(
        f"\npublic page {1 / each:.0f}/s, with its frame {1 / first:.0f}/s, hello {1 / bare:.0f}/s,"
        f" ratios {bare / each:.2f} and {bare / first:.2f} (n={ROUNDS}; goal {GOAL})"
    )
    assert bare / each >= GOAL
    assert bare / first >= DRAWN


def test_what_signing_and_verifying_cost(store):
    pdf, key = corpus.document(), signing.signing_key_of(signing.agency())
    shown = signatures.Appearance("Sở Nội vụ tỉnh Đồng Tháp", "", timezone.now())
    sign = lambda: signatures.sign(pdf, key=key, field=corpus.PERSON_FIELD, appearance=shown)  # noqa: E731
    whole = sign()
    verify = lambda: signatures.verify(whole, roots=signing.roots(), at=timezone.now())  # noqa: E731
    signed, verified = seconds(sign, verify)
    print(
        f"\nsigned {signed * 1000:.1f} ms, verified {verified * 1000:.1f} ms a file of {len(whole)} bytes (n={ROUNDS})"
    )
    assert verify().findings == ()


def test_the_whole_store_against_read_and_hash(store):
    cache.clear()

    def read_and_hash():
        for certificate in Certificate.objects.iterator():
            with storages["private"].open(certificate.file_name) as file:
                hashlib.file_digest(file, "sha256")

    start = time.process_time()
    read_and_hash()
    bare = time.process_time() - start
    start = time.process_time()
    call_command("verify_certificates", stdout=io.StringIO())
    ours = time.process_time() - start
    print(
        f"\nstore of {STORE}: {ours / STORE * 1000:.1f} ms each, read + SHA-256 {bare / STORE * 1000:.2f} ms each, {ours / bare:.0f} x"
    )
    assert ours / STORE < 0.2
