"""A page that is not there says so in the reader's language and shows a way on."""

import os

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {
    "vi": ("Không có trang nào ở địa chỉ này", "Về trang chủ"),
    "en": ("There is no page at this address", "To the home page"),
}


@pytest.mark.parametrize(("width", "language"), [(360, "vi"), (1440, "en")])
def test_what_is_not_there_says_so(visit, width, language):
    heading, way_on = SAID[language]
    visitor = visit(width=width, language=language)
    page = visitor.go("/khong-co-trang-nay/")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/not-found-{width}.png", full_page=True)
    assert page.get_by_role("heading", name=heading).is_visible()
    page.get_by_role("link", name=way_on).click()
    assert page.url == f"{visitor.address}/"
