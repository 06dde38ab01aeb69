"""Small H5P packages built on the spot: good ones of our starter libraries, bad ones of every kind."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

STARTER = Path(__file__).resolve().parents[2] / "courses" / "h5p" / "starter"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32

CHOICE = {
    "question": "<p>Mật khẩu nào mạnh?</p>",
    "answers": [
        {"text": "123456", "correct": False},
        {"text": "Sông-Tiền-chảy-xuôi-2026", "correct": True},
        {"text": "matkhau", "correct": False},
    ],
}
SEVERAL = {
    "question": "<p>Dấu hiệu lừa đảo?</p>",
    "answers": [
        {"text": "Thúc giục chuyển tiền ngay", "correct": True},
        {"text": "Tên miền gov.vn", "correct": False},
        {"text": "Xin mã OTP", "correct": True},
        {"text": "Có số điện thoại cơ quan", "correct": False},
    ],
}
TRUE_FALSE = {"question": "<p>Ngân hàng hỏi mã OTP qua điện thoại.</p>", "correct": "false"}
BLANKS = {
    "text": "Điền từ còn thiếu.",
    "questions": ["<p>Sông *Tiền/Tien:một con sông* chảy qua thành phố *Mỹ Tho*.</p>"],
}


def manifest(machine_name: str = "SongTien.Choice", **changes: Any) -> dict[str, Any]:
    """Return an h5p.json for content of a starter library."""
    return {
        "title": "Chọn mật khẩu",
        "language": "vi",
        "mainLibrary": machine_name,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": 1, "minorVersion": 0}
            for name in dict.fromkeys(("SongTien.Question", machine_name))
        ],
        **changes,
    }


def starter_files(*names: str) -> dict[str, bytes]:
    """Return the files of starter libraries as a package holds them."""
    return {
        path.relative_to(STARTER).as_posix(): path.read_bytes()
        for name in names
        for path in sorted((STARTER / f"{name}-1.0").rglob("*"))
        if path.is_file()
    }


def files(
    machine_name: str = "SongTien.Choice", parameters: dict[str, Any] | None = None, **changes: Any
) -> dict[str, bytes]:
    """Return the parts of a good package with its libraries inside."""
    return {
        "h5p.json": json.dumps(manifest(machine_name, **changes)).encode(),
        "content/content.json": json.dumps(CHOICE if parameters is None else parameters).encode(),
        **starter_files("SongTien.Question", machine_name),
    }


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    """Return the parts as an open ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    out.seek(0)
    return out


def package(
    machine_name: str = "SongTien.Choice", parameters: dict[str, Any] | None = None, **changes: Any
) -> io.BytesIO:
    """Return a good package as an open file."""
    return zipped(files(machine_name, parameters, **changes))


def library(
    name: str, *, patch: int = 0, script: str = "window.Probe = function () {};", **manifest_changes: Any
) -> dict[str, bytes]:
    """Return the files of a small library of our own making."""
    folder = f"{name}-1.0"
    described = {
        "title": name,
        "machineName": name,
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": patch,
        "runnable": 1,
        "license": "MIT",
        "preloadedJs": [{"path": "script.js"}],
        **manifest_changes,
    }
    return {
        f"{folder}/library.json": json.dumps(described).encode(),
        f"{folder}/script.js": script.encode(),
        f"{folder}/semantics.json": json.dumps([{"name": "text", "type": "text", "label": "Text"}]).encode(),
    }


def probe(name: str = "Test.Probe", *, title: str = "Probe", **library_options: Any) -> io.BytesIO:
    """Return a package of a library that nobody has installed."""
    described = {
        "title": title,
        "language": "vi",
        "mainLibrary": name,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [{"machineName": name, "majorVersion": 1, "minorVersion": 0}],
    }
    return zipped(
        {
            "h5p.json": json.dumps(described).encode(),
            "content/content.json": b'{"text": "hello"}',
            **library(name, **library_options),
        }
    )


def bomb(path: Path, *, megabytes: int = 150) -> Path:
    """Write a package that would unpack to so many megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files().items():
            archive.writestr(name, data)
        with archive.open("content/bomb.txt", "w") as entry:
            for _chunk in range(megabytes):
                entry.write(b"\0" * 1_000_000)
    return path
