"""Where one is signed in, in words one knows."""

import pytest

from lms.people.templatetags.devices import device

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
    " Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Chrome Mobile 130, Android 14"),
        (DESK, "Firefox 128, Windows 10"),
        ("", "một chương trình không cho biết là gì"),
        ("<script>alert(1)</script>", "một chương trình không cho biết là gì"),
    ],
)
def test_a_browser_in_words(said, words):
    assert device(said) == words
