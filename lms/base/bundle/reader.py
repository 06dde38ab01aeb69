"""Checks a bundle of Sông Tiền without a network and with nothing but Python 3.9 or newer.

    python3 verify.py bundle.zip --key NAME [--roots roots.pem]

What it can see: that no part was changed; that the list of parts and the credential were signed (Ed25519) by the
key named; that the facts are those the certificate was numbered with; that each signature in the PDF covers the
whole of its revision and was made (RSA, SHA-256) by the certificate it carries; that the audit events have the
places their hashes say. With `openssl` beside it and --roots: that the signers' certificates come from those
authorities. What it cannot see: whether a certificate was withdrawn after the bundle was made, whether a signer's
certificate was revoked, whether an update after a signature changes what the page shows.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST, MOST_PARTS = 256 * 1024 * 1024, 5_000
OUTSIDE = {"manifest.json", "manifest.jws", "verify.py", "DOC-TOI.txt"}
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
SQRT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
RSA = bytes.fromhex("06092a864886f70d010101")


class Broken(Exception):
    """Something does not hold; the sentence names it."""


@dataclass
class Found:
    """What holds, what could not be checked, what is broken (empty where all holds)."""

    held: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    broken: str = ""


def check(content: bytes, keys: list[str], roots: str = "") -> Found:
    """Check a bundle under the keys named; without a name the bundle's own are used, and it is said."""
    found = Found()
    try:
        parts = read_parts(content)
        manifest = check_manifest(parts, keys, found)
        for part in manifest["parts"]:
            check_part(part, parts, manifest["expected"], keys or own_keys(parts), roots, found)
    except Broken as broken:
        found.broken = str(broken)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        found.broken = f"the bundle is not in the form it should be ({type(error).__name__})"
    return found


