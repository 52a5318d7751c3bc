"""HTTP/1.1 by hand over sockets: exactly the bytes given, and whatever comes back."""

import gzip
import select
import socket
from dataclasses import dataclass
from io import BufferedReader

_PATIENCE = 60.0
_UNTIL_CONTINUED = 3.0
_CONTINUE = 100


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer; `continued` tells of a 100 that came before it."""

    status: int
    headers: dict[str, str]
    body: bytes
    continued: bool


class Line:
    """One TCP connection, which is left open as long as nobody closes it."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), _PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file: BufferedReader = self._socket.makefile("rb")

    def exchange(self, head: bytes, body: bytes, *, expects: bool) -> Heard:
        """Send a request and read its answer; with `expects` the body waits for a 100."""
        self._socket.sendall(head if expects else head + body)
        if not expects:
            return self._heard(*self._head(), continued=False)
        ready, _, _ = select.select([self._socket], [], [], _UNTIL_CONTINUED)
        if not ready:  # A client that waits no longer sends its body all the same.
            self._socket.sendall(body)
            return self._heard(*self._head(), continued=False)
        status, headers = self._head()
        if status != _CONTINUE:
            return self._heard(status, headers, continued=False)
        self._socket.sendall(body)
        return self._heard(*self._head(), continued=True)

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()

    def _head(self) -> tuple[int, dict[str, str]]:
        first = self._file.readline()
        assert first.startswith(b"HTTP/1.1 "), first
        headers = {}
        while (line := self._file.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        return int(first.split()[1]), headers

    def _heard(self, status: int, headers: dict[str, str], *, continued: bool) -> Heard:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = self._chunks()
        else:
            body = self._file.read(int(headers.get("content-length", "0")))
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Heard(status, headers, body, continued)

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._file.readline().partition(b";")[0], 16):
            parts.append(self._file.read(size))
            assert self._file.readline() == b"\r\n"
        while self._file.readline() not in (b"\r\n", b""):
            pass
        return b"".join(parts)
