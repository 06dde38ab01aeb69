"""Accounts for imported staff: first codes on paper or by e-mail, and what a code opens."""

import io
import re
from datetime import timedelta

import pdfplumber
import pytest
from django.core.files.storage import storages
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from lms.base.jobs import run_due
from lms.base.models import AuditEvent, Job
from lms.people.models import Invitation, InvitationRun, Person
from tests.factories.people import agency, person, post, sign_in

pytestmark = pytest.mark.django_db
NEW = "bốn con cò lội ruộng"
CODE = r"[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){3}"


def newcomer(name, unit, **more):
    who = person(name, agency=unit, **more)
    who.set_unusable_password()
    who.save()
    return who


@pytest.fixture
def world(settings, tmp_path):
    settings.SITE_URL = "https://hoc.dongthap.example"
    home = agency("SNV", name="Sở Nội vụ")
    child = agency("CCVTLT", name="Chi cục Văn thư và Lưu trữ", parent=home)
    foreign = agency("STC", name="Sở Tài chính")
    return {
        "home": home,
        "child": child,
        "foreign": foreign,
        "hr": person("Phạm Thị Nhân Sự", agency=home, role="hr_officer"),
        "colleague": person(agency=home, role="hr_officer"),
        "foreign_hr": person(agency=foreign, role="hr_officer"),
        "an": newcomer("Trần Văn An", home, code="087300000101"),
        "be": newcomer("Lê Thị Bé Bảy", home, code="087300000102"),
        "child_one": newcomer("Võ Văn Con", child, code="087300000103"),
        "elsewhere": newcomer("Ngô Thị Ngoài", foreign, code="087300000104"),
    }


def ask(client, world, unit="home", way="letter", who="hr"):
    sign_in(client, world[who])
    answer = client.post("/people/accounts/", {"unit": world[unit].pk, "way": way})
    run_due()
    return answer


def letters(client):
    run = InvitationRun.objects.latest("pk")
    answer = client.post(f"/people/accounts/runs/{run.key}/letters/")
    assert answer.status_code == 200
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def codes(client):
    """Return each person's code as it stands on their letter."""
    pages = letters(client)
    return {re.search(r"Kính gửi: (.+)", page)[1]: re.search(CODE, page)[0] for page in pages}


def open_account(client, number, code, password=NEW, again=None):
    sent = {"number": number, "code": code, "password1": password, "password2": again or password}
    return client.post("/accounts/first/", sent)


def test_the_page_lists_staff_of_the_reader_s_units_who_cannot_sign_in(client, world):
    sign_in(client, world["hr"])
    page = client.get("/people/accounts/").content.decode()
    for name in (
        "Trần Văn An",
        "Lê Thị Bé Bảy",
        "Võ Văn Con",
        "Sở Nội vụ (2)",
        "Chi cục Văn thư và Lưu trữ (1)",
    ):
        assert name in page
    assert "Ngô Thị Ngoài" not in page
    assert "087300000101" not in page
    assert "087******101" in page
    assert 'id="newcomers"' in page
    assert "Phạm Thị Nhân Sự</th>" not in page


def test_the_list_asks_as_many_queries_for_three_as_for_one(client, world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, world["hr"])
    client.get("/people/accounts/")
    with CaptureQueriesContext(connection) as before:
        client.get("/people/accounts/")
    for n in range(5):
        newcomer(f"Người Thứ {n}", world["home"])
    with CaptureQueriesContext(connection) as after:
        client.get("/people/accounts/")
    assert len(after) == len(before)


def test_it_is_narrowed_by_unit_and_searched_without_accents(client, world):
    sign_in(client, world["hr"])
    by_unit = client.get("/people/accounts/", {"unit": world["child"].pk}).context["listing"]
    assert [row.full_name for row in by_unit.page] == ["Võ Văn Con"]
    by_word = client.get("/people/accounts/", {"q": "be bay"}).context["listing"]
    assert [row.full_name for row in by_word.page] == ["Lê Thị Bé Bảy"]


