"""Messages about accounts through a real SMTP server process, configured by EMAIL_URL."""

import re

import dj_email_url
import pytest
from django.utils import timezone

from lms.base.jobs import run_due
from lms.base.models import Job
from lms.people.models import Invitation
from tests.factories.people import agency, person, sign_in
from tests.fakes.mail_server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path, settings):
    running = MailServer(tmp_path)
    for name, value in dj_email_url.parse(running.url).items():
        if name.startswith("EMAIL_"):
            setattr(settings, name, value)
    settings.SITE_URL = "https://hoc.dongthap.example"
    settings.DEFAULT_FROM_EMAIL = "song-tien@dongthap.example"
    yield running
    running.stop()


def ask(client):
    unit = agency(name="Sở Nội vụ")
    who = person("Trần Thị Mỹ Lệ", agency=unit, code="087300000201", email="mle@songtien.example")
    who.set_unusable_password()
    who.save()
    sign_in(client, person(agency=unit, role="hr_officer"))
    client.post("/people/accounts/", {"unit": unit.pk, "way": "email"})
    return who


def test_the_first_link_arrives_and_opens_the_account(client, server):
    who = ask(client)
    run_due()
    [message] = server.messages()
    assert (message["To"], message["From"]) == ("mle@songtien.example", "song-tien@dongthap.example")
    assert message["Subject"] == "Sông Tiền: Mở tài khoản"
    body = message.get_body().get_content()
    assert "Kính gửi Trần Thị Mỹ Lệ" in body
    assert "087300000201" not in message.as_string()
    link = re.search(r"https://hoc\.dongthap\.example(\S+)", body)[1]
    visitor = type(client)()
    assert visitor.get(link).status_code == 302
    new = "bốn con cò lội ruộng"
    visitor.post("/accounts/first/", {"password1": new, "password2": new})
    assert visitor.session["_auth_user_id"] == str(who.pk)


def test_a_server_that_is_away_loses_no_message(client, server):
    ask(client)
    server.stop()
    run_due()
    job = Job.objects.get(kind="people.invite")
    assert (job.state, Invitation.objects.exclude(sent_at=None).count()) == ("waiting", 0)
    server.start()
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
    run_due()
    job.refresh_from_db()
    assert (job.state, len(server.messages())) == ("done", 1)
    [body] = [message.get_body().get_content() for message in server.messages()]
    link = re.search(r"https://hoc\.dongthap\.example(\S+)", body)[1]
    assert type(client)().get(link).status_code == 302, "the code that arrived is the one that counts"


def test_the_link_for_a_forgotten_password_arrives(client, server):
    person(email="quen@songtien.example", code="087300000202")
    client.post("/accounts/password/reset/", {"email": "quen@songtien.example"})
    [message] = server.messages()
    assert message["To"] == "quen@songtien.example"
    assert "/accounts/password/reset/key/" in message.get_body().get_content()
    assert "087300000202" not in message.as_string()
