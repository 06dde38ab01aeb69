"""Each letter is explained by the record that made it; a case leaves as one bundle that shows every change."""

import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import translation
from openpyxl import load_workbook

from inspections.actions.steps import working_calendar
from inspections.bundling import CASE, case_bundle
from inspections.models import Decision, Finding, Inspection
from inspections.rules import explain
from lms.base.audit import chain_waiting
from lms.base.bundle import verified
from lms.base.dates import today
from lms.base.models import AuditEvent
from tests.factories import inspections as make
from tests.factories.people import person, sign_in
from tests.unit.base.bundle.test_bundle import repacked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return make.cast()


def test_the_page_and_its_file_say_what_the_rule_computed(client, who):
    case = make.completed(who)
    late = today() - timedelta(days=30)
    Decision.objects.update(signed_on=late)
    case = Inspection.objects.get(pk=case.pk)
    subject = case.subjects.get()
    lines = explain(subject, working_calendar())
    assert [line.letter for line in lines] == ["P", "D", "D", "D", "D"]
    assert lines[0].fact.happened_on == late
    assert lines[0].fact.recorded_on == today()
    assert late < lines[0].last_day < late + timedelta(days=12)
    assert [str(line.fact.clock) for line in lines] == ["arrival", "arrival", "device", "arrival", "arrival"]
    sign_in(client, who.head)
    page = client.get(f"/inspections/{case.pk}/verdict/").content.decode()
    assert f"decision signed {late:%d/%m/%Y}, recorded only {today():%d/%m/%Y}" in page
    assert "Điều 11 Nghị định số 217/2025/NĐ-CP" in page
    assert "clock of the device" in page
    assert "on paper or too late: S1" in page
    book = load_workbook(io.BytesIO(client.get(f"/inspections/{case.pk}/verdict/?format=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["P", "D", "D", "D", "D"]
    assert rows[1][3] == f"decision {case.decision_no}"
    assert rows[1][4].date() == late
    assert rows[1][7].date() == lines[0].last_day


def test_a_registered_case_says_that_nothing_measures_it(client, who):
    case = make.decision.register_paper_inspection(
        by=who.leader,
        lead=who.lead,
        decision_no="9/QĐ-SKHCN",
        decided_on=today(),
        completed_on=today(),
        parties=[make.PARTY],
    )
    sign_in(client, who.head)
    page = client.get(f"/inspections/{case.pk}/verdict/").content.decode()
    assert "nothing here measures them" in page
    assert page.count("declared when the inspection was registered") == 5


def whole(who) -> tuple[Inspection, bytes]:
    case = make.completed(who)
    chain_waiting()
    return case, case_bundle(Inspection.objects.get(pk=case.pk))


def test_the_bundle_holds_the_case_and_the_reader_in_it_runs_alone(client, who, tmp_path):
    case = make.completed(who)
    chain_waiting()
    sign_in(client, who.head)
    content = client.post(f"/inspections/{case.pk}/bundle/").content
    checked = verified(content)
    assert checked.broken == ""
    assert any("files have the hashes they were received" in line for line in checked.held)
    assert any("audit events have the hashes of their places" in line for line in checked.held)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = json.loads(archive.read("case.json"))
        hashes = json.loads(archive.read("hashes.json"))
        places = json.loads(archive.read("audit.json"))
        (tmp_path / "verify.py").write_bytes(archive.read("verify.py"))
    assert [step["mark"] for step in told["verdict"][0]["steps"]] == ["D"] * 5
    assert len(told["tables"]["transitionentry"]) == case.entries.count()
    assert {name.split("/")[0] for name in hashes} == {"minutes", "evidence", "sheets"}
    assert len(places) >= 5
    (tmp_path / "case.zip").write_bytes(content)
    call_command("verify_bundle", str(tmp_path / "case.zip"), stdout=io.StringIO())
    alone = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "case.zip"], cwd=tmp_path, capture_output=True, check=False
    )
    assert alone.returncode == 0
    assert (
        AuditEvent.objects.filter(action="inspections.export_bundle", actor_id=str(who.head.pk)).count() == 1
    )


def test_findings_remedies_and_what_was_handed_in_leave_with_the_case(who):
    case = make.with_findings(who)
    remedy = make.remedy_of(case, by=who.leader)
    handed_in = make.bring(remedy, by=who.leader)
    with zipfile.ZipFile(io.BytesIO(case_bundle(Inspection.objects.get(pk=case.pk)))) as archive:
        tables = json.loads(archive.read("case.json"))["tables"]
        kept = archive.read(f"remedies/{handed_in.pk}-bien-ban.png")
        assert json.loads(archive.read("hashes.json"))[f"remedies/{handed_in.pk}-bien-ban.png"] == (
            hashlib.sha256(kept).hexdigest()
        )
    assert [row["label"] for row in tables["finding"]] == [finding.label for finding in Finding.objects.all()]
    assert [row["what"] for row in tables["remedy"]] == [remedy.what]
    assert [row["sha256"] for row in tables["remedyevidence"]] == [handed_in.sha256]
    assert len(tables["remedyentry"]) == remedy.entries.count() > 0


def test_whatever_hangs_on_a_case_leaves_with_it_or_is_named_here():
    """A record added later is either in the bundle or somebody said here why it is not."""
    stays = {
        "PartyAccess": "keys of the portal",
        "PartySession": "keys of the portal",
        "Reconciliation": "of the agency's register, not of the case",
        "RegisterEntry": "of the agency's register, not of the case",
        "Assignment": "of the room above, which hands its proof in as evidence",
    }

    def packed_below(model, below):
        yield model.__name__
        for name, further in below.items():
            yield from packed_below(_relation(model, name).related_model, further)

    hanging, waiting = set(), [Inspection]
    while waiting:
        model = waiting.pop()
        if model.__name__ not in hanging:
            hanging.add(model.__name__)
            waiting += [relation.related_model for relation in model._meta.related_objects]
    assert hanging - set(packed_below(Inspection, CASE)) == set(stays)


def _relation(model, name):
    return next(relation for relation in model._meta.related_objects if relation.get_accessor_name() == name)


def test_every_changed_byte_of_a_case_is_found(who):
    _case, content = whole(who)
    assert verified(content).broken == ""  # control: unchanged it holds
    chance = random.Random(5)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name: archive.read(name)
            for name in archive.namelist()
            if name not in ("verify.py", "DOC-TOI.txt")
        }
    missed = []
    names = sorted(parts)
    for turn in range(200):
        name = names[turn % len(names)]
        place = chance.randrange(len(parts[name]))
        turned = bytes([parts[name][place] ^ 1 << chance.randrange(8)])
        changed = parts[name][:place] + turned + parts[name][place + 1 :]
        if not verified(repacked(content, **{name: changed})).broken:
            missed.append((name, place))
    assert missed == []


def test_a_file_that_changed_in_the_store_is_not_made_to_look_whole(client, who):
    case = make.completed(who)
    evidence = case.subjects.get().evidence.first()
    storage, name = evidence.file.storage, evidence.file.name
    storage.delete(name)
    sign_in(client, who.head)
    refused = client.post(f"/inspections/{case.pk}/bundle/", follow=True)
    assert "is missing in the store" in refused.content.decode()
    storage.save(name, ContentFile(b"khac"))
    refused = client.post(f"/inspections/{case.pk}/bundle/", follow=True)
    assert "no longer has the hash it was stored with" in refused.content.decode()
    assert not AuditEvent.objects.filter(action="inspections.export_bundle").exists()


def test_whoever_may_not_see_the_case_takes_nothing(client, who):
    case = make.completed(who)
    for stranger in (person("Người Lạ", agency=who.lead), make.cast("SYT", "Sở Y tế").head):
        sign_in(client, stranger)
        assert client.post(f"/inspections/{case.pk}/bundle/").status_code in (403, 404)
    sign_in(client, who.head)
    assert client.get(f"/inspections/{case.pk}/bundle/").status_code == 405
    assert not AuditEvent.objects.filter(action="inspections.export_bundle").exists()