@pytest.mark.parametrize("role", [None, "auditor", "inspector", "agency_head", "administrator", "author"])
def test_who_may_not_import_staff_makes_no_accounts(client, world, role):
    sign_in(client, person(agency=world["home"], role=role))
    assert client.get("/people/accounts/").status_code == 403
    assert client.post("/people/accounts/", {"unit": world["home"].pk, "way": "letter"}).status_code == 403
    assert client.post(f"/people/accounts/{world['an'].pk}/letter/").status_code == 403
    assert not InvitationRun.objects.exists()


def test_a_foreign_unit_and_a_foreign_person_are_out_of_reach(client, world):
    sign_in(client, world["hr"])
    assert client.post("/people/accounts/", {"unit": world["foreign"].pk, "way": "letter"}).status_code == 422
    assert client.post(f"/people/accounts/{world['elsewhere'].pk}/letter/").status_code == 404
    assert not InvitationRun.objects.exists()


def test_letters_are_made_one_page_a_person_for_the_unit_itself(client, world):
    answer = ask(client, world)
    job = Job.objects.get(kind="people.invite")
    assert (answer.url, job.state) == (f"/jobs/{job.pk}/", "done")
    assert (job.progress_done, job.progress_total) == (2, 2)
    pages = letters(client)
    assert len(pages) == 2
    assert "Trần Văn An" in pages[0]
    assert "Lê Thị Bé Bảy" in pages[1]
    for page in pages:
        assert "https://hoc.dongthap.example/accounts/first/" in page
        assert "THƯ MỞ TÀI KHOẢN" in page
        assert f"{timezone.localdate() + timedelta(days=14):%d/%m/%Y}" in page
        assert "Sở Nội vụ" in page
    assert "087******101" in pages[0]
    assert "087300000101" not in "".join(pages)


def test_the_paper_is_a4_and_no_letter_runs_over(client, world):
    long = "Công Tằng Tôn Nữ Thị Huyền Trang Nguyễn Phúc " * 2
    newcomer(long.strip(), world["home"])
    ask(client, world)
    run = InvitationRun.objects.get()
    content = client.post(f"/people/accounts/runs/{run.key}/letters/").content
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 3
        assert {(round(page.width), round(page.height)) for page in pdf.pages} == {(595, 842)}
        fonts = {char["fontname"].split("+")[-1] for page in pdf.pages for char in page.chars}
    assert all(font.startswith("Tinos") for font in fonts)


def test_the_code_opens_the_account_once_and_signs_in(client, world):
    ask(client, world)
    code = codes(client)["Trần Văn An"]
    visitor = type(client)()
    answer = open_account(visitor, "087300000101", code.lower().replace("-", " "))
    assert (answer.status_code, answer.url) == (302, "/learn/")
    assert visitor.session["_auth_user_id"] == str(world["an"].pk)
    visitor.post("/accounts/logout/")
    sent = {"login": "087300000101", "password": NEW}
    assert visitor.post("/accounts/login/", sent).status_code == 302
    again = open_account(type(client)(), "087300000101", code, "một câu khác hẳn câu kia")
    assert again.status_code == 422
    assert AuditEvent.objects.get(action="account.open").actor_id == str(world["an"].pk)


@pytest.mark.parametrize(
    ("number", "code"),
    [("087300000102", None), ("087300000999", None), ("087300000101", "AAAA-AAAA-AAAA-AAAA"), ("", None)],
)
def test_a_code_opens_nobody_else_s_account_and_the_sentence_tells_nothing(client, world, number, code):
    ask(client, world)
    visitor = type(client)()
    answer = open_account(visitor, number, code or codes(client)["Trần Văn An"])
    assert answer.status_code == 422
    assert "_auth_user_id" not in visitor.session
    if number:
        assert "Số và mã này không mở được tài khoản nào" in answer.content.decode()


def test_wrong_codes_lock_like_wrong_passwords(client, world):
    ask(client, world)
    right = codes(client)["Trần Văn An"]
    visitor = type(client)()
    for _ in range(5):
        answer = open_account(visitor, "087300000101", "AAAA-AAAA-AAAA-AAAA")
    assert answer.status_code == 429
    assert open_account(visitor, "087300000101", right).status_code == 429
    assert Invitation.objects.get(person=world["an"]).used_at is None


