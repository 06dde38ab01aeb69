"""Signing in as people do: the province's sign-in and an app's code, a security key, a letter with a code."""

import io
import re
import time

import pdfplumber
import pytest
from allauth.mfa.models import Authenticator

from lms.base.jobs import run_due
from lms.base.models import AuditEvent
from tests.browser.quiet import until_quiet
from tests.factories.codes import totp
from tests.factories.people import agency, person
from tests.fakes.province_sso.process import ProvinceSignIn

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "một-mật-khẩu-dài"
ON_THE_WAY = re.compile(r"/accounts/(login|oidc)/")
NEW = "bốn con cò lội ruộng"


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_DEMANDED = True


@pytest.fixture
def province(settings, live_server, tmp_path):
    back = f"{live_server.url}/accounts/oidc/sso/login/callback/"
    running = ProvinceSignIn(tmp_path, {"tien": "087300000777", "la": "087399999999"}, [back])
    settings.SOCIALACCOUNT_PROVIDERS = running.settings()
    yield running
    running.stop()


def inspector(**more):
    return person("Nguyễn Thị Mỹ Tiên", agency=agency(name="Sở Nội vụ"), role="inspector", **more)


def sign_in(visitor, who):
    page = visitor.go("/accounts/login/")
    page.get_by_label("Thư điện tử hoặc số định danh cá nhân").fill(who.email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    visitor.look()
    return page


def leave(visitor):
    visitor.page.locator("summary").filter(has_text="Nguyễn").click()
    visitor.page.get_by_role("banner").get_by_role("button", name="Đăng xuất").click()
    visitor.page.wait_for_url("**/")


def at_the_province(visitor, name):
    """Go there and sign in; for that while the visitor may leave the site."""
    page = visitor.page
    page.remove_listener("request", visitor._watch)
    page.get_by_role("button", name="Đăng nhập bằng SSO tỉnh").click()
    page.wait_for_url(lambda url: url.startswith("http://127.0.0.1") or not ON_THE_WAY.search(url))
    if page.locator("[name=password]").count():
        page.locator("[name=login]").fill(name)
        page.locator("[name=password]").fill(f"{name}-at-the-province")
        page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"{visitor.address}/**")
    page.on("request", visitor._watch)


def set_up_app(visitor):
    """Set up an authenticator app; return its key."""
    page = visitor.page
    page.get_by_role("link", name="Thiết lập ứng dụng").click()
    visitor.look()
    key = page.locator("code.secret").inner_text()
    page.get_by_label("Mã của ứng dụng xác thực").fill(totp(key))
    page.get_by_role("button", name="Dùng ứng dụng này").click()
    visitor.look()
    return key


def test_province_and_app(visit, demanded, province):
    """An inspector comes from the province, must set up an app, and next time shows its code."""
    who = inspector(code="087300000777")
    visitor = visit(width=360, also=1440)
    page = visitor.go("/accounts/login/?next=/inspections/")
    at_the_province(visitor, "tien")

    page.get_by_text("Vai trò của ông (bà) cần yếu tố xác thực thứ hai.").wait_for()
    visitor.look()
    visitor.go("/inspections/")
    assert page.url.startswith(f"{visitor.address}/accounts/2fa/")
    key = set_up_app(visitor)
    assert len(re.findall(r"\b\d{10}\b", page.get_by_role("main").inner_text())) == 10
    page.get_by_role("link", name="Tôi đã cất giữ").click()
    visitor.go("/inspections/")
    assert page.url == f"{visitor.address}/inspections/"

    page.context.clear_cookies(name="sessionid", domain="localhost")
    visitor.go("/accounts/login/?next=/inspections/")
    at_the_province(visitor, "tien")
    page.get_by_role("heading", name="Bước thứ hai").wait_for()
    visitor.look()
    page.get_by_label("Mã", exact=True).fill("000000")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_text("Mã không đúng").first.wait_for()
    visitor.look()
    page.get_by_label("Mã", exact=True).fill(totp(key, at=time.time() + 30))
    page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/inspections/")
    means = (
        AuditEvent.objects.filter(action="account.sign_in", actor_id=str(who.pk)).latest("pk").new["means"]
    )
    assert means == ["socialaccount", "mfa"]


def test_whom_the_staff_list_does_not_know(visit, province):
    person(code="087300000777")
    visitor = visit(width=360)
    visitor.go("/accounts/login/")
    at_the_province(visitor, "la")
    visitor.page.get_by_role("heading", name="Ông (bà) chưa có trong danh sách nhân sự").wait_for()
    visitor.look()


