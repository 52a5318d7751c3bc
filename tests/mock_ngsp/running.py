"""The mock in a process of its own, and packets too large to hold."""

import base64
import hashlib
import json
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mock_ngsp.driving import DOCUMENT, unpadded

COMMAND = [sys.executable, "-m", "mock_ngsp"]
MIB = 2**20
_PIECE = base64.b64encode(random.Random(1).randbytes(3 * MIB // 4))


class Running:
    """A mock in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.ready = json.loads(process.stdout.readline())
        self.url: str = self.ready["url"]

    def stop(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return self.process.wait(10)

    def raw(self, *parts: bytes) -> socket.socket:
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        connection = socket.create_connection((host, int(port)), 10)
        for part in parts:
            connection.sendall(part)
        return connection

    @property
    def most_memory(self) -> int:
        """The most bytes that were ever resident."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@contextmanager
def running(*arguments: str) -> Iterator[Running]:
    command = [*COMMAND, "serve", "--port", "0", *arguments]
    with subprocess.Popen(  # noqa: S603 - the command is this test's own
        command, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


@dataclass(frozen=True, slots=True)
class Large:
    """The sample with so many MiB of base64 in place of its second attachment."""

    mib: int
    number: int = 0

    def __iter__(self) -> Iterator[bytes]:
        numbered = DOCUMENT.replace(b"42/SKTDL", b"%d/SKTDL" % self.number)
        before, _, behind = numbered.partition(b"JVBERi")
        yield before
        for _ in range(self.mib):
            yield _PIECE
        yield behind[behind.index(b"<") :]

    def __len__(self) -> int:
        return sum(map(len, self))

    def hash(self) -> str:
        """SHA-256 as the vendor's kit prints it."""
        digest = hashlib.sha256()
        for piece in self:
            digest.update(piece)
        return "".join(f"{byte:x}" for byte in digest.digest())


def content_hash(mib: int) -> str:
    """SHA-256 of the base64 text in a large packet."""
    return unpadded(_PIECE * mib)
