"""Starts and stops the province's sign-in."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ROOT = Path(__file__).resolve().parents[3]


class ProvinceSignIn:
    """The running provider: its address, and what it was asked."""

    def __init__(self, folder: Path, people: dict[str, str], callbacks: list[str]) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / "key.pem").write_bytes(pem)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / "log.txt"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.fakes.province_sso.serve", str(port), *callbacks],
                cwd=ROOT,
                env={**os.environ, "SSO_FOLDER": str(folder)},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.process.stdin.write(json.dumps(people))
        self.process.stdin.close()
        self._wait()

    def _wait(self) -> None:
        import time

        for _ in range(300):
            if "listening" in self.log.read_text():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def settings(self) -> dict:
        """What OIDC_* make of it."""
        app = {
            "provider_id": "sso",
            "name": "SSO tỉnh",
            "client_id": "song-tien",
            "secret": "the client's secret",
            "settings": {
                "server_url": self.address,
                "oauth_pkce_enabled": True,
                "scope": ["openid", "profile"],
            },
        }
        return {"openid_connect": {"APPS": [app]}}

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
