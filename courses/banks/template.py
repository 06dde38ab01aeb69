"""The workbook to fill in: an example of each type, and a sheet that explains the columns. In Vietnamese, as the files are."""

from __future__ import annotations

from decimal import Decimal

from courses.banks.found import Content, Found, answers, options
from courses.banks.reading.columns import COLUMNS, IGNORED, KINDS, PARTIALS
from courses.banks.writing.sheet import write_workbook
from lms.base.exports import Sheet

GUIDE = "Hướng dẫn"
LETTERED = "Phương án A … Z"
EXPLAINED = {
    "code": "Mã riêng của câu hỏi trong ngân hàng; để trống cũng được. Nhập lại tệp có cùng mã thì câu hỏi được sửa, không bị thêm lần nữa.",
    "kind": "Bắt buộc. Một trong các loại: {kinds}.",
    "part": "Chỉ dùng cho tình huống: các câu hỏi của tình huống đứng ngay dưới dòng tình huống, đánh số 1, 2, 3 …",
    "topic": "Chủ đề; các cấp cách nhau bằng dấu /, ví dụ: An toàn thông tin / Mật khẩu.",
    "difficulty": "1 (dễ, nhận biết), 2 (trung bình, thông hiểu) hoặc 3 (khó, vận dụng).",
    "points": "Số điểm, số nguyên từ 1 đến 100; để trống là 1.",
    "text": "Bắt buộc. Nội dung câu hỏi.",
    "passage": "Văn bản có chỗ trống [[1]], [[2]] …; hoặc nội dung tình huống; hoặc yêu cầu của bài tập bảng tính.",
    "answer": "Một hoặc nhiều đáp án: chữ cái của phương án đúng, ví dụ A hoặc A;C. Đúng sai: Đúng hoặc Sai. Số: giá trị, ví dụ 12,5.",
    "tolerance": "Câu hỏi số: chênh lệch được chấp nhận, ví dụ 0,5 hoặc 2%.",
    "units": "Câu hỏi số: các đơn vị và hệ số đổi về đơn vị của đáp án, ví dụ km=1; m=0,001.",
    "unit_required": "có hoặc không: người học phải chọn đơn vị.",
    "partial": "Cách cho điểm từng phần: {partials}.",
    "ignore": "Trả lời ngắn và điền chỗ trống: bỏ qua {ignored} khi so sánh; nhiều mục cách nhau bằng dấu ;.",
    "explanation": "Lời giải thích, chỉ hiện sau khi công bố kết quả.",
}
BY_KIND = (
    ("single", "Mỗi ô một phương án; cột Đáp án đúng ghi một chữ cái."),
    ("multiple", "Mỗi ô một phương án; cột Đáp án đúng ghi các chữ cái, cách nhau bằng dấu ;."),
    ("true_false", "Để trống các phương án; cột Đáp án đúng ghi Đúng hoặc Sai."),
    ("matching", "Mỗi ô một cặp: vế trái => vế phải. Vế phải gây nhiễu: => vế phải."),
    ("ordering", "Mỗi ô một dòng, theo đúng thứ tự."),
    ("numeric", "Cột Đáp án đúng ghi giá trị; thêm Sai số và Đơn vị nếu cần."),
    ("short_text", "Mỗi ô một câu trả lời được chấp nhận; được một phần điểm thì ghi [50%] ở đầu ô."),
    (
        "blanks",
        "Ô A là chỗ trống [[1]], ô B là [[2]] …; các câu trả lời cách nhau bằng dấu |; phương án sai để chọn có dấu ~ ở đầu.",
    ),
    ("case", "Dòng tình huống, rồi đến các câu hỏi của nó ở các dòng dưới, có số ở cột Câu hỏi con."),
    ("spreadsheet", "Mỗi ô một điều kiện: trang tính; ô; phép kiểm tra; giá trị; sai số; điểm; lời nhắn."),
)


def template_workbook() -> bytes:
    """Return the workbook to fill in."""
    return write_workbook(examples(), Sheet(GUIDE, ["Cột, loại câu hỏi", "Cách điền"], _guide())).content


def _guide() -> list[tuple[str, str]]:
    words = {
        "kinds": "; ".join(names[0] for names in KINDS.values()),
        "partials": "; ".join(names[0] for names in PARTIALS.values()),
        "ignored": "; ".join(names[0] for name, names in IGNORED.items() if name != "nothing"),
    }
    rows = []
    for column in COLUMNS:
        if column.name in EXPLAINED:
            title = column.aliases[0]
            rows.append((title[:1].upper() + title[1:], EXPLAINED[column.name].format(**words)))
        elif column.name == "option_a":
            rows.append(
                (LETTERED, "Phương án, cặp, dòng hoặc câu trả lời, theo loại câu hỏi (xem bên dưới).")
            )
    rows.append(("", ""))
    rows += [(f"Loại: {KINDS[kind][0]}", words) for kind, words in BY_KIND]
    rows.append(("Các dòng ví dụ", "Xóa các dòng có mã VD-… trước khi nhập câu hỏi của mình."))
    return rows


def examples() -> list[Found]:
    """Return an example of each type."""
    return [
        _example(number, kind, text, content, explanation)
        for number, (kind, text, content, explanation) in enumerate(_EXAMPLES, start=1)
    ]


