"""The upload page: check in the background, preview, mend, confirm."""

import pytest

from lms.base.jobs import run_due
from lms.base.models import AuditEvent, ImportRun, Job
from lms.people.models import Person, Post
from tests.factories.people import agency, person, sign_in
from tests.factories.uploads import HEAD, confirm, lines, upload, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    who = person("Lê Thị Mỹ Hạnh", agency=agency("SNV"), role="hr_officer")
    sign_in(client, who)
    return who


def test_a_bad_row_is_shown_and_nothing_written_then_the_mended_file_is_confirmed(client, officer):
    before = Person.objects.count()
    run = upload(client, HEAD + "X1,Trần Văn A,CC,SNV,31/02/2024\n")
    assert run.state == "refused"
    assert [(row, column) for row, column, _message in lines(run, "refused")] == [(2, "post_from")]
    assert client.post(f"/imports/runs/{run.pk}/apply/").status_code == 302
    run_due()
    assert Person.objects.count() == before

    run = upload(client, HEAD + "X1,Trần Văn A,CC,SNV,28/02/2024\n")
    assert run.state == "checked"
    assert Person.objects.count() == before
    confirm(client, run)
    assert Person.objects.count() == before + 1
    event = AuditEvent.objects.get(action="import.staff")
    assert (event.actor_id, event.channel, event.new["added"]) == (str(officer.pk), "page", 1)
    # Confirming twice is confirming once.
    confirm(client, run)
    assert AuditEvent.objects.filter(action="import.staff").count() == 1


