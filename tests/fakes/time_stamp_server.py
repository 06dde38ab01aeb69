"""A time stamp server (RFC 3161) on loopback: what it stamps is real, its clock is the test's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tests.factories.signing import Issued

ENCODING, PLAIN = serialization.Encoding.DER, serialization.NoEncryption()


def stamper(issued: Issued, at: datetime) -> DummyTimeStamper:
    """Return what stamps by the key at that instant."""
    secret = issued.key.private_bytes(ENCODING, serialization.PrivateFormat.PKCS8, PLAIN)
    certificates = [issued.certificate, *issued.above]
    own, *above = (x509.Certificate.load(row.public_bytes(ENCODING)) for row in certificates)
    return DummyTimeStamper(own, keys.PrivateKeyInfo.load(secret), certs_to_embed=above, fixed_dt=at)


@contextmanager
def time_stamp_server(issued: Issued, at: datetime, *, broken: bool = False) -> Iterator[str]:
    """Serve time stamps, or nothing but errors; yield the address."""
    ours = stamper(issued, at)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            content = b"" if broken else ours.request_tsa_response(asked).dump()
            self.send_response(500 if broken else 200)
            self.send_header("Content-Type", "text/html" if broken else "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
