"""The letter with which somebody signs in for the first time: one sheet a person, in Vietnamese as all paper.

Which language a newcomer reads is not known before the first sign-in: what is to be done stands in English below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from lms.base.documents import (
    Block,
    Bold,
    Clause,
    Clauses,
    Document,
    DocumentHead,
    Gap,
    Heading,
    Italic,
    Letterhead,
    OneSheet,
    Paragraph,
    render_together,
)


@dataclass(frozen=True)
class Letter:
    """What one letter says."""

    name: str
    masked_number: str
    position: str
    unit: str
    code: str


def letters_pdf(letters: Sequence[Letter], *, issuer: str, place: str, on: date, until: date) -> bytes:
    """Return the letters of a unit as one A4 file."""
    letterhead = Letterhead(issuer=issuer, place=place, on=on, show_number=False)
    return render_together(
        [
            Document(
                letterhead=letterhead,
                head=DocumentHead("THƯ MỞ TÀI KHOẢN"),
                body=(OneSheet(tuple(_page(letter, until))),),
                title=f"Thư mở tài khoản: {issuer}",
                end_mark=False,
            )
            for letter in letters
        ]
    )


def _page(letter: Letter, until: date) -> list[Block]:
    address = settings.SITE_URL.rstrip("/") + reverse("first-sign-in")
    of = ", ".join(part for part in (letter.position, letter.unit) if part)
    return [
        Paragraph(("Kính gửi: ", Bold(letter.name)), align="left"),
        Paragraph(of, align="left"),
        Paragraph(f"Số định danh cá nhân: {letter.masked_number}", align="left"),
        Gap(4),
        Paragraph(
            f"Tài khoản của ông (bà) trên hệ thống {settings.WAGTAIL_SITE_NAME} đã được lập từ danh sách nhân sự. "
            "Mã mở tài khoản dưới đây dùng được một lần:"
        ),
        Gap(2),
        Paragraph(Bold(letter.code), align="center", indent=False),
        Paragraph(Italic(f"Mã có hiệu lực đến hết ngày {until:%d/%m/%Y}."), align="center", indent=False),
        Gap(4),
        Heading("Cách mở tài khoản"),
        Clauses(
            (
                Clause(("Mở địa chỉ ", Bold(address), " bằng trình duyệt của máy tính hoặc điện thoại.")),
                Clause(
                    "Nhập số định danh cá nhân (hoặc thư điện tử công vụ) và mã ở trên; chữ hoa, chữ thường và dấu gạch đều được."
                ),
                Clause(
                    "Tự chọn mật khẩu dài ít nhất 15 ký tự; một câu dễ nhớ là tốt nhất. Không cần đổi định kỳ."
                ),
                Clause("Nếu hệ thống yêu cầu, thiết lập yếu tố xác thực thứ hai và cất giữ mã khôi phục."),
            )
        ),
        Gap(4),
        Paragraph(
            "Thư này chỉ dành cho người nhận. Không cho người khác xem hoặc chụp lại mã; hủy thư sau khi đã mở "
            "tài khoản. Nếu mã hết hạn hoặc bị lộ, đề nghị bộ phận nhân sự của đơn vị cấp mã mới: mã cũ mất hiệu lực ngay."
        ),
        Gap(4),
        Paragraph(Italic(_in_english(address, until)), align="left", indent=False),
    ]


def _in_english(address: str, until: date) -> str:
    return (
        f"In English: your account on {settings.WAGTAIL_SITE_NAME} is ready. Open {address}, enter your personal number "
        "(or official e-mail) and the code above, and choose a password of at least 15 characters. The code works once, "
        f"until {until:%d/%m/%Y}. Give it to nobody; if it is lost, ask your agency's HR officer for a new one."
    )