def test_the_page_shows_how_far_the_check_is_until_the_job_has_run(client, officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("a.csv", (HEAD + "X1,A,CC,SNV,28/02/2024\n").encode())
    answer = client.post("/imports/staff/", {"file": file, "scope": "changes"})
    run = ImportRun.objects.get()
    assert run.state == "checking"
    Job.objects.update(state="running", lease_token="3f2c7a52-1111-4222-8333-444455556666", lease_until="2030-01-01T00:00Z", progress_done=500, progress_total=2000)  # fmt: skip
    page = client.get(answer.url).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert 'value="25"' in page
    Job.objects.update(state="waiting", lease_token=None, lease_until=None)
    run_due()
    assert 'hx-trigger="every 2s"' not in client.get(answer.url).content.decode()


def test_the_preview_names_every_field_with_its_old_and_new_value(client, officer):
    confirm(client, upload(client, HEAD + "X1,Trần Văn A,CC,SNV,28/02/2024\n"))
    head = "person_id,full_name,category,agency_code,position,post_from,post_to\n"
    run = upload(
        client,
        head + "X1,Trần Văn Á,VC,SNV,Chuyên viên,28/02/2024,01/07/2030\nX2,Lê B,CC,SNV,,01/03/2024,\n",
    )
    ((row, label, changes),) = lines(run, "changed")
    assert (row, label) == (2, "Trần Văn Á (X1)")
    assert [change[1:] for change in changes] == [
        ["Trần Văn A", "Trần Văn Á"],
        ["CC", "VC"],
        ["", "Chuyên viên"],
        ["", "01/07/2030"],
    ]
    assert [(row, label) for row, label, _changes in lines(run, "added")] == [(3, "Lê B (X2)")]
    assert (run.report["added"], run.report["changed"], run.report["unchanged"]) == (1, 1, 0)


def test_the_preview_is_paged_filtered_and_its_refusals_exported(client, officer):
    rows = [f"X{n},Người Thứ {n},CC,SNV,2024-01-01" for n in range(120)]
    rows[60] = "X60,Người Thứ 60,ZZ,SNV,2024-01-01"
    run = upload(client, HEAD + "\n".join(rows) + "\n")
    page = client.get(f"/imports/runs/{run.pk}/")
    assert len(page.context["listing"].page) == 50
    assert page.context["listing"].count == 120
    refused = client.get(f"/imports/runs/{run.pk}/?effect=refused")
    assert refused.context["listing"].count == 1
    file = b"".join(client.get(f"/imports/runs/{run.pk}/?effect=refused&format=csv").streaming_content)
    assert "62,category,ZZ," in file.decode("utf-8-sig")
    from lms.base.importing.sheets import read_sheet

    book = read_sheet(client.get(f"/imports/runs/{run.pk}/?effect=refused&format=xlsx").content, "a.xlsx")
    assert [list(cells[:3]) for _number, cells in book.rows] == [[62.0, "category", "ZZ"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_as_often_for_one_row_as_for_three(
    client, officer, count, django_assert_num_queries
):
    rows = [f"X{n},A,CC,SNV,2024-01-01\n" for n in range(count)]
    run = upload(client, HEAD + "".join(rows))
    client.get(f"/imports/runs/{run.pk}/")
    with django_assert_num_queries(12, exact=False):
        client.get(f"/imports/runs/{run.pk}/")


def test_a_file_that_is_no_sheet_gets_a_sentence_and_writes_nothing(client, officer):
    run = upload(client, b"no workbook", name="a.xlsx")
    assert run.state == "refused"
    assert ".xlsx" in run.report["file_refused"]
    assert run.report["file_refused"] in client.get(f"/imports/runs/{run.pk}/").content.decode()


def test_whether_a_file_is_full_must_be_said(client, officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def sent():
        return SimpleUploadedFile("a.csv", HEAD.encode())

    assert client.post("/imports/staff/", {"file": sent()}).status_code == 422
    assert client.post("/imports/staff/", {"file": sent(), "scope": "full"}).status_code == 422
    future = {"file": sent(), "scope": "full", "agency": "SNV", "on": "2999-01-01"}
    assert "on" in client.post("/imports/staff/", future).context["form"].errors
    foreign = {"file": sent(), "scope": "full", "agency": "KHONG", "on": "2025-01-01"}
    assert "agency" in client.post("/imports/staff/", foreign).context["form"].errors


def test_a_failed_job_gives_the_file_back(client, officer):
    run = upload(client, HEAD + "X1,A,CC,SNV,2024-01-01\n")
    client.post(f"/imports/runs/{run.pk}/apply/")
    assert client.post(f"/imports/runs/{run.pk}/again/").status_code == 302
    run.refresh_from_db()
    assert run.state == "applying"  # it has not failed
    Job.objects.filter(pk=run.job_id).update(state="failed")
    assert f"/imports/runs/{run.pk}/again/" in client.get(f"/imports/runs/{run.pk}/").content.decode()
    client.post(f"/imports/runs/{run.pk}/again/")
    assert confirm(client, run).state == "applied"
    assert Post.objects.filter(person__code="X1").exists()


def test_who_may_not_import_is_refused(client):
    sign_in(client, person(agency=agency("SNV")))
    assert client.get("/imports/").status_code == 403
    assert client.get("/imports/staff/").status_code == 403


def test_a_unit_officer_may_not_import_agencies_nor_open_another_s_file(client, officer):
    assert client.get("/imports/agencies/").status_code == 403
    run = upload(client, HEAD + "X1,Trần Văn A,CC,SNV,28/02/2024\n")
    sign_in(client, person(agency=agency("STC"), role="hr_officer"))
    assert client.get(f"/imports/runs/{run.pk}/").status_code == 404
    for act in ("apply", "undo", "again"):
        assert client.post(f"/imports/runs/{run.pk}/{act}/").status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.get("/imports/staff/").status_code == 302
    assert client.get("/imports/").url.startswith("/accounts/login/")


def test_a_workbook_s_numbers_and_lost_zeros_are_said(client, officer):
    run = upload(
        client,
        workbook([HEAD.strip().split(","), [82190001234, "Trần A", "CC", "SNV", "2024-01-01"]]),
        name="a.xlsx",
    )
    assert [(row, column) for row, column, _message in lines(run, "refused")] == [(2, "person_id")]
    assert (1, "person_id") in [(row, column) for row, column, _message in lines(run, "warning")]
