"""A bundle is checked by a reader that needs nothing but Python, and every change to it is named."""

import io
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lms.base.bundle import NotSigned, Part, canonical, opened, packed, reader, signed, verified
from lms.base.bundle.packing import reader_source
from lms.base.keyring import CREDENTIALS, thumbprint
from tests.factories import pdf_mutations as corpus
from tests.factories import signing

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
FACTS = {"serial": "SNV.2026.00001", "person": {"name": "Nguyễn Thị Ngọc Quỳnh"}}


def bundle(pdf=None, facts=FACTS, credential_id="https://x/1"):
    pdf = pdf or corpus.signed()
    credential = signed({"id": credential_id}, CREDENTIALS.signing_key(), typ="vc+jwt")
    text = '["1"]'
    link = {
        "sequence": 2,
        "previous": "0" * 64,
        "text": text,
        "hash": reader.sha256(f"{'0' * 64}\n2\n{text}".encode()),
    }
    return packed(
        kind="certificate",
        subject="SNV.2026.00001",
        at=AT,
        expected={
            "facts_sha256": reader.sha256(canonical(FACTS)),
            "file_sha256": reader.sha256(corpus.signed()),
            "signatures": 2,
            "credential": "https://x/1",
        },
        parts=[
            Part("certificate.pdf", "document", pdf),
            Part("facts.json", "facts", canonical(facts)),
            Part("credential.jwt", "credential", credential.encode()),
            Part("audit.json", "audit", canonical([link])),
        ],
    )


def repacked(content, **changed):
    """The archive with parts changed, added or (None) left out."""
    names = {name.replace(".", "_"): value for name, value in changed.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            value = names.pop(entry.filename.replace(".", "_"), old.read(entry))
            if value is not None:
                new.writestr(entry, value)
        for name, value in names.items():
            new.writestr(name, value)
    return target.getvalue()


def test_a_whole_bundle_holds():
    checked = verified(bundle())
    assert checked.broken == ""
    assert "certificate.pdf: signature 1: whole, and made by the key of its certificate" in checked.held
    assert "certificate.pdf: signature 2: whole, and made by the key of its certificate" in checked.held
    assert len(checked.held) == 8
    assert bundle() == bundle()


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: repacked(bundle(), facts_json=b"{}"), "facts.json was changed"),
        (lambda: repacked(bundle(), certificate_pdf=None), "the parts are not those that are listed"),
        (lambda: repacked(bundle(), more=b"x"), "the parts are not those that are listed"),
        (
            lambda: bundle(facts={**FACTS, "serial": "SNV.2026.00002"}),
            "facts.json: not the facts that were numbered",
        ),
        (lambda: bundle(pdf=corpus.given_out()), "certificate.pdf: not the file that was given out"),
        (
            lambda: bundle(credential_id="https://x/2"),
            "credential.jwt: the credential of another certificate",
        ),
        (lambda: bundle()[:-200], "the file is not a whole ZIP archive"),
        (lambda: b"", "the file is not a whole ZIP archive"),
    ],
)
def test_what_was_changed_is_named(made, sentence):
    assert verified(made()).broken == sentence


def test_another_key_is_not_believed():
    checked = verified(bundle(), keys=["another"])
    assert checked.broken == "manifest.jws: signed by a key that was not named"


def test_every_changed_byte_of_a_part_is_seen():
    chance, whole = random.Random(7), bundle()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {
            name: archive.read(name)
            for name in archive.namelist()
            if name not in ("verify.py", "DOC-TOI.txt")
        }
    for _turn in range(60):
        name = chance.choice(sorted(parts))
        place = chance.randrange(len(parts[name]))
        turned = bytes([parts[name][place] ^ 1 << chance.randrange(8)])
        changed = parts[name][:place] + turned + parts[name][place + 1 :]
        assert verified(repacked(whole, **{name: changed})).broken, (name, place)


def test_the_reader_runs_alone(tmp_path):
    (tmp_path / "verify.py").write_bytes(reader_source())
    (tmp_path / "bundle.zip").write_bytes(bundle())
    (tmp_path / "roots.pem").write_bytes(signing.root().pem)
    key = thumbprint(CREDENTIALS.signing_key().public_key())
    asked = [sys.executable, "-I", "-S", "verify.py", "bundle.zip", "--key", key, "--roots", "roots.pem"]
    told = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.endswith("everything that was checked holds\n")
    (tmp_path / "roots.pem").write_bytes(signing.made("Khác", is_authority=True).pem)
    told = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "no authority given stands behind the signer" in told.stdout or "needs openssl" in told.stdout


def test_signatures_in_python_agree_with_the_library():
    chance = random.Random(3)
    for _turn in range(12):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        message = chance.randbytes(50)
        good, public = key.sign(message), key.public_key().public_bytes_raw()
        place = chance.randrange(64)
        bad = good[:place] + bytes([good[place] ^ 1 << chance.randrange(8)]) + good[place + 1 :]
        assert reader.ed25519_holds(public, message, good)
        assert not reader.ed25519_holds(public, message, bad)
        assert not reader.ed25519_holds(public, message + b"x", good)


def test_any_turned_bit_of_a_signed_text_is_seen():
    token = signed({"name": "Nguyễn Thị Ngọc Quỳnh"}, CREDENTIALS.signing_key(), typ="vc+jwt")
    keys = CREDENTIALS.believed()
    assert opened(token, keys) == {"name": "Nguyễn Thị Ngọc Quỳnh"}
    raw = token.encode()
    for place in range(len(raw)):
        for bit in range(8):
            turned = raw[:place] + bytes([raw[place] ^ 1 << bit]) + raw[place + 1 :]
            with pytest.raises(NotSigned):
                opened(turned.decode("latin-1"), keys)