def read_parts(content: bytes) -> dict[str, bytes]:
    """Unpack within limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
            raise Broken("the bundle unpacks to more than a bundle holds")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise Broken("the bundle names a part twice")
        return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise Broken("the file is not a whole ZIP archive") from error


def check_manifest(parts: dict[str, bytes], keys: list[str], found: Found) -> dict[str, Any]:
    """Check that every part is the one listed, no more and no fewer, and that the list is signed."""
    manifest = json.loads(parts["manifest.json"])
    if manifest["format"] != "song-tien-bundle/1":
        raise Broken("a format this reader does not know")
    if canonical(manifest) != parts["manifest.json"]:
        raise Broken("manifest.json is not written in the one way it has")
    listed = {part["name"]: part["sha256"] for part in manifest["parts"]}
    if set(parts) - OUTSIDE != set(listed):
        raise Broken("the parts are not those that are listed")
    for name, wanted in listed.items():
        if sha256(parts[name]) != wanted:
            raise Broken(f"{name} was changed")
    found.held.append(f"{len(listed)} parts have the hashes listed")
    own = own_keys(parts)
    seal = open_jws(parts["manifest.jws"].decode(), public_keys(parts), keys or own, "manifest.jws")
    if seal["manifest_sha256"] != sha256(parts["manifest.json"]):
        raise Broken("manifest.json was changed")
    found.held.append(
        "the list of parts is signed by the key named" if keys else "the list of parts is signed"
    )
    if not keys:
        found.not_checked.append("whose key it is: no --key was given, the bundle's own was taken")
    return dict(manifest)


def check_part(
    part: dict[str, Any],
    parts: dict[str, bytes],
    expected: dict[str, Any],
    keys: list[str],
    roots: str,
    found: Found,
) -> None:
    """Check one part by its role."""
    name, content = part["name"], parts[part["name"]]
    if part["role"] == "facts":
        if sha256(canonical(json.loads(content))) != expected["facts_sha256"]:
            raise Broken(f"{name}: not the facts that were numbered")
        found.held.append(f"{name}: the facts have the hash they were numbered with")
    elif part["role"] == "document":
        check_document(name, content, expected, parts, roots, found)
    elif part["role"] == "credential":
        credential = open_jws(content.decode().strip(), public_keys(parts), keys, name)
        if credential["id"] != expected["credential"]:
            raise Broken(f"{name}: the credential of another certificate")
        found.held.append(f"{name}: signed, and of this certificate")
    elif part["role"] == "audit":
        check_audit(name, json.loads(content), found)
    elif part["role"] == "hashes":
        check_hashes(name, json.loads(content), parts, found)


def check_audit(name: str, events: list[dict[str, Any]], found: Found) -> None:
    """Check that each event has the hash its place in the chain says."""
    for event in events:
        text = f"{event['previous']}\n{event['sequence']}\n{event['text']}"
        if sha256(text.encode()) != event["hash"]:
            raise Broken(f"{name}: the event at place {event['sequence']} was changed")
    found.held.append(f"{name}: {len(events)} audit events have the hashes of their places")
    found.not_checked.append(
        f"{name}: the events between them (`manage.py verify_audit` walks the whole chain)"
    )


def check_hashes(name: str, kept: dict[str, str], parts: dict[str, bytes], found: Found) -> None:
    """Check that each file is there and has the hash it was received or made with."""
    for file, wanted in kept.items():
        if file not in parts:
            raise Broken(f"{name}: {file} is missing")
        if sha256(parts[file]) != wanted:
            raise Broken(f"{name}: {file} is not the file that was received")
    found.held.append(f"{name}: {len(kept)} files have the hashes they were received or made with")


# --- signatures in the PDF -----------------------------------------------------------------------------------


def check_document(
    name: str, content: bytes, expected: dict[str, Any], parts: dict[str, bytes], roots: str, found: Found
) -> None:
    """Check the hash of the file and every signature in it."""
    if sha256(content) != expected["file_sha256"]:
        raise Broken(f"{name}: not the file that was given out")
    found.held.append(f"{name}: the file has the hash of the register")
    ranges = re.findall(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", content)
    if len(ranges) != expected.get("signatures", 0):
        raise Broken(f"{name}: {len(ranges)} signatures instead of {expected.get('signatures', 0)}")
    for place, numbers in enumerate(ranges, start=1):
        first, start, rest = (int(number) for number in numbers)
        if content[first : first + 1] != b"<" or content[start - 1 : start] != b">":
            raise Broken(f"{name}: signature {place} does not fill its gap")
        cms = bytes.fromhex(content[first + 1 : start - 1].decode())
        digest = hashlib.sha256(content[:first] + content[start : start + rest]).digest()
        certificates = check_cms(cms, digest, f"{name}: signature {place}", found)
        check_chain(certificates, roots, f"{name}: signature {place}", found)


def check_cms(cms: bytes, digest: bytes, label: str, found: Found) -> list[bytes]:
    """Check that the signature is over this digest and by the certificate it carries; return its certificates."""
    signed = children(children(children(cms)[0][1])[1][1])[0][1]
    fields = children(signed)
    certificates = (
        [whole for tag, body, whole in children_whole(fields[3][1]) if tag == 0x30]
        if fields[3][0] == 0xA0
        else []
    )
    signer = children_whole(children(fields[-1][1])[0][1])
    serial = children_whole(signer[1][1])[1][2]
    attributes = signer[3][2]
    stated = [body for tag, body, whole in children_whole(signer[3][1]) if MESSAGE_DIGEST in whole[:15]]
    if len(stated) != 1 or children(children(stated[0])[1][1])[0][1] != digest:
        raise Broken(f"{label}: the content was changed after it was signed")
    own = [certificate for certificate in certificates if serial_of(certificate) == serial]
    if len(own) != 1:
        raise Broken(f"{label}: the signer's certificate is missing")
    key = public_key(own[0])
    if key is None:
        found.not_checked.append(
            f"{label}: made by another method than RSA, which this reader cannot recompute"
        )
    elif not rsa_holds(key, b"\x31" + attributes[1:], signer[5][1]):
        raise Broken(f"{label}: not made by the key of its certificate")
    else:
        found.held.append(f"{label}: whole, and made by the key of its certificate")
    return [own[0], *(certificate for certificate in certificates if certificate != own[0])]


def check_chain(certificates: list[bytes], roots: str, label: str, found: Found) -> None:
    """Ask openssl, where there is one, whether the authorities given stand behind the signer."""
    tool = shutil.which("openssl")
    if not roots or not tool:
        found.not_checked.append(f"{label}: who stands behind the signer (needs openssl and --roots)")
        return
    with tempfile.TemporaryDirectory() as folder:
        signer, between = Path(folder, "signer.pem"), Path(folder, "between.pem")
        signer.write_text(armoured(certificates[0]))
        between.write_text("".join(armoured(each) for each in certificates[1:]) or armoured(certificates[0]))
        asked = [tool, "verify", "-no_check_time", "-CAfile", roots, "-untrusted", str(between), str(signer)]
        if subprocess.run(asked, capture_output=True, check=False).returncode:  # noqa: S603
            raise Broken(f"{label}: no authority given stands behind the signer")
    found.held.append(f"{label}: an authority given stands behind the signer")


def rsa_holds(key: tuple[int, int], message: bytes, signature: bytes) -> bool:
    """Say whether an RSA signature (PKCS #1 v1.5, SHA-256) is the key's."""
    modulus, exponent = key
    size = (modulus.bit_length() + 7) // 8
    ending = b"\x00" + SHA256_INFO + hashlib.sha256(message).digest()
    wanted = b"\x00\x01" + b"\xff" * (size - 2 - len(ending)) + ending
    return len(signature) == size and pow(
        int.from_bytes(signature, "big"), exponent, modulus
    ) == int.from_bytes(wanted, "big")


def public_key(certificate: bytes) -> tuple[int, int] | None:
    """Return modulus and exponent of a certificate's RSA key, None for another kind."""
    body = children(children(certificate)[0][1])[0][1]
    fields = [whole for tag, value, whole in children_whole(body) if tag != 0xA0]
    information = children_whole(children(fields[5])[0][1])
    if RSA not in information[0][2]:
        return None
    numbers = children(children(information[1][1][1:])[0][1])
    return int.from_bytes(numbers[0][1], "big"), int.from_bytes(numbers[1][1], "big")


def serial_of(certificate: bytes) -> bytes:
    """Return the serial number as it is written."""
    body = children(children(certificate)[0][1])[0][1]
    return next(whole for tag, value, whole in children_whole(body) if tag != 0xA0)


def armoured(certificate: bytes) -> str:
    """Return a certificate in the form openssl reads."""
    return (
        f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(certificate).decode()}-----END CERTIFICATE-----\n"
    )


