"""Biên bản kiểm tra: NĐ 30/2020/NĐ-CP Mẫu biên bản, with the columns Điều 15.3.a NĐ 217/2025 asks for.

The words are Vietnamese whatever language the reader uses: this is the paper itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections.documents.frame import lowered
from lms.base.documents import (
    Annex,
    Basis,
    Block,
    Column,
    Dashes,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Ink,
    Letterhead,
    Paragraph,
    Signature,
    render_pdf,
    written_date,
)

SIGN_HERE = "(Ký, ghi rõ họ tên)"
LEADS = ("Trưởng đoàn", "Tổ trưởng")
Content = dict[str, Any]
LEADER, SECRETARY, SUBJECT, WITNESS, RELATED = "LEADER", "SECRETARY", "SUBJECT", "WITNESS", "RELATED"


@dataclass(frozen=True)
class SigningPlace:
    """One column of the signatures: whose it is, what stands over and under the name."""

    key: str
    title: tuple[str, ...]
    name: str
    below: str = ""


def minutes_pdf(content: Content, *, draft: bool = False) -> bytes:
    """Return the minutes as PDF; the same content gives the same bytes."""
    return render_pdf(as_document(content, draft=draft))


def as_document(content: Content, *, draft: bool = False) -> Document:
    """Describe the paper."""
    return Document(
        letterhead=Letterhead(
            issuer=f"{_team(content)} theo Quyết định số {content['decision_no']}",
            superior=content["lead"],
            symbol="BB-TKT" if _team(content).startswith("Tổ") else "BB-ĐKT",
        ),
        head=DocumentHead("Biên bản kiểm tra", _about(content)),
        body=(*_opening(content), *_presence(content), *_findings(content), *_closing(content)),
        signatures=_signatures(content),
        annexes=_annexes(content),
        made_at=datetime.fromisoformat(content["ended_at"]),
        author=content["lead"],
        draft=draft,
    )


def _about(content: Content) -> str:
    field = (
        f"việc chấp hành quy định về {lowered(content['field'])}" if content["field"] else "việc chấp hành"
    )
    return f"Kiểm tra {field} của {content['subject']['name']}"


def _opening(content: Content) -> tuple[Block, ...]:
    decided = written_date(date.fromisoformat(content["decided_on"]))
    signer = f" của {content['signer_title']}" if content["signer_title"] else ""
    grounds = [
        f"Căn cứ {content['legal_basis']}",
        f"Căn cứ Quyết định kiểm tra số {content['decision_no']} {decided}{signer}",
    ]
    where = f", tại {content['place']}" if content["place"] else ""
    return (
        Basis(tuple(line for line in grounds if line != "Căn cứ ")),
        Paragraph(
            f"Hôm nay, hồi {_moment(content['started_at'])}{where}, {_team(content)} tiến hành lập biên bản"
            f" kiểm tra đối với {content['subject']['name']}."
        ),
    )


def _moment(instant: str) -> str:
    moment = datetime.fromisoformat(instant)
    return f"{moment:%H} giờ {moment:%M}, {written_date(moment.date())}"


def _presence(content: Content) -> tuple[Block, ...]:
    subject = content["subject"]
    named = [f"Tên: {subject['name']}"]
    if subject["identifier"]:
        named.append(f"Mã số thuế hoặc số định danh: {subject['identifier']}")
    if subject["address"]:
        named.append(f"Địa chỉ: {subject['address']}")
    named.append(f"Người đại diện: {_person(content['representative'], content['representative_title'])}")
    blocks: list[Block] = [
        Heading("I. THÀNH PHẦN"),
        Paragraph(f"1. {_team(content)}", indent=True),
        Dashes(tuple(f"{_person(one['name'], one['title'])} – {one['duty']}" for one in content["team"])),
        Paragraph("2. Đối tượng kiểm tra", indent=True),
        Dashes(tuple(named)),
    ]
    if content["others"]:
        lines = [line.strip() for line in content["others"].splitlines() if line.strip()]
        blocks += [Paragraph("3. Người có liên quan", indent=True), Dashes(tuple(lines))]
    return tuple(blocks)


def _person(name: str, title: str) -> str:
    return f"Ông (bà) {name}, {title}" if title else f"Ông (bà) {name}"


def _findings(content: Content) -> tuple[Block, ...]:
    rows = tuple(
        (str(number), item["label"], item["result"], item["note"], ", ".join(item["evidence"]))
        for number, item in enumerate(_unnumbered(content["items"]), start=1)
    )
    sheet = content["sheet"]
    blocks: list[Block] = [Heading("II. NỘI DUNG KIỂM TRA"), *_paragraphs(content["content"])]
    blocks.append(Heading("III. KẾT QUẢ KIỂM TRA, XÁC MINH"))
    if rows:
        blocks.append(
            Paragraph(
                f"Theo {lowered(sheet['name'])} (phiên bản {sheet['version']}): {_counts(content['items'])}."
            )
        )
        blocks.append(
            Grid(
                (
                    Column("TT", 0.45, "center"),
                    Column("Nội dung", 3.2),
                    Column("Kết quả", 1.3),
                    Column("Ghi chú", 2.4),
                    Column("Chứng cứ", 1.25, "center"),
                ),
                rows,
            )
        )
    blocks += [block for text in content["remarks"] for block in _paragraphs(text)]
    return tuple(blocks)


def _unnumbered(items: list[Content]) -> list[Content]:
    """Take the number a label already bears out of it: the table numbers its rows."""
    return [{**item, "label": item["label"].lstrip("0123456789").lstrip(". ")} for item in items]


def _counts(items: list[Content]) -> str:
    results = [item["result"] for item in items]
    told = [f"{results.count(result)} nội dung “{result}”" for result in dict.fromkeys(results)]
    return "; ".join(told)


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _closing(content: Content) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(f"IV. NHẬN XÉT, KẾT LUẬN CỦA {_team(content).upper()}")]
    blocks += _paragraphs(content["conclusion"]) or [Paragraph("Không có nhận xét khác.")]
    blocks.append(Heading("V. Ý KIẾN CỦA ĐỐI TƯỢNG KIỂM TRA"))
    blocks += _paragraphs(content["opinion"]) or [Paragraph("Không có ý kiến khác.")]
    if content["refused"]:
        blocks.append(Paragraph(_refusal(content)))
    blocks.append(
        Paragraph(
            f"Biên bản kết thúc hồi {_moment(content['ended_at'])}; đã đọc lại cho những người có tên nêu trên"
            " cùng nghe, công nhận là đúng và được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản."
        )
    )
    return tuple(blocks)


def _refusal(content: Content) -> str:
    who = "đại diện Ủy ban nhân dân cấp xã" if content["witness_kind"] == "COMMUNE" else "người chứng kiến"
    # Minutes locked before the reason was asked for are printed as they were.
    reason = f" Lý do từ chối: {content['refusal_reason']}." if content.get("refusal_reason") else ""
    return (
        f"Đại diện đối tượng kiểm tra từ chối ký biên bản.{reason} Biên bản được ký xác nhận bởi"
        f" {who}: {_person(content['witness_name'], content['witness_title'])}"
        " (điểm a khoản 3 Điều 15 Nghị định số 217/2025/NĐ-CP)."
    )


def _signatures(content: Content) -> tuple[Signature, ...]:
    drawn = content.get("drawn", {})
    return tuple(
        Signature(
            place.title, place.name, SIGN_HERE, place.below, ink=_ink(drawn.get(place.key)), key=place.key
        )
        for place in places_of(content)
    )


def places_of(content: Content) -> list[SigningPlace]:
    """Return who signs the minutes, in the order of the columns (Điều 15.3.a)."""
    leader = next((one for one in content["team"] if one["duty"] in LEADS), {"name": "", "title": ""})
    secretary = next((one for one in content["team"] if one["duty"] == "Thư ký"), None)
    found = [_counterpart(content)]
    if secretary:
        found.append(SigningPlace(SECRETARY, (f"Thư ký {lowered(_team(content))}",), secretary["name"]))
    found.append(SigningPlace(LEADER, (_leads(content),), leader["name"], leader["title"]))
    for number, name in enumerate(_related(content), start=1):
        found.append(SigningPlace(f"{RELATED}-{number}", ("Người có liên quan",), name))
    return found


def _team(content: Content) -> str:
    """Return how the kind calls its team; minutes locked before it was asked for name the usual one."""
    return str(content.get("team_name") or "Đoàn kiểm tra")


def _leads(content: Content) -> str:
    """Return the leader's title: Trưởng đoàn kiểm tra, Tổ trưởng tổ kiểm tra."""
    team = _team(content)
    return f"Tổ trưởng {lowered(team)}" if team.startswith("Tổ") else f"Trưởng {lowered(team)}"


