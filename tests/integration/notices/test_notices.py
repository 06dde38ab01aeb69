"""Messages to one person: told once, in the product and by e-mail, read by nobody else."""

import dj_email_url
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_noop

from lms.base.jobs import run_due
from lms.base.models import Job
from lms.notices.actions import Message, read, tell
from lms.notices.models import Notice
from tests.factories.people import agency, person, sign_in
from tests.fakes.mail_server import MailServer

pytestmark = pytest.mark.django_db
NEAR = gettext_noop("%(code)s: the last day is near, %(day)s")
PARAMS = {"code": "SNV-2026-001", "day": "05/12/2026"}


@pytest.fixture
def server(tmp_path, settings):
    running = MailServer(tmp_path)
    for name, value in dj_email_url.parse(running.url).items():
        if name.startswith("EMAIL_"):
            setattr(settings, name, value)
    settings.SITE_URL = "https://kiemtra.dongthap.example"
    yield running
    running.stop()


@pytest.fixture
def somebody():
    return person("Trần Thị Mỹ Lệ", agency=agency(name="Sở Nội vụ"), email="mle@songtien.example")


def message(whom, key="inspections.case/1", **given):
    return Message(whom, key, NEAR, params=PARAMS, url="/inspections/1/", **given)


def test_the_same_message_is_told_once(somebody):
    assert tell(messages=[message(somebody), message(somebody)]) == 1
    assert tell(messages=[message(somebody)]) == 0
    assert tell(messages=[message(somebody, key="inspections.case/2")]) == 1
    assert Job.objects.filter(kind="notices.mail").count() == 2


def test_it_arrives_by_mail_in_vietnamese_once(somebody, server):
    tell(messages=[message(somebody)])
    run_due()
    run_due()
    (mail,) = server.messages()
    assert mail["To"] == "mle@songtien.example"
    assert "SNV-2026-001: sắp đến ngày cuối cùng, 05/12/2026" in mail["Subject"]
    assert "Kính gửi Trần Thị Mỹ Lệ," in mail.get_content()
    assert "https://kiemtra.dongthap.example/inspections/1/" in mail.get_content()
    assert Notice.objects.get().mailed_at is not None


def test_a_mail_server_that_is_down_loses_nothing(somebody, server):
    server.stop()
    tell(messages=[message(somebody)])
    run_due()
    assert Notice.objects.get().mailed_at is None
    assert Job.objects.get(kind="notices.mail").state != Job.State.DONE


def test_nobody_without_an_address_or_who_wants_none_is_mailed(somebody, client, mailoutbox):
    sign_in(client, somebody)
    client.post("/notices/", {})
    nobody = person("Không Thư", agency=agency("X2"))
    nobody.email = ""
    nobody.save()
    tell(messages=[message(somebody), message(nobody)])
    run_due()
    assert mailoutbox == []
    assert Notice.objects.count() == 2


def test_the_page_says_it_in_the_reader_s_language(somebody, client):
    tell(messages=[message(somebody)])
    sign_in(client, somebody)
    with translation.override("vi"):
        assert "sắp đến ngày cuối cùng" in client.get("/notices/").content.decode()
    page = client.get("/notices/", headers={"accept-language": "en"}).content.decode()
    assert "the last day is near" in page


def test_opening_one_reads_it_and_leads_there(somebody, client):
    tell(messages=[message(somebody), message(somebody, key="inspections.case/2")])
    sign_in(client, somebody)
    first = Notice.objects.earliest("pk")
    page = client.post(f"/notices/{first.pk}/")
    assert page["Location"] == "/inspections/1/"
    assert Notice.objects.unread().count() == 1
    client.post("/notices/read/")
    assert Notice.objects.unread().count() == 0


def test_a_message_never_leads_out_of_the_house(somebody, client):
    tell(messages=[Message(somebody, "k", NEAR, params=PARAMS, url="https://elsewhere.example/")])
    sign_in(client, somebody)
    assert client.post(f"/notices/{Notice.objects.get().pk}/")["Location"] == "/notices/"


def test_another_person_s_message_is_nowhere_to_be_found(somebody, client):
    tell(messages=[message(somebody)])
    sign_in(client, person("Người Khác", agency=agency("X3")))
    assert "SNV-2026-001" not in client.get("/notices/").content.decode()
    assert client.post(f"/notices/{Notice.objects.get().pk}/").status_code == 404
    assert read(by=person("Nữa", agency=agency("X4"))) == 0
    assert Notice.objects.unread().count() == 1


def test_a_duplicate_record_s_message_goes_to_the_record_that_is_kept(somebody):
    twin = person("Trần Thị Mỹ Lệ", agency=agency("X5"))
    twin.merged_into = somebody
    twin.save()
    tell(messages=[message(twin), message(somebody)])
    assert [notice.person for notice in Notice.objects.all()] == [somebody]


def test_as_many_queries_for_three_messages_as_for_one(somebody, client):
    sign_in(client, somebody)
    counts = []
    for keys in (["a"], ["b", "c"]):
        tell(messages=[message(somebody, key=key) for key in keys])
        with CaptureQueriesContext(connection) as asked:
            client.get("/notices/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