def children(content: bytes) -> list[tuple[int, bytes]]:
    """Return tag and value of every DER element in a row."""
    return [(tag, value) for tag, value, whole in children_whole(content)]


def children_whole(content: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return tag, value and whole of every DER element in a row; zeros that pad a signature end it."""
    found, at = [], 0
    while at + 1 < len(content) and content[at]:
        length, start = content[at + 1], at + 2
        if length >= 0x80:
            width = length & 0x7F
            length, start = int.from_bytes(content[start : start + width], "big"), start + width
        found.append((content[at], content[start : start + length], content[at : start + length]))
        at = start + length
    return found


# --- Ed25519 (RFC 8032) --------------------------------------------------------------------------------------

Point = tuple[int, int, int, int]


def ed25519_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature is the key's."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = point_of(key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(scalar, base_point()), added(commitment, times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % PRIME == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % PRIME == 0


def point_of(text: bytes) -> Point | None:
    """Return the point written in 32 bytes, None where there is none."""
    y = int.from_bytes(text, "little") & ((1 << 255) - 1)
    return point_at(y, text[31] >> 7) if y < PRIME else None


def point_at(y: int, sign: int) -> Point | None:
    """Return the point at a height on the side the sign says."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * SQRT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    x = PRIME - x if x & 1 != sign else x
    return x, y, 1, x * y % PRIME


def base_point() -> Point:
    """Return the point every key is a multiple of."""
    found = point_at(4 * pow(5, PRIME - 2, PRIME) % PRIME, 0)
    if found is None:
        raise Broken("arithmetic")
    return found


def added(one: Point, two: Point) -> Point:
    """Return the sum of two points."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % PRIME
    b = (one[1] + one[0]) * (two[1] + two[0]) % PRIME
    c = 2 * one[3] * two[3] * CURVE % PRIME
    d = 2 * one[2] * two[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(scalar: int, point: Point) -> Point:
    """Return a multiple of a point."""
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = added(total, point)
        point = added(point, point)
        scalar >>= 1
    return total


def open_jws(token: str, public: dict[str, bytes], believed: list[str], label: str) -> Any:
    """Return what a compact JSON Web Signature by a believed key says."""
    head, payload, signature = token.split(".")
    header = json.loads(unpadded(head))
    name = str(header["kid"]).rsplit("/", 1)[-1]
    if header["alg"] != "EdDSA" or name not in public or name not in believed:
        raise Broken(f"{label}: signed by a key that was not named")
    if not ed25519_holds(public[name], f"{head}.{payload}".encode(), unpadded(signature)):
        raise Broken(f"{label}: the signature does not hold")
    return json.loads(unpadded(payload))


def public_keys(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the bundle's keys under the names that follow from them (RFC 7638): none can bear another's name."""
    named = {}
    for key in json.loads(parts["keys.json"])["keys"]:
        text = f'{{"crv":"Ed25519","kty":"OKP","x":"{key["x"]}"}}'
        named[base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()] = (
            unpadded(key["x"])
        )
    return named


def own_keys(parts: dict[str, bytes]) -> list[str]:
    """Return the names of the keys in the bundle."""
    return list(public_keys(parts))


def unpadded(text: str) -> bytes:
    """Read base64url written in its one way."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise Broken("a text is not written in the one way it has")
    return raw


def canonical(value: Any) -> bytes:
    """Write JSON in the one way that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    """Return the hash in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def main(words: list[str]) -> int:
    """Read the words of the command line, check, say what was found."""
    named = {word: words[place + 1] for place, word in enumerate(words[:-1]) if word in ("--key", "--roots")}
    files = [word for word in words if not word.startswith("--") and word not in named.values()]
    if len(files) != 1:
        sys.stderr.write("python3 verify.py bundle.zip --key NAME [--roots roots.pem]\n")
        return 2
    keys = named["--key"].split(",") if "--key" in named else []
    found = check(Path(files[0]).read_bytes(), keys, named.get("--roots", ""))
    for line in found.held:
        sys.stdout.write(f"holds        {line}\n")
    for line in found.not_checked:
        sys.stdout.write(f"not checked  {line}\n")
    sys.stdout.write(
        f"BROKEN       {found.broken}\n" if found.broken else "everything that was checked holds\n"
    )
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
