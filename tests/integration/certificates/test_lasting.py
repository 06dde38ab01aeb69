"""What becomes of page, person and agency afterwards takes nothing from a certificate."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from certificates.actions import paper_of
from certificates.documents import certificate_pdf
from certificates.exports import register_rows
from certificates.models import Certificate
from courses.models import CoursePage
from lms.people.models import Post
from lms.people.organisation import history
from tests.factories import certificates as made
from tests.factories import organisation, people
from tests.factories.courses import course_page


def content(certificate: Certificate) -> bytes:
    with storages["private"].open(certificate.file_name) as file:
        return file.read()


@pytest.fixture
def before(certificate):
    """The file on the disk, as it was given out."""
    return content(certificate)


def holds(certificate: Certificate, before: bytes, client) -> None:
    """The store verifies, the paper prints the same bytes again, and the public page says the same."""
    call_command("verify_certificates")
    now = Certificate.objects.get(pk=certificate.pk)
    assert content(now) == before == certificate_pdf(paper_of(now))
    client.logout()
    page = client.get(now.get_absolute_url()).content.decode()
    for words in ("Nguyễn Thị Mỹ Tiên", "Sở Nội vụ", "Ủy ban nhân dân phường Mỹ Tho", now.course_name):
        assert words in page
    assert now.standing == "valid"


def test_it_outlives_the_page_of_its_course(world, certificate, before, client):
    page = course_page(world.course)
    Page.objects.get(pk=page.pk).delete()
    assert not CoursePage.objects.exists()
    holds(certificate, before, client)


def test_it_outlives_another_name_of_its_course(world, certificate, before, client):
    world.course.name, world.course.hours = "Khóa đổi tên", 40
    world.course.save()
    holds(certificate, before, client)


def test_it_outlives_the_person_s_move(world, certificate, before, client):
    today = timezone.localdate()
    Post.objects.filter(person=world.learner).update(valid_to=today)
    people.post(world.learner, world.other, valid_from=today)
    world.learner.full_name = "Nguyễn Thị Mỹ Tiên Đổi"
    world.learner.save()
    holds(certificate, before, client)
    people.sign_in(client, world.other_hr)
    assert certificate.serial in client.get("/certificates/").content.decode()


def test_it_outlives_the_merger_of_the_agency_that_issued_it(world, certificate, before, client):
    new = organisation.founding("SNVLD", "Sở Nội vụ và Lao động tỉnh Đồng Tháp", world.province)
    joined = people.agency("SLD", name="Sở Lao động", parent=world.province)
    on = timezone.localdate()
    organisation.carried_out(
        world.provincial, "merge", world.department, joined, on=on, successors=[new], parent=world.province
    )
    heir = history().bearer(world.department.pk, on)
    assert heir not in (None, world.department.pk)
    holds(certificate, before, client)
    fresh = made.certificate(people.person(agency=world.commune), world.course, agency=world.commune)
    assert (fresh.issuer_id, fresh.issuer_name, fresh.number) == (
        heir,
        "Sở Nội vụ và Lao động tỉnh Đồng Tháp",
        1,
    )
    lines = [" ".join(map(str, row)) for row in register_rows(Certificate.objects.for_book().order_by("pk"))]
    assert [certificate.serial in lines[0], fresh.serial in lines[1]] == [True, True]
    # The register shows each line's agency by its own day: the old book keeps the old name.
    assert [row.issuer_name for row in Certificate.objects.order_by("pk")] == [
        "Sở Nội vụ",
        "Sở Nội vụ và Lao động tỉnh Đồng Tháp",
    ]
    people.sign_in(client, world.auditor)
    page = client.get("/certificates/").content.decode()
    assert certificate.serial in page
    assert fresh.serial in page
    assert history().name(world.department.pk, on - timedelta(days=1)) == "Sở Nội vụ"
    call_command("verify_certificates")
