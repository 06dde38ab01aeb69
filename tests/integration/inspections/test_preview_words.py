"""The preview of a file names fields and choices as people know them, never as the program does."""

import re

import pytest

from lms.base.models import ImportLine
from tests.factories.people import agency, person, sign_in
from tests.factories.uploads import upload

pytestmark = pytest.mark.django_db
FILES = {
    "subjects": (
        "inspector",
        "subject_id,subject_name,subject_kind,address\n0301,Công ty Cửu Long,DN,Mỹ Tho\n",
    ),
    "legal_bases": ("administrator", "number,title,valid_from,certainty\n1/NĐ-CP,Một,2020-01-01,K\n"),
    "holidays": ("administrator", "day,name,is_worked\n2031-09-02,Quốc khánh,no\n"),
    "inspections": (
        "inspector",
        "inspection_code,lead_code,member_codes,status,completed_on,field,subject_id,subject_name,subject_kind,steps\n"
        "K1,SCT,SYT,COMPLETED,2025-03-10,ATTP,0301,Công ty Cửu Long,DN,DDDDD\n",
    ),
    "training": (
        "provincial_hr",
        "person_id,course_code,completed_at,hours,revoked_on,revoked_mode\nHR,X1,2024-03-01,8,2024-06-01,ab_initio\n",
    ),
}
SHOWN = {
    "subjects": {"tên": "Công ty Cửu Long", "loại": "Doanh nghiệp", "địa chỉ": "Mỹ Tho"},
    "inspections": {
        "trạng thái": "Đã hoàn thành",
        "ngày hoàn thành": "10/03/2025",
        "tên": "Công ty Cửu Long",
    },
    "training": {"đạt": "có", "ngày thu hồi": "01/06/2024"},
}


@pytest.mark.parametrize("kind", FILES)
def test_the_preview_speaks_vietnamese(client, kind):
    role, text = FILES[kind]
    root = agency("82")
    for code in ("SCT", "SYT"):
        agency(code, parent=root, name=f"Sở {code}")
    sign_in(client, person(code="HR", agency=root, role=role))
    run = upload(client, text, kind)
    (line,) = ImportLine.objects.filter(run=run, effect="added")
    shown = {name: new for name, _old, new in line.changes}
    # A field's name in the program is one English word, or several joined by underscores.
    assert not [name for name in shown if re.fullmatch(r"[a-z_]+", name) and "_" in name]
    assert SHOWN.get(kind, {}).items() <= shown.items(), shown
    assert not {"name", "kind", "address", "title", "hours", "passed", "status", "steps", "act"} & set(shown)
