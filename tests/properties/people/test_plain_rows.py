"""Taking plain rows of a staff file by columns comes out as planning every row beside every other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.base.importing.journal import Journal
from lms.people.importing import StaffImporter, plain
from lms.people.models import Person, Post
from tests.factories.people import agency, person, succeed

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
COLUMNS = [
    "person_id",
    "same_as",
    "full_name",
    "birth_date",
    "gender",
    "email",
    "category",
    "agency_code",
    "position",
    "rank",
    "post_from",
    "post_to",
    "primary",
]
# Good cells are drawn more often: most rows of a real file are plain, and the file of errors alone shows nothing.
CELLS = {
    "person_id": [*(f"08219000000{n}" for n in range(9)), "CB-1", "CB-2", "08219000001", "x y", ""],
    "same_as": [""] * 12 + ["CB-1", "082190000001"],
    "full_name": ["Nguyễn Văn An"] * 6 + ["Lê Bình", "Nguye\u0302\u0303n Va\u0306n An", ""],
    "birth_date": ["1990-05-17"] * 6 + ["", "17/05/1990", "1991-05-17", "1990-02-30"],
    "gender": ["female"] * 6 + ["", "nữ", "male", "khác"],
    "email": ["a@songtien.example"] * 4 + ["", "b@songtien.example"],
    "category": ["CC"] * 8 + ["VC", "", "ZZ"],
    "agency_code": ["SNV"] * 8 + ["STC", "CU", "CHIA", "HET", "KHONG", ""],
    "position": ["Chuyên viên"] * 4 + ["", "Kế toán"],
    "rank": ["01.003"] * 4 + [""],
    "post_from": ["2021-03-01"] * 8 + ["01/03/2022", "2025-07-01", "2099-01-01", ""],
    "post_to": [""] * 8 + ["2024-01-01", "2020-01-01", "2025-07-01"],
    "primary": ["yes"] * 5 + ["", "no"],
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}),
    min_size=1,
    max_size=9,
)
LEFT_OUT = st.sets(
    st.sampled_from(["same_as", "birth_date", "gender", "email", "position", "rank", "post_to", "primary"]),
    max_size=3,
)


class RowByRow(StaffImporter):
    """The same import, every row planned beside every other."""

    by_columns = False


@pytest.fixture
def province():
    agency("SNV"), agency("STC")
    old, new, one, two, split = (
        agency("CU", valid_to=JULY),
        agency("MOI", valid_from=JULY),
        agency("C1", valid_from=JULY),
        agency("C2", valid_from=JULY),
        agency("CHIA", valid_to=JULY),
    )
    agency("HET", valid_to=JULY)
    succeed(old, new, on=JULY)
    succeed(split, one, two, on=JULY, kind="split")


def file_of(rows, left_out=frozenset()) -> bytes:
    header = [name for name in COLUMNS if name not in left_out]
    lines = [";".join(header), *(";".join(row[name] for name in header) for row in rows)]
    return "\n".join(lines).encode()


def held():
    """Return everything an import may write, without keys and the password that is none."""
    persons = Person.objects.exclude(code="HR").order_by("code")
    names = (
        "code",
        "full_name",
        "name_folded",
        "name_key",
        "birth_date",
        "gender",
        "email",
        "merged_into__code",
    )
    posts = Post.objects.order_by("person__code", "valid_from", "agency")
    of_a_post = (
        "person__code",
        "agency",
        "category",
        "position",
        "rank",
        "is_primary",
        "valid_from",
        "valid_to",
    )
    others = {(one.is_active, one.is_superuser, one.last_login, one.has_usable_password()) for one in persons}
    return list(persons.values_list(*names)), list(posts.values_list(*of_a_post)), others


def journal_of(journal: Journal):
    entries = [(label, before, dict(after or {})) for label, _pk, before, after in journal.entries()]
    for _label, _before, after in entries:
        for key in ("person_id", "merged_into_id"):  # keys follow the order of writing
            after.pop(key, None)
    return sorted(map(repr, entries))


def what_comes_of(kind, content, by, *, skip_errors):
    """Import in a transaction that is taken back; return all that can be seen of it."""
    importer = kind(by=by)
    with transaction.atomic():
        plan, outcome = importer.compare(importer.read(content, "a.csv"), skip_errors=skip_errors)
        lines = importer.lines(plan)
        if not plan.is_empty and (skip_errors or not outcome.errors):
            importer.write(plan)
        seen = (outcome, lines, held(), journal_of(importer.journal), plan.is_empty)
        transaction.set_rollback(True)
    return seen


def officer():
    known = Person.objects.filter(code="HR").first()
    return known or person(code="HR", agency=None, role="hr_officer", at=agency_of("SNV"))


def agency_of(code):
    from lms.people.models import Agency

    return Agency.objects.get(periods__code=code)


SETTINGS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@SETTINGS
@given(before=ROWS, rows=ROWS, left_out=LEFT_OUT, bound=st.booleans(), skip=st.booleans())
def test_by_columns_as_row_by_row(province, before, rows, left_out, bound, skip):
    by = officer() if bound else None
    with transaction.atomic():
        RowByRow().run(file_of(before), "before.csv", skip_errors=True)
        content = file_of([*rows, *before[:3]], left_out)
        expected = what_comes_of(RowByRow, content, by, skip_errors=skip)
        assert what_comes_of(StaffImporter, content, by, skip_errors=skip) == expected
        transaction.set_rollback(True)


PLAIN = {name: cells[0] for name, cells in CELLS.items()}


def test_a_plain_row_is_taken_by_columns(province):
    importer = StaffImporter()
    table = importer.read(file_of([PLAIN]), "a.csv")
    assert importer.plain_rows(table).places == {0}


@pytest.mark.parametrize(
    ("told_by", "rows"),
    [
        ("_undoubted", [{**PLAIN, "birth_date": "1991-05-17"}]),
        ("_alone", [PLAIN, {**PLAIN, "full_name": "Lê Bình"}]),
        ("_dated", [{**PLAIN, "post_to": "2020-01-01"}]),
    ],
)
def test_without_its_question_the_difference_is_seen(province, monkeypatch, told_by, rows):
    """The control: the comparison above finds what each question keeps out."""
    expected = what_comes_of(RowByRow, file_of(rows), None, skip_errors=False)
    assert what_comes_of(StaffImporter, file_of(rows), None, skip_errors=False) == expected
    monkeypatch.setattr(plain, told_by, lambda table, places: places)
    with transaction.atomic():
        try:
            without = what_comes_of(StaffImporter, file_of(rows), None, skip_errors=False)
        except Exception as error:  # the database itself may refuse it
            without = error
        transaction.set_rollback(True)
    assert without != expected
