"""Home and help, in both languages, brought by `migrate` alone."""

import re

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.actions import ensure_editors, ensure_site
from cms.models import HomePage, SiteFrame, StandardPage
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def in_english(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    return client


def test_a_stranger_finds_the_product_the_catalogue_the_targets_and_the_verification(client):
    page = client.get("/")
    assert page.status_code == 200
    html = text(page)
    assert "Bồi dưỡng kỹ năng số, kiểm tra trên môi trường số" in html
    assert 'href="/courses/"' in html
    assert 'href="/targets/"' in html
    assert '<form class="verify-box" action="/verify/" method="get">' in html
    assert '<html lang="vi">' in html


def test_the_language_switch_changes_interface_and_help_and_comes_back_to_the_page(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/tro-giup/"})
    assert (answer.status_code, answer.url) == (302, "/tro-giup/")
    html = text(client.get("/tro-giup/"))
    assert '<html lang="en">' in html
    assert "<h1>Help</h1>" in html
    assert "Short answers to what comes up most." in html
    client.post("/i18n/setlang/", {"language": "vi", "next": "/"})
    assert "<h1>Trợ giúp</h1>" in text(client.get("/tro-giup/"))


def test_the_language_switch_sends_nobody_to_another_site(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_a_page_without_english_is_shown_in_vietnamese(client):
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="Tin tức", slug="tin-tuc", introduction="Chỉ có tiếng Việt."))
    html = text(in_english(client).get("/tin-tuc/"))
    assert "<h1>Tin tức</h1>" in html
    assert "Chỉ có tiếng Việt." in html


def test_bringing_the_site_twice_changes_nothing():
    before = list(Page.objects.order_by("pk").values("pk", "path", "title", "numchild"))
    ensure_site()
    ensure_editors()
    assert list(Page.objects.order_by("pk").values("pk", "path", "title", "numchild")) == before
    assert (Site.objects.count(), SiteFrame.objects.count()) == (1, 1)


def test_an_editors_work_is_not_overwritten_nor_a_deleted_page_brought_back():
    home = HomePage.objects.get()
    home.title = "Cổng bồi dưỡng"
    home.save()
    StandardPage.objects.get(slug="gioi-thieu").delete()
    SiteFrame.objects.update(phone="0273 3873 000", foot_links=[])
    ensure_site()
    assert HomePage.objects.get().title == "Cổng bồi dưỡng"
    assert not StandardPage.objects.filter(slug="gioi-thieu").exists()
    frame = SiteFrame.objects.get()
    assert (frame.phone, len(frame.foot_links)) == ("0273 3873 000", 0)


def test_wagtails_own_first_page_is_gone_and_the_site_points_home():
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()


def test_only_one_home_page_may_be_made():
    assert not HomePage.can_create_at(Page.get_first_root_node())


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_gets_its_site_back(client):
    call_command("flush", interactive=False, verbosity=0)
    assert client.get("/").status_code == 200
    assert client.get("/tro-giup/").status_code == 200
    assert Page.objects.filter(depth=1).count() == 1


@pytest.mark.parametrize(
    "address", ["/", "/tro-giup/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/"]
)
def test_no_request_leaves_the_site_and_nothing_runs_inline(client, address):
    page = client.get(address)
    html = text(page)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]+"', html)
    assert not re.findall(r"<script(?![^>]*\bsrc=)", html)
    assert not re.findall(r'\son\w+="', html)
    assert not re.findall(r'\sstyle="', html)
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_missing_page_answers_in_our_words(client):
    page = client.get("/khong-co-trang-nay/")
    assert page.status_code == 404
    assert 'class="btn btn-primary" href="/"' in text(page)


def test_a_failure_of_ours_shows_a_page_and_no_trace(client):
    from django.test import RequestFactory
    from django.views.defaults import server_error

    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "Traceback" not in text(page)
    assert "Sông Tiền" in text(page)


def test_a_form_from_nowhere_is_refused_with_a_sentence():
    from django.test import Client

    page = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert page.status_code == 403
    assert 'href="/"' in text(page)
    assert "CSRF" not in text(page)


def test_the_admin_may_run_its_own_scripts_and_no_other_page_may(client):
    sign_in(client, person(agency=agency(), role="administrator"))
    assert "script-src 'self' 'unsafe-inline'" in client.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get("/").headers["Content-Security-Policy"]


def test_the_admin_bears_our_mark_and_its_menu_leads_to_no_other_site(client):
    sign_in(client, person(agency=agency(), role="administrator"))
    html = text(client.get("/admin/"))
    assert 'class="river-mark"' in html
    assert '"url": "https://' not in html


@pytest.mark.parametrize("role", ["learner", "hr_officer", "inspector", "auditor"])
def test_who_writes_nothing_public_stays_out_of_the_admin(client, role):
    sign_in(client, person(agency=agency(), role=None if role == "learner" else role))
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert 'class="btn btn-primary" href="/"' in text(page)


def test_an_administrator_writes_a_page_and_a_visitor_reads_it(client):
    sign_in(client, person(agency=agency(), role="administrator"))
    home = HomePage.objects.get()
    form = client.get(f"/admin/pages/add/cms/standardpage/{home.pk}/")
    assert form.status_code == 200
    sent = {
        "title": "Thông báo nghỉ lễ",
        "slug": "thong-bao",
        "introduction": "Nghỉ Tết.",
        "body-count": "1",
        "body-0-type": "notice",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-value-kind": "warning",
        "body-0-value-text": '{"blocks": [{"key": "a", "text": "Từ ngày 17/02", "type": "unstyled", "depth": 0,'
        ' "inlineStyleRanges": [], "entityRanges": [], "data": {}}], "entityMap": {}}',
        "body_en-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "yes",
    }
    assert client.post(f"/admin/pages/add/cms/standardpage/{home.pk}/", sent).status_code == 302
    client.logout()
    html = text(client.get("/thong-bao/"))
    assert '<div class="notice notice--warning">' in html
    assert "Từ ngày 17/02" in html


def test_the_admin_greets_by_name_and_shows_no_personal_number(client):
    sign_in(client, person("Võ Minh Khang", code="082300000777", agency=agency(), role="author"))
    html = text(client.get("/admin/"))
    assert "082300000777" not in html
    assert '"name": "V\\u00f5 Minh Khang"' in html
