"""Random ways through the life of a document: only what the table allows happens, and no signed byte ever changes."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.actions import document, numbering, paper_signatures
from inspections.models import CaseDocument
from inspections.paper_states import BY_PAPER_EVENT, FIXED, PaperEvent, PaperState
from inspections.rules.signed import latest_file
from tests.factories import inspections as make
from tests.factories import signing

EXTENSION = {"extra_days": "5", "reason": "Hồ sơ nhiều"}
EVENTS = [event for event in PaperEvent if event not in (PaperEvent.MAKE, PaperEvent.BRING_BACK)]
# Ways that reach far: from the numbered document on anything is tried.
FAR = st.builds(
    lambda stage, way: [*stage, *way],
    st.sampled_from(
        [
            [],
            [PaperEvent.SIGN, PaperEvent.NUMBER],
            [PaperEvent.SIGN, PaperEvent.NUMBER, PaperEvent.SIGN_FILE],
            [PaperEvent.SIGN, PaperEvent.NUMBER, PaperEvent.SIGN_FILE, PaperEvent.SEAL_FILE],
        ]
    ),
    st.lists(st.sampled_from(EVENTS), max_size=6),
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Key files of the head and the agency; the person's is named when there is one."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "roots.pem").write_bytes(signing.root().pem)
    agency = signing.made("Sở Khoa học và Công nghệ", signing.intermediate())
    (folder / "agency-SKHCN.p12").write_bytes(agency.p12)
    return SimpleNamespace(folder=folder, head=signing.made("Nguyễn Văn Giám", signing.intermediate()))


def act(event: PaperEvent, row: CaseDocument, who, clerk):
    actions = {
        PaperEvent.CHANGE: lambda: document.change_document(by=who.leader, document=row, **EXTENSION),
        PaperEvent.SIGN: lambda: document.sign_document(by=who.head, document=row),
        PaperEvent.SEND_BACK: lambda: document.return_document(by=clerk, document=row, reason="Thiếu căn cứ"),
        PaperEvent.NUMBER: lambda: numbering.number_document(by=clerk, document=row),
        PaperEvent.SIGN_FILE: lambda: paper_signatures.sign_file(by=who.head, document=row),
        PaperEvent.SEAL_FILE: lambda: paper_signatures.seal_file(by=clerk, document=row),
        PaperEvent.FILE: lambda: document.file_document(by=clerk, document=row),
        PaperEvent.CORRECT: lambda: document.correct_document(by=who.leader, document=row, reason="Sai ngày"),
    }
    return actions[event]()


def bytes_of(row: CaseDocument) -> bytes:
    with latest_file(row)[0].open("rb") as stored:
        return stored.read()


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(way=FAR)
def test_random_acts_keep_to_the_table_and_no_signed_byte_changes(way, keys, django_db_setup):
    from django.test import override_settings

    told = {
        "SIGNING_DOCUMENT_KEYS": str(keys.folder),
        "SIGNING_DOCUMENT_KEYS_PASSPHRASE": signing.PASSPHRASE,
        "SIGNING_TRUST_ROOTS": [str(keys.folder / "roots.pem")],
    }
    with override_settings(**told), transaction.atomic():
        who = make.cast()
        (keys.folder / f"person-{who.head.code}.p12").write_bytes(keys.head.p12)
        clerk = make.clerk(who)
        row = make.drafted(who, make.announced(who), "quyet-dinh-gia-han", **EXTENSION)
        kept = b""
        for event in way:
            before = CaseDocument.objects.get(pk=row.pk)
            try:
                with transaction.atomic():
                    act(event, before, who, clerk)
            except (ValidationError, PermissionDenied):
                done = False
            else:
                done = True
            after = CaseDocument.objects.get(pk=row.pk)
            passage = BY_PAPER_EVENT[event]
            if done and event != PaperEvent.CORRECT:
                assert before.state in passage.sources and after.state == passage.target
            else:
                assert after.state == before.state
            kept = agrees(after, kept)
        transaction.set_rollback(True)


def agrees(row: CaseDocument, kept: bytes) -> bytes:
    """What was numbered stays byte for byte, and each signature only adds to it, the person's first."""
    if PaperState(row.state) not in FIXED:
        assert not row.pdf and not kept
        return b""
    content = bytes_of(row)
    assert content.startswith(kept)
    with row.pdf.open("rb") as stored:
        assert content.startswith(stored.read())
    assert [one.field for one in row.signatures.all()] in ([], ["NguoiKy"], ["NguoiKy", "CoQuan"])
    return content
