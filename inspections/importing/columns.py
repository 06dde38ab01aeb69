"""The columns of the inspection sheet (docs/imports.md lists the Vietnamese headers)."""

import re

from django.utils.translation import gettext as _

from inspections.states import Act, Method, SubjectKind
from lms.base.importing import Column, choice, code, codes, day, text, yes_no
from lms.base.importing.cells import Unreadable

STEPS = re.compile(r"[DPN]{5}")

# What a sheet calls an inspected party: the same words in the sheet of parties and in that of inspections.
SUBJECT_ID = ("mã đối tượng", "mã số thuế", "mã số thuế hoặc số định danh")
SUBJECT_NAME = ("tên đối tượng", "đối tượng kiểm tra")
SUBJECT_KINDS = {
    "DN": ("doanh nghiệp",),
    "HKD": ("hộ kinh doanh",),
    "CNKD": ("cá nhân kinh doanh",),
    "CQNN": ("cơ quan nhà nước",),
    "OTHER": ("khác",),
}


def steps(value: str) -> str:
    """Read five letters of D, P or N."""
    letters = value.strip().upper()
    if not STEPS.fullmatch(letters):
        raise Unreadable(_("must be five letters of D, P or N, one for each step S1 to S5"))
    return letters


COLUMNS = (
    Column("inspection_code", text(60), required=True, aliases=("mã cuộc kiểm tra", "mã cuộc")),
    Column("lead_code", code(), required=True, aliases=("mã cơ quan chủ trì", "cơ quan chủ trì")),
    Column("member_codes", codes(), aliases=("mã cơ quan phối hợp", "cơ quan phối hợp"), default=[]),
    Column(
        "kind",
        choice({"KT": ("kiểm tra",), "TT": ("thanh tra",), "DANG": ("kiểm tra của đảng", "đảng")}),
        aliases=("loại", "loại cuộc"),
        default=Act.KT,
    ),
    Column(
        "status",
        choice(
            {
                "PLANNED": ("kế hoạch", "chưa tiến hành"),
                "IN_PROGRESS": ("đang tiến hành",),
                "SUSPENDED": ("tạm dừng",),
                "TERMINATED": ("đình chỉ",),
                "CANCELLED": ("hủy", "đã hủy"),
                "COMPLETED": ("hoàn thành", "đã hoàn thành", "kết thúc"),
            }
        ),
        required=True,
        aliases=("trạng thái", "tình trạng"),
    ),
    Column("completed_on", day, aliases=("ngày hoàn thành", "ngày kết thúc")),
    Column(
        "method",
        choice({"ONSITE": ("trực tiếp", "tại chỗ"), "REMOTE": ("từ xa", "trực tuyến")}),
        aliases=("phương thức", "hình thức"),
        default=Method.ONSITE,
    ),
    Column("secret", yes_no, aliases=("mật", "bí mật nhà nước"), default=False),
    Column("field", text(200), aliases=("lĩnh vực",), default=""),
    Column(
        "subject_id",
        text(40),
        aliases=SUBJECT_ID,
        default="",
    ),
    Column("subject_name", text(300), aliases=SUBJECT_NAME, default=""),
    Column(
        "subject_kind",
        choice(SUBJECT_KINDS),
        aliases=("loại đối tượng",),
        default=SubjectKind.OTHER,
    ),
    Column("steps", steps, aliases=("các bước", "các bước s1-s5")),
    Column("decision_no", text(60), aliases=("số quyết định",), default=""),
)

# What all rows of one case must agree on.
CASE_COLUMNS = (
    "lead_code",
    "member_codes",
    "kind",
    "status",
    "completed_on",
    "method",
    "secret",
    "field",
    "decision_no",
)
