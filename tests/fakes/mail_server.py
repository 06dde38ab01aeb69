"""A real SMTP server (aiosmtpd) in a process of its own, which keeps what it takes in a folder."""

import mailbox
import socket
import subprocess
import sys
import time
from pathlib import Path


class MailServer:
    """The running server: its EMAIL_URL and the messages it took."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "mail"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{self.port}"]
        command += ["-c", "aiosmtpd.handlers.Mailbox", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the mail server does not listen")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def messages(self) -> list:
        """Return what was taken, with decoded subjects and bodies."""
        from email import message_from_bytes, policy

        box = mailbox.Maildir(self.folder, create=False)
        return [message_from_bytes(message.as_bytes(), policy=policy.default) for message in box]
