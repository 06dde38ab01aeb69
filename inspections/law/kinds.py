"""The five kinds of inspection we ship; what is uncertain in law is data, an administrator publishes the next version.

Periods: (level, days, days of the one extension). Documents: (type, name, template, does every case have it).
"""

from dataclasses import dataclass
from datetime import date

from inspections.states import DayMode
from inspections.words import PaperType

Document = tuple[str, str, str, bool]
Period = tuple[str, int, int]


@dataclass(frozen=True)
class ShippedKind:
    """One kind as its first version says it."""

    code: str
    name: str
    valid_from: date
    bases: tuple[str, ...]
    periods: tuple[Period, ...]
    documents: tuple[Document, ...]
    closing_document: str
    checklists: tuple[str, ...] = ()
    requires_announcement: bool = True
    requires_result: bool = False
    team_name: str = "Đoàn kiểm tra"
    signers: tuple[str, ...] = ()
    day_mode: str = DayMode.CALENDAR


def _papers(
    *required: PaperType, closing: PaperType, named: str, also: tuple[PaperType, ...] = ()
) -> tuple[Document, ...]:
    """List a kind's documents: those every case has, the closing one by its own name, those of the branches."""
    branches = (
        PaperType.EXTENSION,
        PaperType.SUSPENSION,
        PaperType.RESUMPTION,
        PaperType.TERMINATION,
        PaperType.TEAM_CHANGE,
        PaperType.CANCELLATION,
        PaperType.HAND_OVER,
    )
    return (
        *((str(type_), "", "", True) for type_ in required),
        (str(closing), named, "", False),
        *((str(type_), "", "", False) for type_ in (*also, *branches)),
    )


CHAIN = (PaperType.DECISION, PaperType.WORK_PLAN, PaperType.MINUTES)
BESIDE = (PaperType.NOTICE, PaperType.OUTLINE, PaperType.ANNOUNCEMENT, PaperType.REQUEST, PaperType.REPORT)
HEADS = ("Chủ tịch Ủy ban nhân dân", "Người đứng đầu cơ quan chuyên môn", "Chi cục trưởng")
# Điều 13 NĐ 217/2025. The decree knows no district; until 30/06/2025 one stood beside the departments.
BY_LEVEL = (("province", 10, 5), ("district", 10, 5), ("commune", 7, 3), ("ministry", 15, 7))
# NĐ 19/2020/NĐ-CP: at most 7 working days, at most 7 more.
SEVEN_AND_SEVEN = (("province", 7, 7), ("district", 7, 7), ("commune", 7, 7), ("ministry", 7, 7))

KINDS: tuple[ShippedKind, ...] = (
    ShippedKind(
        "kiem-tra-chuyen-nganh",
        "Kiểm tra chuyên ngành",
        date(2025, 8, 5),
        ("217/2025/NĐ-CP",),
        BY_LEVEL,
        _papers(
            *CHAIN,
            closing=PaperType.RESULT,
            named="Thông báo kết quả kiểm tra",
            also=(*BESIDE, PaperType.RECTIFY, PaperType.VIOLATION),
        ),
        "Thông báo kết quả kiểm tra",
        ("an-toan-thuc-pham", "co-so-giao-duc", "an-toan-thong-tin"),
        signers=HEADS,
    ),
    ShippedKind(
        "cai-cach-hanh-chinh",
        "Kiểm tra cải cách hành chính",
        date(2021, 7, 15),
        ("76/NQ-CP",),
        BY_LEVEL,
        _papers(
            *CHAIN,
            closing=PaperType.RESULT,
            named="Thông báo kết quả kiểm tra cải cách hành chính",
            also=(*BESIDE, PaperType.RECTIFY),
        ),
        "Thông báo kết quả kiểm tra cải cách hành chính",
        ("cai-cach-hanh-chinh",),
        requires_result=True,
        team_name="Tổ kiểm tra",
        signers=("Chủ tịch Ủy ban nhân dân tỉnh", "Giám đốc Sở Nội vụ"),
        day_mode=DayMode.WORKING,
    ),
    ShippedKind(
        "kiem-tra-cong-vu",
        "Kiểm tra công vụ",
        date(2025, 7, 1),
        ("80/2025/QH15",),
        BY_LEVEL,
        _papers(
            PaperType.DECISION,
            PaperType.MINUTES,
            closing=PaperType.RESULT,
            named="Văn bản nhận xét, đánh giá kết quả kiểm tra công vụ",
            also=(PaperType.WORK_PLAN, PaperType.REQUEST, PaperType.REPORT, PaperType.RECTIFY),
        ),
        "Văn bản nhận xét, đánh giá kết quả kiểm tra công vụ",
        ("kiem-tra-cong-vu",),
        # Usually unannounced: the clock starts when the team arrives.
        requires_announcement=False,
        team_name="Tổ kiểm tra",
        signers=("Chủ tịch Ủy ban nhân dân", "Người đứng đầu cơ quan"),
        day_mode=DayMode.WORKING,
    ),
    ShippedKind(
        "an-toan-thong-tin",
        "Kiểm tra an toàn thông tin",
        date(2016, 7, 1),
        ("85/2016/NĐ-CP",),
        BY_LEVEL,
        _papers(
            *CHAIN,
            closing=PaperType.RECTIFY,
            named="Văn bản yêu cầu chấn chỉnh về an toàn thông tin",
            also=(*BESIDE, PaperType.RESULT),
        ),
        "Văn bản yêu cầu chấn chỉnh về an toàn thông tin",
        ("an-toan-thong-tin",),
        signers=("Chủ tịch Ủy ban nhân dân", "Giám đốc Sở Khoa học và Công nghệ"),
    ),
    ShippedKind(
        "xu-ly-vi-pham-hanh-chinh",
        "Kiểm tra thi hành pháp luật về xử lý vi phạm hành chính",
        date(2020, 3, 31),
        ("19/2020/NĐ-CP",),
        SEVEN_AND_SEVEN,
        _papers(
            *CHAIN,
            closing=PaperType.RESULT,
            named="Kết luận kiểm tra thi hành pháp luật về xử lý vi phạm hành chính",
            also=BESIDE,
        ),
        "Kết luận kiểm tra thi hành pháp luật về xử lý vi phạm hành chính",
        requires_result=True,
        signers=("Chủ tịch Ủy ban nhân dân", "Giám đốc Sở Tư pháp"),
        day_mode=DayMode.WORKING,
    ),
)
