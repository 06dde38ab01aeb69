"""Files for the frame: with a range where asked, readable by an opaque origin, harmless as a page."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from courses.h5p.package.limits import LIBRARY_EXTENSIONS
from courses.h5p.package.names import extension

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_KINDS = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "textile": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/plain; charset=utf-8",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "m4a": "audio/mp4",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
}


def is_served(path: str) -> bool:
    """Whether a file of this ending ever leaves the store."""
    return extension(path) in LIBRARY_EXTENSIONS


def open_to_frames(response: HttpResponseBase) -> HttpResponseBase:
    """Let the sandboxed frame, whose origin is null, read the answer; the address is the bearer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Content-Type, Range, X-Requested-With"
    response["Access-Control-Expose-Headers"] = "Content-Range, Content-Length, Accept-Ranges"
    response["Access-Control-Max-Age"] = "3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # The token must not travel to a site that a link leads to.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_response(request: HttpRequest, file: IO[bytes], size: int, path: str) -> HttpResponseBase:
    """Return the file, or the asked part of it."""
    asked = _asked_range(request.headers.get("Range", ""), size)
    if asked is None:
        file.close()
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    start, end = asked
    response = StreamingHttpResponse(
        _part(file, start, end - start), status=206 if end - start < size else 200
    )
    response["Content-Length"] = str(end - start)
    if response.status_code == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Type"] = (
        _KINDS.get(extension(path)) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    )
    # Opened as a page of its own (an SVG with a script), it is nobody's page.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, max-age=43200"
    return response


def _asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return [start, end); the whole for no or several ranges, None for one that lies outside."""
    found = _RANGE.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return 0, size
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    return (start, end) if start < end else None


def _part(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
