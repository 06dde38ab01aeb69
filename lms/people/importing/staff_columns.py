"""The columns of a staff file."""

from lms.base.importing import Column, choice, code, day, text, yes_no

COLUMNS = (
    Column("person_id", code(), required=True, aliases=("số định danh", "mã cán bộ", "mã nhân viên", "CCCD")),
    Column("same_as", code(), aliases=("trùng với", "trùng với mã")),
    Column("full_name", text(200), required=True, aliases=("họ và tên", "họ tên")),
    Column("birth_date", day, aliases=("ngày sinh", "ngày tháng năm sinh")),
    Column("gender", choice({"male": ("nam", "m"), "female": ("nữ", "f")}), aliases=("giới tính",)),
    Column("email", text(250), aliases=("thư điện tử", "e-mail")),
    Column(
        "category",
        choice(
            {
                "CB": ("cán bộ",),
                "CC": ("công chức",),
                "VC": ("viên chức",),
                "HD": ("hợp đồng", "HĐ", "người lao động"),
                "KCT": ("không chuyên trách",),
            }
        ),
        aliases=("đối tượng", "loại cán bộ"),
    ),
    Column("agency_code", code(), aliases=("mã cơ quan", "mã đơn vị")),
    Column("position", text(200), aliases=("chức vụ", "vị trí việc làm"), default=""),
    Column("rank", text(100), aliases=("ngạch", "hạng"), default=""),
    Column("post_from", day, aliases=("từ ngày", "giữ vị trí từ ngày")),
    Column(
        "post_to",
        day,
        aliases=("thôi giữ vị trí từ ngày",),
        last_day_aliases=("đến hết ngày", "đến ngày"),
    ),
    Column("primary", yes_no, aliases=("vị trí chính", "chính"), default=True),
)