def _ink(drawn: Content | None) -> Ink | None:
    """Return what was drawn on the screen, with how and when under it."""
    if not drawn:
        return None
    at = datetime.fromisoformat(drawn["at"])
    how = "Gõ tên xác nhận" if drawn["typed"] else "Ký trên màn hình"
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in drawn["strokes"])
    return Ink(strokes, drawn["typed"], f"{how} {at:%H:%M:%S %d/%m/%Y}")


def _related(content: Content) -> list[str]:
    """Name the related persons, who sign beside the two sides (Điều 15.3.a); a post stands after a comma."""
    lines = [line.split(",")[0].strip() for line in content["others"].splitlines()]
    return [line for line in lines if line]


def _counterpart(content: Content) -> SigningPlace:
    if not content["refused"]:
        return SigningPlace(SUBJECT, ("Đại diện đối tượng kiểm tra",), content["representative"])
    # Two lines like the titles beside it, so that the names stand level.
    commune = content["witness_kind"] == "COMMUNE"
    title = ("Đại diện", "UBND cấp xã") if commune else ("Người", "chứng kiến")
    return SigningPlace(WITNESS, title, content["witness_name"], content["witness_title"])


def _annexes(content: Content) -> tuple[Annex, ...]:
    if not content["evidence"]:
        return ()
    rows = tuple(
        (file["no"], file["caption"] or file["name"], _kilobytes(file["size"]), _in_fours(file["sha256"]))
        for file in content["evidence"]
    )
    columns = (
        Column("Ký hiệu", 0.8, "center"),
        Column("Tệp", 2.4),
        Column("Cỡ (KB)", 0.9, "right"),
        Column("SHA-256", 4.2),
    )
    return (
        Annex(
            "Danh mục chứng cứ",
            (Grid(columns, rows),),
            accompanying=f"Kèm theo Biên bản kiểm tra của cuộc {content['code']}",
        ),
    )


def _kilobytes(size: int) -> str:
    return f"{max(1, round(size / 1024)):,}".replace(",", ".")


def _in_fours(digest: str) -> str:
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))
