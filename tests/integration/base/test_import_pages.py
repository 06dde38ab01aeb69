"""The upload page: check, mend, confirm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.base.models import AuditEvent, ImportRun
from lms.people.models import Person
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
HEAD = "person_id,full_name,category,agency_code,post_from\n"


def upload(client, text, kind="staff", name="nhân sự.csv"):
    return client.post(f"/imports/{kind}/", {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


@pytest.fixture
def officer(client):
    who = person(agency=agency("SNV"), role="hr_officer")
    sign_in(client, who)
    return who


def test_a_bad_row_is_shown_and_nothing_written_then_the_mended_file_is_confirmed(client, officer):
    before = Person.objects.count()
    page = upload(client, HEAD + "X1,Trần Văn A,CC,SNV,31/02/2024\n")
    run = page.context["run"]
    assert run.state == "refused"
    assert (run.report["problems"][0]["row"], run.report["problems"][0]["column"]) == (2, "post_from")
    assert client.post(f"/imports/runs/{run.pk}/apply/").status_code == 302
    assert Person.objects.count() == before

    run = upload(client, HEAD + "X1,Trần Văn A,CC,SNV,28/02/2024\n").context["run"]
    assert run.state == "checked"
    assert Person.objects.count() == before
    client.post(f"/imports/runs/{run.pk}/apply/")
    assert Person.objects.count() == before + 1
    event = AuditEvent.objects.get(action="import.staff")
    assert (event.actor_id, event.channel, event.new["added"]) == (str(officer.pk), "page", 1)
    # Confirming twice is confirming once.
    client.post(f"/imports/runs/{run.pk}/apply/")
    assert AuditEvent.objects.filter(action="import.staff").count() == 1


def test_a_file_that_is_no_sheet_gets_a_sentence_at_the_field(client, officer):
    page = client.post("/imports/staff/", {"file": SimpleUploadedFile("a.xlsx", b"no workbook")})
    assert page.status_code == 422
    assert "file" in page.context["form"].errors
    assert not ImportRun.objects.exists()


def test_who_may_not_import_is_refused(client):
    sign_in(client, person(agency=agency("SNV")))
    assert client.get("/imports/").status_code == 403
    assert client.get("/imports/staff/").status_code == 403


def test_a_unit_officer_may_not_import_agencies_nor_open_another_s_file(client, officer):
    assert client.get("/imports/agencies/").status_code == 403
    run = upload(client, HEAD + "X1,Trần Văn A,CC,SNV,28/02/2024\n").context["run"]
    sign_in(client, person(agency=agency("STC"), role="hr_officer"))
    assert client.get(f"/imports/runs/{run.pk}/").status_code == 404
    assert client.post(f"/imports/runs/{run.pk}/apply/").status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.get("/imports/staff/").status_code == 302
    assert client.get("/imports/").url.startswith("/accounts/login/")