def _example(number: int, kind: str, text: str, content: Content, explanation: str) -> Found:
    return Found(
        number,
        kind=kind,
        text=text,
        content=content,
        explanation=explanation,
        topic="An toàn thông tin / Ví dụ",
        difficulty=1 + number % 3,
        points=Decimal(1),
        code=f"VD-{number:02d}",
    )


_EXAMPLES: tuple[tuple[str, str, Content, str], ...] = (
    (
        "single",
        "Mật khẩu nào sau đây khó đoán nhất?",
        {
            "options": options(
                [
                    ("123456", False),
                    ("matkhau", False),
                    ("Sông-Tiền!chảy7nhánh", True),
                    ("ngày sinh của mình", False),
                ]
            )
        },
        "Mật khẩu dài, không có trong từ điển và không gắn với bản thân thì khó đoán.",
    ),
    (
        "multiple",
        "Những việc nào giúp bảo vệ tài khoản công vụ?",
        {
            "options": options(
                [
                    ("Bật xác thực hai lớp", True),
                    ("Ghi mật khẩu lên giấy dán màn hình", False),
                    ("Đăng xuất khi dùng máy chung", True),
                ]
            ),
            "partial": "right_minus_wrong",
        },
        "",
    ),
    (
        "true_false",
        "Mã OTP có thể đọc cho cán bộ ngân hàng khi họ gọi điện hỏi.",
        {"options": options([("Đúng", False), ("Sai", True)])},
        "Không ai có quyền hỏi mã OTP.",
    ),
    (
        "matching",
        "Ghép mỗi hình thức lừa đảo với dấu hiệu của nó.",
        {
            "pairs": [
                {"left": "Thư giả mạo", "right": "Đường dẫn lạ trong thư"},
                {"left": "Cuộc gọi giả danh", "right": "Giục chuyển tiền ngay"},
            ],
            "decoys": ["Trang có ổ khóa"],
            "partial": "per_pair",
        },
        "",
    ),
    (
        "ordering",
        "Sắp xếp các bước xử lý khi nghi ngờ máy tính nhiễm mã độc.",
        {
            "items": [
                {"text": "Ngắt kết nối mạng"},
                {"text": "Báo bộ phận phụ trách"},
                {"text": "Quét và khôi phục"},
            ],
            "partial": "per_position",
        },
        "",
    ),
    (
        "numeric",
        "Một tệp 1.536 MB bằng bao nhiêu GB (1 GB = 1.024 MB)?",
        {
            "value": "1.5",
            "tolerance": "0.01",
            "tolerance_kind": "absolute",
            "units": [{"unit": "GB", "factor": "1"}, {"unit": "TB", "factor": "1024"}],
            "unit_required": False,
        },
        "1.536 : 1.024 = 1,5.",
    ),
    (
        "short_text",
        "Viết tắt của “mật khẩu dùng một lần” trong tiếng Anh là gì?",
        {
            "answers": answers([("OTP", 100), ("One-time password", 50)]),
            "ignore_case": True,
            "ignore_accents": False,
            "ignore_punctuation": True,
        },
        "",
    ),
    (
        "blanks",
        "Điền vào chỗ trống.",
        {
            "text": "Luật [[1]] được Quốc hội thông qua; dữ liệu cá nhân phải được [[2]].",
            "blanks": [
                {
                    "key": "1",
                    "answers": answers([("An ninh mạng", 100)]),
                    "choices": [],
                    "ignore_case": True,
                    "ignore_accents": True,
                },
                {
                    "key": "2",
                    "answers": answers([("bảo vệ", 100)]),
                    "choices": ["bảo vệ", "công khai", "xóa bỏ"],
                },
            ],
        },
        "",
    ),
    (
        "case",
        "Đọc tình huống và trả lời các câu hỏi.",
        {
            "text": "Chị Lan nhận được thư điện tử ghi là của Sở Nội vụ, yêu cầu bấm vào đường dẫn để cập nhật hồ sơ trong 30 phút.",
            "parts": [
                {
                    "key": "1",
                    "kind": "single",
                    "text": "Chị Lan nên làm gì trước tiên?",
                    "points": 2,
                    "content": {
                        "options": options([("Bấm vào đường dẫn", False), ("Xem địa chỉ người gửi", True)])
                    },
                },
                {
                    "key": "2",
                    "kind": "true_false",
                    "text": "Thời hạn 30 phút là một dấu hiệu đáng ngờ.",
                    "points": 1,
                    "content": {"options": options([("Đúng", True), ("Sai", False)])},
                },
            ],
        },
        "",
    ),
    (
        "spreadsheet",
        "Tính tổng số hồ sơ đã giải quyết.",
        {
            "instructions": "Tại ô B7 của trang tính “Số liệu”, dùng hàm để tính tổng các ô B2 đến B6, rồi nộp tệp.",
            "rules": [
                {
                    "sheet": "Số liệu",
                    "cell": "B7",
                    "check": "number",
                    "value": "1250",
                    "tolerance": "0",
                    "points": 2,
                    "message": "Tổng chưa đúng.",
                },
                {
                    "sheet": "Số liệu",
                    "cell": "B7",
                    "check": "formula_uses",
                    "value": "SUM",
                    "tolerance": "0",
                    "points": 1,
                    "message": "Hãy dùng hàm SUM.",
                },
            ],
        },
        "",
    ),
)
