"""A service on loopback that answers byte by byte what a test says, and tells what it was asked."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

Speak = Callable[[socket.socket, "Heard"], None]


@dataclass
class Heard:
    """One request as it came over the wire."""

    head: bytes
    body: bytes = b""

    @property
    def line(self) -> str:
        return self.head.partition(b"\r\n")[0].decode()

    @property
    def headers(self) -> list[tuple[str, str]]:
        lines = self.head.split(b"\r\n")[1:]
        pairs = (line.partition(b": ")[::2] for line in lines if line)
        return [(name.decode().lower(), value.decode("latin-1")) for name, value in pairs]

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


@dataclass
class Raw:
    """`speak` answers each request; what it raises ends the connection."""

    speak: Speak
    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0
    open: set[socket.socket] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def await_closed(self, seconds: float = 10) -> bool:
        """Wait until the gateway has left no connection; False if it does not."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.open, seconds)

    def serve(self, connection: socket.socket) -> None:
        with self.changed:
            self.connections += 1
            self.open.add(connection)
        try:
            with connection:
                while (heard := _heard(connection)) is not None:
                    self.heard.append(heard)
                    self.speak(connection, heard)
        except OSError:
            pass
        finally:
            with self.changed:
                self.open.discard(connection)
                self.changed.notify_all()


def _heard(connection: socket.socket) -> Heard | None:
    read = b""
    while b"\r\n\r\n" not in read:
        piece = connection.recv(65536)
        if not piece:
            return None
        read += piece
    head, _, begun = read.partition(b"\r\n\r\n")
    heard, body = Heard(head), bytearray(begun)
    length = int(heard.header("content-length") or 0)
    while len(body) < length:
        piece = connection.recv(65536)
        if not piece:
            return None
        body += piece
    if heard.header("transfer-encoding") == "chunked":
        while not body.endswith(b"0\r\n\r\n"):
            piece = connection.recv(65536)
            if not piece:
                return None
            body += piece
    heard.body = bytes(body)
    return heard


@contextmanager
def speaking(speak: Speak, host: str = "127.0.0.1", *, port: int = 0) -> Iterator[Raw]:
    raw = Raw(speak)
    with socket.create_server((host, port), backlog=256) as listening:
        raw.port = listening.getsockname()[1]
        thread = threading.Thread(target=_accept, args=(listening, raw), daemon=True)
        thread.start()
        yield raw
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    for connection in list(raw.open):
        connection.close()


def _accept(listening: socket.socket, raw: Raw) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=raw.serve, args=(connection,), daemon=True).start()


def say(connection: socket.socket, _: Heard, *, answer: bytes) -> None:
    connection.sendall(answer)


def answer(status: str, body: bytes = b"", *lines: str) -> bytes:
    """Return an answer with its length."""
    head = [f"HTTP/1.1 {status}", *lines, f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def always(status: str, body: bytes = b"", *lines: str) -> Speak:
    """Return what always answers the same."""
    return partial(say, answer=answer(status, body, *lines))