def test_security_key(visit, demanded):
    """A key of Chromium's virtual authenticator is registered and then opens the account."""
    who = inspector()
    visitor = visit(width=360)
    keys = visitor.page.context.new_cdp_session(visitor.page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page = sign_in(visitor, who)
    page.get_by_role("link", name="Đăng ký khóa").click()
    visitor.look()
    page.get_by_role("button", name="Đăng ký khóa").click()
    page.get_by_text("Đã đăng ký khóa bảo mật").wait_for()
    visitor.look()
    assert Authenticator.objects.filter(user=who, type="webauthn").count() == 1
    visitor.go("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Đổi tên").click()
    visitor.look()
    page.get_by_label("Tên khóa").fill("Khóa USB ở cơ quan")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Khóa USB ở cơ quan").wait_for()
    visitor.go("/inspections/")
    leave(visitor)
    sign_in(visitor, who)
    page.get_by_role("heading", name="Bước thứ hai").wait_for()
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    page.wait_for_url("**/learn/")
    means = AuditEvent.objects.filter(action="account.sign_in").latest("pk").new["means"]
    assert means == ["password", "mfa"]


def test_a_key_that_is_not_there_gets_a_sentence(visit, demanded):
    visitor = visit(width=360)
    keys = visitor.page.context.new_cdp_session(visitor.page)
    keys.send("WebAuthn.enable")
    page = sign_in(visitor, inspector())
    page.get_by_role("link", name="Đăng ký khóa").click()
    page.evaluate(
        "() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Đăng ký khóa").click()
    page.get_by_text("Trình duyệt không liên lạc được với khóa bảo mật").wait_for()
    visitor.look()


def test_letters_for_a_unit(visit, client):
    """HR makes accounts for a unit, prints the letters; somebody opens their account with one."""
    home = agency(name="Chi cục Văn thư và Lưu trữ tỉnh Đồng Tháp")
    officer = person("Phạm Thị Nhân Sự", agency=home, role="hr_officer")
    for number in range(3):
        who = person(f"Công Tằng Tôn Nữ Thị Huyền Trang {number}", agency=home, code=f"08730000010{number}")
        who.set_unusable_password()
        who.save()
    visit(width=360, also=1440, who=officer).go("/people/accounts/")
    visitor = visit(who=officer, scheme="dark")
    page = visitor.go("/people/accounts/")
    page.locator("#id_unit").select_option(label="Chi cục Văn thư và Lưu trữ tỉnh Đồng Tháp (3)")
    page.get_by_role("button", name="Lập tài khoản").click()
    page.wait_for_url("**/jobs/*/")
    visitor.look()
    run_due()
    page.reload()
    page.get_by_role("link", name="Mở kết quả").click()
    visitor.look()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Tải thư (PDF)").click()
    with pdfplumber.open(io.BytesIO(fetched.value.path().read_bytes())) as pdf:
        pages = [sheet.extract_text() for sheet in pdf.pages]
    assert len(pages) == 3
    code = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", pages[0])[0]

    newcomer = visit(width=360)
    page = newcomer.go("/accounts/first/")
    page.get_by_label("Số định danh cá nhân hoặc thư điện tử").fill("087300000100")
    page.get_by_label("Mã trong thư").fill(code)
    page.get_by_label("Mật khẩu mới", exact=True).fill("ngắn")
    page.get_by_label("Nhập lại mật khẩu mới").fill("ngắn")
    page.get_by_role("button", name="Mở tài khoản").click()
    page.get_by_text("cần ít nhất 15 ký tự").first.wait_for()
    newcomer.look()
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    page.get_by_role("button", name="Mở tài khoản").click()
    page.wait_for_url("**/learn/")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_account_at_360_px(visit, settings, language):
    settings.DEMONSTRATION = True
    who = inspector()
    visitor = visit(width=360, language=language)
    page = visitor.go("/accounts/login/")
    page.locator("#id_login").fill(who.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/learn/")
    visitor.go("/accounts/2fa/")
    visitor.go("/accounts/2fa/totp/activate/")
    key = page.locator("code.secret").inner_text()
    page.locator("#id_code").fill(totp(key))
    page.locator("#id_code").press("Enter")
    page.wait_for_url("**/recovery-codes/")
    visitor.look()
    for address in (
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/reauthenticate/",
        "/accounts/sessions/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/3rdparty/login/cancelled/",
        "/accounts/3rdparty/login/error/",
        "/accounts/inactive/",
    ):
        visitor.go(address)
    visitor.go("/accounts/sessions/")
    page.locator("main").get_by_role("button").last.click()
    page.wait_for_url("**/accounts/login/")
    visitor.look()


def test_the_locked_page_and_who_unlocks(visit):
    home = agency(name="Sở Nội vụ")
    officer, locked = person(agency=home, role="hr_officer"), person("Lê Thị Bị Khóa", agency=home)
    visitor = visit(width=360)
    for _ in range(5):
        page = visitor.go("/accounts/login/")
        page.locator("#id_login").fill(locked.email)
        page.locator("#id_password").fill("sai rồi")
        page.locator("#id_password").press("Enter")
        until_quiet(page)
    page.get_by_role("heading", name="Tạm khóa đăng nhập").wait_for()
    visitor.look()
    helper = visit(width=360, who=officer)
    page = helper.go("/people/accounts/locked/")
    page.get_by_label("Lý do").first.fill("Đã gọi điện xác minh")
    page.get_by_role("button", name="Mở khóa").click()
    page.get_by_text("Đã mở khóa tài khoản").wait_for()
    helper.look()