def test_a_password_that_is_refused_uses_nothing_up(client, world):
    ask(client, world)
    code = codes(client)["Trần Văn An"]
    visitor = type(client)()
    short = open_account(visitor, "087300000101", code, "ngắn")
    assert short.status_code == 422
    assert code in short.content.decode(), "what was typed is kept"
    assert "Mật khẩu mới có 4 ký tự" in short.content.decode()
    assert "khác nhau" in open_account(visitor, "087300000101", code, NEW, "khác").content.decode()
    assert "họ tên" in open_account(visitor, "087300000101", code, "Trần Văn An 1988 2").content.decode()
    assert open_account(visitor, "087300000101", code).status_code == 302


def test_after_fourteen_days_it_opens_nothing(client, world):
    ask(client, world)
    code = codes(client)["Trần Văn An"]
    kept = Invitation.objects.filter(person=world["an"])
    made = kept.get()
    assert made.expires_at - made.made_at == timedelta(days=14)
    old = timezone.now() - timedelta(days=14, seconds=1)
    kept.update(made_at=old, expires_at=old + timedelta(days=14))
    assert open_account(type(client)(), "087300000101", code).status_code == 422
    kept.update(made_at=old, expires_at=timezone.now() + timedelta(seconds=30))
    assert open_account(type(client)(), "087300000101", code).status_code == 302


def test_a_newer_code_puts_the_earlier_one_out_of_use(client, world):
    ask(client, world)
    earlier = codes(client)["Trần Văn An"]
    assert client.post(f"/people/accounts/{world['an'].pk}/letter/").status_code == 302
    run_due()
    [(name, newer)] = codes(client).items()
    assert (name, newer != earlier) == ("Trần Văn An", True)
    assert open_account(type(client)(), "087300000101", earlier).status_code == 422
    assert open_account(type(client)(), "087300000101", newer).status_code == 302


def test_a_merged_duplicate_s_number_opens_the_kept_record(client, world):
    ask(client, world)
    code = codes(client)["Trần Văn An"]
    person(code="TG-0042")
    Person.objects.filter(code="TG-0042").update(merged_into=world["an"])
    visitor = type(client)()
    assert open_account(visitor, "TG-0042", code).status_code == 302
    assert visitor.session["_auth_user_id"] == str(world["an"].pk)


def test_inactive_staff_get_no_code_and_open_nothing(client, world):
    ask(client, world)
    code = codes(client)["Trần Văn An"]
    Person.objects.filter(pk=world["an"].pk).update(is_active=False)
    assert open_account(type(client)(), "087300000101", code).status_code == 422
    ask(client, world)
    assert set(codes(client)) == {"Lê Thị Bé Bảy"}


def test_codes_are_kept_as_digests_and_the_letters_sealed(client, world):
    ask(client, world)
    code = codes(client)["Trần Văn An"]
    bare = code.replace("-", "")
    rows = str(list(Invitation.objects.values())) + str(list(Job.objects.values("payload", "result")))
    rows += str(list(AuditEvent.objects.values("old", "new")))
    assert code not in rows
    assert bare not in rows
    with storages["private"].open(InvitationRun.objects.get().file_name) as file:
        assert not file.read().startswith(b"%PDF")


def test_only_who_asked_fetches_the_letters_and_each_fetching_is_recorded(client, world):
    ask(client, world)
    run = InvitationRun.objects.get()
    address = f"/people/accounts/runs/{run.key}/letters/"
    for who, status in (("colleague", 403), ("foreign_hr", 404)):
        assert sign_in(type(client)(), world[who]).post(address).status_code == status
    assert client.get(address).status_code == 405
    letters(client)
    assert AuditEvent.objects.filter(action="account.fetch_letters").count() == 1


def test_the_file_is_erased_after_a_day(client, world, django_capture_on_commit_callbacks):
    ask(client, world)
    name = InvitationRun.objects.get().file_name
    job = Job.objects.get(kind="people.erase_letters")
    assert timedelta(hours=23, minutes=59) < job.run_after - timezone.now() <= timedelta(days=1)
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        run_due()
    run = InvitationRun.objects.get()
    assert run.erased_at is not None
    assert not storages["private"].exists(name)
    assert client.post(f"/people/accounts/runs/{run.key}/letters/").status_code == 404
    assert "Tệp đã được xóa" in client.get(f"/people/accounts/runs/{run.key}/").content.decode()


