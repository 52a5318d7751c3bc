"""What breaks off is never taken for a whole answer, and leaves nothing behind."""

import socket
import struct
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.carrying.offering import a_consumer, a_service
from tests.carrying.raw import Heard, Raw, always, speaking
from tests.carrying.serving import Served, serving
from tests.gateway import Gateway

PATH = "/apiCSDLDKDN/1.0"
LARGE = 64 * 1024 * 1024


@pytest.fixture
def served(knowing: Gateway, settings: Settings, clock: FrozenClock) -> Iterator[Served]:
    assert knowing.settings is settings
    changed = settings.model_copy(update={"broker_idle_seconds": 0.5})
    with serving(create_app(changed, clock=clock)) as running:
        yield running


def call(served: Served, token: dict[str, str], *lines: str, method: str = "GET") -> socket.socket:
    connection = served.connect()
    head = [f"{method} {PATH}/x HTTP/1.1", "Host: x", f"Authorization: {token['Authorization']}"]
    connection.sendall("\r\n".join([*head, *lines, "", ""]).encode())
    return connection


def everything(connection: socket.socket) -> bytes:
    found = bytearray()
    with connection:
        while piece := connection.recv(65536):
            found += piece
    return bytes(found)


def cut(connection: socket.socket, _: Heard, *, head: str) -> None:
    connection.sendall(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + b"5\r\nbegun\r\n")
    reset(connection)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise ConnectionResetError


def left_nothing(served: Served, raw: Raw) -> bool:
    return served.settles(
        lambda: not served.tasks() and served.connections(raw.port) == 0 and not raw.open
    )


@pytest.mark.parametrize("head", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_an_answer_that_is_cut_short_is_not_ended_well(
    knowing: Gateway, served: Served, head: str
) -> None:
    with speaking(partial(cut, head=head)) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        told = everything(call(served, api.headers))
        assert left_nothing(served, raw)
    assert told.startswith(b"HTTP/1.1 200 OK")
    assert b"begun" in told
    if "chunked" in head:
        assert not told.endswith(b"0\r\n\r\n")
    else:
        assert b"content-length: 1000" in told
    assert len(raw.heard) == 1


@pytest.mark.parametrize("size", [0, 200_000])
def test_a_caller_who_hangs_up_ends_the_call_behind_too(
    knowing: Gateway, served: Served, size: int
) -> None:
    asked = threading.Event()

    def silent(connection: socket.socket, _: Heard) -> None:
        asked.set()
        assert connection.recv(1) == b""
        raise ConnectionResetError

    with speaking(silent) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        connection = call(served, api.headers, f"Content-Length: {size}", method="POST")
        connection.sendall(b"x" * size)
        assert asked.wait(10)
        connection.close()
        assert left_nothing(served, raw)


def test_a_caller_who_hangs_up_while_sending_ends_the_call_too(
    knowing: Gateway, served: Served
) -> None:
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        connection = call(served, api.headers, f"Content-Length: {LARGE}", method="POST")
        connection.sendall(b"x" * 1024 * 1024)
        connection.close()
        assert left_nothing(served, raw)
    assert raw.heard == []


def endless(connection: socket.socket, _: Heard) -> None:
    connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\n\r\n".encode())
    connection.sendall(b"x" * LARGE)


def test_a_reader_who_takes_nothing_is_given_up(knowing: Gateway, served: Served) -> None:
    with speaking(endless) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        connection = call(served, api.headers)
        assert served.settles(lambda: raw.connections == 1 and not raw.open)
        connection.close()
        assert left_nothing(served, raw)


def test_a_reader_who_hangs_up_is_noticed(knowing: Gateway, served: Served) -> None:
    with speaking(endless) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        connection = call(served, api.headers)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")
        connection.close()
        assert left_nothing(served, raw)


def test_a_caller_who_stops_sending_is_given_up(knowing: Gateway, served: Served) -> None:
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        connection = call(served, api.headers, f"Content-Length: {LARGE}", method="POST")
        connection.sendall(b"x" * 1024 * 1024)
        assert left_nothing(served, raw)
        assert everything(connection).startswith(b"HTTP/1.1 408 ")
    assert raw.heard == []


def test_an_answer_before_the_body_is_whole_is_passed_on(knowing: Gateway, served: Served) -> None:
    def hasty(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")
            while connection.recv(65536):
                continue

    with speaking(lambda *_: None) as raw:
        raw.serve = hasty  # type: ignore[method-assign]
        api = a_consumer(knowing, a_service(raw.url))
        connection = call(served, api.headers, f"Content-Length: {LARGE}", method="POST")
        connection.sendall(b"x" * 100_000)
        with connection:
            told = connection.recv(65536)
        assert told.startswith(b"HTTP/1.1 403 Forbidden")
        assert left_nothing(served, raw)
