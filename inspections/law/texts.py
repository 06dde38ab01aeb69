"""Legal texts by number, with the days they are in force as far as we know them.

Marks: F found in a published copy, K reliably known, U uncertain (an administrator verifies it).
Titles are named, never quoted at length; `valid_to` is the first day no longer in force.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ShippedText:
    """One text of the register."""

    number: str
    title: str
    issued_on: date | None
    valid_from: date
    certainty: str
    valid_to: date | None = None
    replaced_by: str = ""
    note: str = ""


VERIFY = "Cần đối chiếu ngày hiệu lực với bản công bố."

TEXTS: tuple[ShippedText, ...] = (
    ShippedText(
        "217/2025/NĐ-CP",
        "Nghị định về hoạt động kiểm tra chuyên ngành",
        date(2025, 8, 5),
        date(2025, 8, 5),
        "F",
    ),
    ShippedText("84/2025/QH15", "Luật Thanh tra (năm 2025)", None, date(2025, 7, 1), "F"),
    ShippedText(
        "11/2022/QH15",
        "Luật Thanh tra (năm 2022)",
        date(2022, 11, 14),
        date(2023, 7, 1),
        "K",
        date(2025, 7, 1),
        "84/2025/QH15",
    ),
    ShippedText(
        "198/2025/QH15",
        "Nghị quyết về một số cơ chế, chính sách đặc biệt phát triển kinh tế tư nhân",
        date(2025, 5, 17),
        date(2025, 5, 17),
        "F",
        note="Điều 4: thanh tra, kiểm tra doanh nghiệp không quá một lần trong năm.",
    ),
    ShippedText(
        "20/CT-TTg",
        "Chỉ thị về chấn chỉnh hoạt động thanh tra, kiểm tra đối với doanh nghiệp",
        date(2017, 5, 17),
        date(2017, 5, 17),
        "K",
    ),
    ShippedText(
        "19/2020/NĐ-CP",
        "Nghị định về kiểm tra, xử lý kỷ luật trong thi hành pháp luật về xử lý vi phạm hành chính",
        date(2020, 2, 12),
        date(2020, 3, 31),
        "F",
    ),
    ShippedText(
        "15/2012/QH13",
        "Luật Xử lý vi phạm hành chính",
        date(2012, 6, 20),
        date(2013, 7, 1),
        "K",
    ),
    ShippedText("30/2020/NĐ-CP", "Nghị định về công tác văn thư", date(2020, 3, 5), date(2020, 3, 5), "F"),
    ShippedText("80/2025/QH15", "Luật Cán bộ, công chức (năm 2025)", None, date(2025, 7, 1), "F"),
    ShippedText(
        "22/2008/QH12",
        "Luật Cán bộ, công chức (năm 2008)",
        date(2008, 11, 13),
        date(2010, 1, 1),
        "K",
        date(2025, 7, 1),
        "80/2025/QH15",
    ),
    ShippedText(
        "171/2025/NĐ-CP",
        "Nghị định về đào tạo, bồi dưỡng công chức",
        date(2025, 6, 30),
        date(2025, 7, 1),
        "U",
        note=VERIFY,
    ),
    ShippedText(
        "101/2017/NĐ-CP",
        "Nghị định về đào tạo, bồi dưỡng cán bộ, công chức, viên chức",
        date(2017, 9, 1),
        date(2017, 10, 21),
        "U",
        date(2025, 7, 1),
        "171/2025/NĐ-CP",
        "Đối với viên chức có thể còn áp dụng; cần đối chiếu.",
    ),
    ShippedText(
        "76/NQ-CP",
        "Nghị quyết ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021–2030",
        date(2021, 7, 15),
        date(2021, 7, 15),
        "K",
    ),
    ShippedText(
        "61/2018/NĐ-CP",
        "Nghị định về cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính",
        date(2018, 4, 23),
        date(2018, 6, 21),
        "U",
        date(2025, 7, 1),
        "118/2025/NĐ-CP",
        VERIFY,
    ),
    ShippedText(
        "118/2025/NĐ-CP",
        "Nghị định về thủ tục hành chính theo cơ chế một cửa, một cửa liên thông",
        date(2025, 6, 9),
        date(2025, 7, 1),
        "U",
        note=VERIFY,
    ),
    ShippedText(
        "129/2007/QĐ-TTg",
        "Quyết định ban hành Quy chế văn hóa công sở tại các cơ quan hành chính nhà nước",
        date(2007, 8, 2),
        date(2007, 9, 3),
        "U",
        note=VERIFY,
    ),
    ShippedText("42/2013/QH13", "Luật Tiếp công dân", date(2013, 11, 25), date(2014, 7, 1), "K"),
    ShippedText(
        "15/2017/QH14", "Luật Quản lý, sử dụng tài sản công", date(2017, 6, 21), date(2018, 1, 1), "K"
    ),
    ShippedText(
        "44/2019/QH14", "Luật Phòng, chống tác hại của rượu, bia", date(2019, 6, 14), date(2020, 1, 1), "K"
    ),
    ShippedText("116/2025/QH15", "Luật An ninh mạng (năm 2025)", None, date(2026, 7, 1), "F"),
    ShippedText(
        "24/2018/QH14",
        "Luật An ninh mạng (năm 2018)",
        date(2018, 6, 12),
        date(2019, 1, 1),
        "K",
        date(2026, 7, 1),
        "116/2025/QH15",
    ),
    ShippedText(
        "86/2015/QH13",
        "Luật An toàn thông tin mạng",
        date(2015, 11, 19),
        date(2016, 7, 1),
        "K",
        date(2026, 7, 1),
        "116/2025/QH15",
    ),
    ShippedText(
        "85/2016/NĐ-CP",
        "Nghị định về bảo đảm an toàn hệ thống thông tin theo cấp độ",
        date(2016, 7, 1),
        date(2016, 7, 1),
        "U",
        note="Văn bản thay thế chưa xác định; cần đối chiếu.",
    ),
    ShippedText(
        "12/2022/TT-BTTTT",
        "Thông tư hướng dẫn bảo đảm an toàn hệ thống thông tin theo cấp độ",
        date(2022, 8, 12),
        date(2022, 10, 1),
        "U",
        note="Văn bản thay thế chưa xác định; cần đối chiếu.",
    ),
    ShippedText("91/2025/QH15", "Luật Bảo vệ dữ liệu cá nhân", None, date(2026, 1, 1), "F"),
    ShippedText("20/2023/QH15", "Luật Giao dịch điện tử", date(2023, 6, 22), date(2024, 7, 1), "K"),
    ShippedText("55/2010/QH12", "Luật An toàn thực phẩm", date(2010, 6, 17), date(2011, 7, 1), "K"),
    ShippedText(
        "15/2018/NĐ-CP",
        "Nghị định quy định chi tiết một số điều của Luật An toàn thực phẩm",
        date(2018, 2, 2),
        date(2018, 2, 2),
        "U",
        note=VERIFY,
    ),
    ShippedText("43/2019/QH14", "Luật Giáo dục", date(2019, 6, 14), date(2020, 7, 1), "K"),
    ShippedText(
        "29/2024/TT-BGDĐT",
        "Thông tư quy định về dạy thêm, học thêm",
        date(2024, 12, 30),
        date(2025, 2, 14),
        "K",
    ),
    ShippedText("45/2019/QH14", "Bộ luật Lao động", date(2019, 11, 20), date(2021, 1, 1), "K"),
    ShippedText("91/2015/QH13", "Bộ luật Dân sự", date(2015, 11, 24), date(2017, 1, 1), "K"),
)
