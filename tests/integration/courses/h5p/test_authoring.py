"""Authors bring files in the Wagtail admin; refusals stand at the field."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.h5p.actions import import_package
from courses.models import Content, Library
from tests.factories import h5p, people
from tests.integration.courses.h5p.conftest import make_content

ADD = "wagtailsnippets_courses_content:add"
EDIT = "wagtailsnippets_courses_content:edit"
LIST = "wagtailsnippets_courses_content:list"


def uploaded(file: io.BytesIO, name: str = "bai.h5p"):
    return {"file": SimpleUploadedFile(name, file.getvalue())}


@pytest.fixture
def author(starter, client):
    """An author, signed in as the role makes them."""
    who = people.person("Trần Lê Bảo Châu", role="author")
    people.sign_in(client, who)
    return who


def test_an_author_uploads_an_activity(author, client):
    answer = client.post(reverse(ADD), uploaded(h5p.package()))
    content = Content.objects.get()
    assert (answer.status_code, content.title, content.created_by) == (302, "Chọn mật khẩu", author)


@pytest.mark.parametrize(
    ("file", "name", "sentence"),
    [
        (io.BytesIO(b"not a zip"), "bai.h5p", "The file is not a readable ZIP archive"),
        (
            h5p.zipped({**h5p.files(), "content/x.svg": b"<svg/>"}),
            "bai.h5p",
            "“content/x.svg” is of a kind not allowed",
        ),
        (h5p.package(), "bai.zip", "Choose a file whose name ends in .h5p."),
        (h5p.probe(), "bai.h5p", "an administrator must first approve Test.Probe 1.0"),
    ],
)
def test_a_refusal_stands_at_the_field(author, client, file, name, sentence):
    client.cookies["django_language"] = "en"
    answer = client.post(reverse(ADD), uploaded(file, name))
    assert answer.status_code == 200
    assert sentence in " ".join(answer.context["form"].errors["file"])
    assert not Content.objects.exists()


def test_what_an_author_may_not_install_waits_for_the_administrator(author, client):
    client.post(reverse(ADD), uploaded(h5p.probe()))
    assert [(str(row), row.installed_by) for row in Library.objects.waiting()] == [
        ("Test.Probe 1.0.0", author)
    ]


def test_an_administrator_who_uploads_must_look_and_approve_too(starter, client):
    people.sign_in(client, people.person(role="administrator"))
    client.post(reverse(ADD), uploaded(h5p.probe()))
    assert Library.objects.waiting().count() == 1
    assert not Content.objects.exists()


def test_a_new_file_replaces_the_activity(author, client):
    content = make_content()
    answer = client.post(
        reverse(EDIT, args=[content.pk]), uploaded(h5p.package(parameters=h5p.SEVERAL, title="Mới"))
    )
    content.refresh_from_db()
    assert (answer.status_code, content.title, content.replaced_by) == (302, "Mới", author)


@pytest.mark.parametrize("role", ["hr_officer", "auditor", None])
def test_others_do_not_upload(starter, client, role):
    people.sign_in(client, people.person(role=role, agency=people.agency()))
    assert client.post(reverse(ADD), uploaded(h5p.package())).status_code in (302, 403)
    assert not Content.objects.exists()


def test_the_list_asks_as_much_for_three_as_for_one(author, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_content(title="Một")
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as one:
        page = client.get(reverse(LIST)).content.decode()
    for title in ("Hai", "Ba"):
        import_package(file=h5p.package(title=title), by=None, approve=True)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(LIST))
    assert "Một" in page
    assert reverse("h5p_preview", args=[Content.objects.get(title="Một").pk]) in page
    assert len(three) == len(one)