def test_the_run_page_counts_what_became_of_the_codes(client, world):
    ask(client, world)
    open_account(type(client)(), "087300000101", codes(client)["Trần Văn An"])
    context = client.get(f"/people/accounts/runs/{InvitationRun.objects.get().key}/").context
    assert (context["run"].made, context["used"], context["withdrawn"]) == (2, 1, 0)


def test_a_run_done_twice_makes_nothing_new(client, world):
    ask(client, world)
    before = list(Invitation.objects.values_list("digest", flat=True))
    Job.objects.filter(kind="people.invite").update(state="waiting", finished_at=None)
    run_due()
    assert list(Invitation.objects.values_list("digest", flat=True)) == before


def test_by_e_mail_a_link_opens_and_who_has_no_address_is_counted(client, world, mailoutbox):
    Person.objects.filter(pk=world["be"].pk).update(email="")
    ask(client, world, way="email")
    [message] = mailoutbox
    assert message.to == [world["an"].email]
    run = InvitationRun.objects.get()
    assert (run.made, run.left_out) == (1, 1)
    link = re.search(r"https://hoc\.dongthap\.example(/accounts/first/\S+)", message.body)[1]
    assert "087300000101" not in message.body
    visitor = type(client)()
    assert visitor.get(link).url == "/accounts/first/"
    page = visitor.get("/accounts/first/").content.decode()
    assert "Chào Trần Văn An" in page
    assert 'name="code"' not in page
    assert visitor.get(link).status_code == 302, "looking at it uses nothing up"
    assert visitor.post("/accounts/first/", {"password1": NEW, "password2": NEW}).url == "/learn/"
    assert visitor.session["_auth_user_id"] == str(world["an"].pk)
    assert type(client)().get(link).status_code == 410


def test_a_link_with_another_code_opens_nothing(client, world, mailoutbox):
    ask(client, world, way="email")
    key = Invitation.objects.get(person=world["an"]).key
    assert client.get(f"/accounts/first/{key}/AAAA-AAAA-AAAA-AAAA/").status_code == 410


def test_a_mail_server_that_stops_halfway_is_asked_again_for_the_rest_only(
    client, world, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "tests.integration.people.test_first_sign_in.StopsAfterOne"
    StopsAfterOne.sent = []
    ask(client, world, way="email")
    job = Job.objects.get(kind="people.invite")
    assert (job.state, len(StopsAfterOne.sent)) == ("waiting", 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
    run_due()
    job.refresh_from_db()
    assert job.state == "done"
    assert [message.to for message in mailoutbox] == [[world["be"].email]]


class StopsAfterOne(BaseEmailBackend):
    """A mail server that takes one message and then no more."""

    sent: list = []

    def send_messages(self, messages):
        if self.sent:
            raise ConnectionRefusedError("the mail server is away")
        self.sent.extend(messages)
        return len(messages)


def test_a_person_s_unit_is_that_of_the_primary_post(client, world):
    post(world["elsewhere"], world["home"], primary=False)
    ask(client, world)
    assert "Ngô Thị Ngoài" not in codes(client)


def test_a_demanding_role_is_led_to_its_second_factor_after_the_first_sign_in(client, world, settings):
    from lms.people.actions.roles import grant_role

    grant_role(person=world["an"], role="inspector", agency=world["home"], by=None)
    ask(client, world)
    settings.SECOND_FACTOR_DEMANDED = True
    run = InvitationRun.objects.get()
    settings.SECOND_FACTOR_DEMANDED = False
    code = codes(client)["Trần Văn An"]
    settings.SECOND_FACTOR_DEMANDED = True
    visitor = type(client)()
    assert open_account(visitor, "087300000101", code).status_code == 302
    assert visitor.get("/learn/").url.startswith("/accounts/2fa/")
    assert run.made == 2
