"""Which passwords are taken (NIST SP 800-63B-4, 3.1.1.2)."""

import unicodedata
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

SOMEBODY = SimpleNamespace(
    full_name="Nguyễn Thị Mỹ Tiên", code="082300000777", email="ntmtien.snv@songtien.example"
)


def refusal(password, user=SOMEBODY):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {problem.code for problem in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "con đường mới của tôi",
        "bốn con cò lội ruộng",
        "correct horse battery staple",
        "chiều nay mưa qua cầu rạch miễu",
        "9f!Kz0 wQ?mV7 xR",
        "hủ tiếu không giá, thêm hẹ",
        "aaa môn toán khó nhất lớp",
        "☂ trời mưa to quá ☂",
        "sáng dậy sớm ra chợ nổi mua trái cây cho má",
        "tôi ghét mật khẩu dài lắm",
    ],
)
def test_long_phrases_are_taken(password):
    assert refusal(password) == set()


@pytest.mark.parametrize(
    ("length", "taken"), [(14, False), (15, True), (64, True), (256, True), (257, False)]
)
def test_length_alone_decides_between_15_and_256_characters(length, taken):
    phrase = ("gà trống gáy vang cả xóm nhỏ ven sông lúc trời vừa hửng đông " * 9)[:length]
    codes = refusal(phrase)
    assert (codes & {"password_too_short", "password_too_long"} == set()) is taken


def test_no_kind_of_letter_is_demanded():
    assert refusal("bongsenhongnolucsomai") == set()


def test_characters_are_counted_in_the_form_that_is_hashed():
    decomposed = unicodedata.normalize("NFD", "mưa ở ruộng đẹp")  # 15 characters composed, more decomposed
    assert len(unicodedata.normalize("NFC", decomposed)) == 15
    assert refusal(decomposed) == set()
    assert "password_too_short" in refusal(unicodedata.normalize("NFD", "mưa ở ruộng đẹ"))


@pytest.mark.parametrize(
    "password",
    [
        "matkhaumatkhau2026",
        "Mật Khẩu Sông Tiền 2026",
        "song-tien-2026-song-tien",
        "SongTien@DongThap1",
        "123456789012345",
        "qwertyuiop123456",
        "abcdefghijklmnop",
        "anh yêu em 14/02/2014",
        "passwordpassword1",
        "Sở Nội Vụ Tiền Giang",
        "cán bộ công chức viên chức",
        "9876543210 admin",
    ],
)
def test_what_is_tried_first_is_refused(password):
    assert refusal(password) & {"password_common", "password_repeats"}, password


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "cocococococococo", "12 12 12 12 12 12"]
)
def test_repetitions_are_refused(password):
    assert refusal(password) & {"password_repeats", "password_common"}


@pytest.mark.parametrize(
    "password",
    [
        "Nguyễn Thị Mỹ Tiên 1985",
        "mytiennguyenthi",
        "ntmtien snv songtien",
        "082300000777082",
        "TienTienMyThi2024",
    ],
)
def test_ones_own_name_number_and_address_are_refused(password):
    assert refusal(password) & {"password_own", "password_common", "password_repeats"}


def test_the_same_name_is_no_hindrance_to_somebody_else():
    other = SimpleNamespace(full_name="Trần Văn Út", code="082300000888", email="tvut@songtien.example")
    assert refusal("Nguyễn Thị Mỹ Tiên", other) == set()


def test_a_name_within_a_longer_phrase_is_no_hindrance():
    assert refusal("má của Tiên bán chè ở chợ Vòng Nhỏ") == set()


def test_an_account_without_a_person_is_asked_for_length_and_words_only():
    assert refusal("bốn con cò lội ruộng", None) == set()


def test_one_password_in_two_unicode_forms_is_one_password(settings):
    settings.PASSWORD_HASHERS = ["lms.people.sign_in.hashing.NormalisedPBKDF2PasswordHasher"]
    composed, decomposed = (unicodedata.normalize(form, "chiều mưa ở Mỹ Tho") for form in ("NFC", "NFD"))
    assert composed != decomposed
    for first, second in ((composed, decomposed), (decomposed, composed)):
        assert check_password(second, make_password(first))
    assert not check_password("chieu mua o My Tho", make_password(composed))


def test_without_the_form_it_would_be_two(settings):
    """The control: Django's own hasher tells them apart."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    decomposed = unicodedata.normalize("NFD", "chiều mưa ở Mỹ Tho")
    assert not check_password(decomposed, make_password("chiều mưa ở Mỹ Tho"))


def test_production_hashes_in_the_one_form():
    from lms.settings import security

    assert security.PASSWORD_HASHERS[0] == "lms.people.sign_in.hashing.NormalisedPBKDF2PasswordHasher"
