"""The public face on narrow and wide screens, by day and by night."""

import pytest

from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "một-mật-khẩu-dài"
PAGES = ("/", "/tro-giup/", "/accounts/login/", "/accounts/password/reset/", "/khong-co-trang-nay/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_public_page_fits_is_readable_and_loads_nothing_foreign(visit, width, scheme):
    visitor = visit(width=width, scheme=scheme)
    for path in PAGES:
        visitor.go(path)


def test_the_letters_are_be_vietnam_pro_served_by_us(visit):
    page = visit().go("/")
    assert page.evaluate("document.fonts.check('17px \"Be Vietnam Pro\"', 'Tiền Giang')")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "17px"


def test_a_reader_opens_the_navigation_of_a_narrow_screen_by_keyboard(visit):
    page = visit(width=360).go("/")
    menu = page.locator("#site-nav")
    assert not menu.is_visible()
    page.get_by_role("button", name="Mục lục").or_(page.get_by_role("button", name="Menu")).press("Enter")
    assert menu.is_visible()
    assert page.locator(".site-nav__toggle").get_attribute("aria-expanded") == "true"


def test_a_reader_without_scripts_has_the_navigation_open(chromium, live_server):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(live_server.url)
    assert page.locator("#site-nav").is_visible()
    context.close()


def test_the_first_key_leads_to_the_content(visit):
    page = visit().go("/tro-giup/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_staff_sign_in_on_a_narrow_screen_see_their_first_question_and_sign_out(visit):
    person(
        "Nguyễn Hoàng Thị Phương Khánh Quỳnh Như",
        email="nguoi@songtien.example",
        agency=agency(),
        role="inspector",
    )
    visitor = visit(width=360)
    page = visitor.go("/accounts/login/?next=/")
    page.fill("#id_login", "nguoi@songtien.example")
    page.fill("#id_password", "sai")
    page.locator("main button[type=submit]").click()
    visitor.look()
    assert page.locator("[role=alert]").is_visible()
    page.fill("#id_password", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")
    visitor.look()
    assert page.locator('.doors a[href="/inspections/"]').is_visible()
    page.locator("[data-menu] summary").click()
    visitor.look()
    page.locator("[data-menu] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("[data-menu]").count() == 0


def test_the_reader_changes_the_language_and_stays_on_the_page(visit):
    visitor = visit(width=360)
    page = visitor.go("/tro-giup/")
    page.locator('.language-switch button[value="en"]').click()
    page.wait_for_load_state()
    visitor.look()
    assert page.locator("h1").inner_text() == "Help"
    assert page.url.endswith("/tro-giup/")
