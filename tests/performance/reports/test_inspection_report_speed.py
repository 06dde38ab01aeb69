"""The inspection report of 5,000 cases against bare pages of the same text, and what it holds in memory."""

import resource
import time

from lms.base.documents import render_pdf
from lms.base.documents.fonts import register
from lms.reports.documents import inspections_document, inspections_xlsx
from tests.performance.base.test_report_speed import bare_pages, seconds

ROWS, LIMIT = 5000, 5
MOST_MORE_MB = 400
GROUPS = [{"name": "An toàn thông tin", "decided": 1, "planned": 1, "running": 1, "done": 1, "stopped": 1}]
LETTERHEAD = {
    "issuer": "Sở Khoa học và Công nghệ",
    "superior": "UBND tỉnh Đồng Tháp",
    "place": "Đồng Tháp",
    "on": None,
}


def numbers() -> dict:
    cases = [
        {
            "code": f"SKHCN-2026-{number:04d}",
            "decision": f"{number}/QĐ-SKHCN",
            "decided_on": "2026-03-01",
            "lead": f"Ủy ban nhân dân xã số {number % 102}",
            "kind": "Kiểm tra chuyên ngành",
            "field": "An toàn thông tin",
            "subjects": 1,
            "stages": ["decided", "done"],
            "completed_on": "2026-03-12",
            "verdict": "FULL",
        }
        for number in range(1, ROWS + 1)
    ]
    share = dict.fromkeys(("full", "partial", "paper", "all", "remote", "subjects", "subjects_full"), 1)
    return {
        "scope": "",
        "period": ["2026-01-01", "2027-01-01"],
        "rule_version": "1",
        "target": 70,
        "share": {**share, "pct": "100.00", "met": True, "remote_pct": "100.00"},
        "reconciled": None,
        "totals": GROUPS[0],
        "by": {"kind": GROUPS, "field": GROUPS, "lead": GROUPS},
        "findings": {"MINOR": 1, "SERIOUS": 0, "GRAVE": 0},
        "remedies": {"due": 1, "done": 1, "overdue": 0},
        "overrides": [],
        "cases": cases,
    }


def test_a_report_of_5000_inspections_against_bare_pages():
    register()
    told = numbers()
    bare_rows = [
        tuple(str(one[name]) for name in ("code", "decision", "lead", "field", "subjects", "completed_on"))
        for one in told["cases"]
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pairs = [(seconds(lambda: bare_pages(bare_rows)), seconds(lambda: _pdf(told))) for _round in range(2)]
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    bare, ours = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    started = time.perf_counter()
    workbook = inspections_xlsx(told, "0" * 64)
    print(
        f"\nreport of {ROWS} inspections: {ours:.2f} s, bare pages {bare:.2f} s, {ours / bare:.1f} × (limit {LIMIT}), "
        f"{more:.0f} MB more; workbook {time.perf_counter() - started:.2f} s, {len(workbook) // 1024} KB"
    )
    assert ours <= LIMIT * bare
    assert more <= MOST_MORE_MB


def _pdf(told: dict) -> bytes:
    return render_pdf(inspections_document(told, LETTERHEAD, "0" * 64))
