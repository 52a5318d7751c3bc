"""What is no request, or never becomes one, is refused before it costs anything."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.cli.shell import Shell, first

_ASKING = b"GET /livez HTTP/1.1\r\nHost: gateway\r\n"
_SENDING = b"POST /oauth2/token HTTP/1.1\r\nHost: gateway\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to a gateway, byte by byte."""

    socket: socket.socket

    def pour(self, first: bytes, piece: bytes, times: int) -> bytes:
        """Send a beginning and the same piece again and again; return all that is answered."""
        try:
            self.socket.sendall(first)
            for _ in range(times):
                self.socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return self.heard()

    def heard(self) -> bytes:
        said = b""
        try:
            while piece := self.socket.recv(65536):
                said += piece
        except ConnectionResetError:
            pass
        return said


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.URL]:
    shell = Shell(tmp_path_factory.mktemp("serving"))
    shell.ok("key", shell.env["LGSP_SIGNING_KEY_FILE"])
    shell.ok("migrate")
    with shell.staying("serve", "--port", "0", LGSP_REQUEST_HEAD_SECONDS="2") as process:
        yield httpx.URL(first(process.stdout)["url"])


@pytest.fixture
def line(url: httpx.URL) -> Iterator[Line]:
    with socket.create_connection((url.host, url.port or 0), timeout=30) as connected:
        yield Line(connected)


def _problem(said: bytes, status: int, slug: str) -> None:
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), said
    assert b"content-type: application/problem+json" in head.lower()
    assert b"connection: close" in head.lower()
    told = json.loads(body)
    assert (told["status"], told["type"]) == (status, f"/problems/{slug}")


@pytest.mark.parametrize(
    "asked",
    [
        b"NONSENSE\r\n\r\n",
        b"FETCH /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_what_is_no_request_is_a_problem(line: Line, asked: bytes) -> None:
    _problem(line.pour(asked, b"", 0), 400, "not-http")


@pytest.mark.parametrize(
    ("first", "piece"),
    [(b"X-Endless: ", b"a" * 65536), (b"", b"X-Again: 1\r\n" * 5000)],
    ids=["one header", "many headers"],
)
def test_a_head_without_end_is_refused(line: Line, first: bytes, piece: bytes) -> None:
    said = line.pour(_ASKING + first, piece, 40)
    assert said == b"" or said.startswith(b"HTTP/1.1 431 ")


def test_a_long_head_is_refused_by_name(line: Line) -> None:
    _problem(line.pour(_ASKING + b"X-Long: ", b"a" * 70_000, 1), 431, "request-head-too-large")


def test_trailers_without_end_are_cut_off(line: Line) -> None:
    said = line.pour(_SENDING + b"1\r\na\r\n0\r\n", b"X-Trailer: 1\r\n" * 5000, 40)
    assert b"HTTP/1.1 200" not in said


def test_a_head_of_some_length_is_read(line: Line) -> None:
    long = b"".join(b"X-Some: %b\r\n" % (b"a" * 1000) for _ in range(40))
    said = line.pour(_ASKING + b"Connection: close\r\n" + long, b"\r\n", 1)
    assert said.startswith(b"HTTP/1.1 200 ")


def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(line: Line) -> None:
    _problem(line.pour(_ASKING, b"", 0), 408, "request-head-too-late")


def test_a_connection_on_which_nobody_speaks_is_closed(line: Line) -> None:
    assert line.heard() == b""


def test_a_connection_rests_for_longer_between_two_calls(line: Line) -> None:
    for _ in range(2):
        line.socket.sendall(_ASKING + b"\r\n")
        assert line.socket.recv(65536).startswith(b"HTTP/1.1 200 ")
    line.socket.settimeout(4)
    with pytest.raises(TimeoutError):
        line.socket.recv(65536)


def test_a_large_body_is_no_head(line: Line) -> None:
    length = b"Content-Type: text/plain\r\nContent-Length: 2000000\r\nConnection: close\r\n\r\n"
    said = line.pour(b"POST /v1/dossiers HTTP/1.1\r\nHost: a\r\n" + length, b"a" * 65536, 31)
    assert said.startswith((b"HTTP/1.1 401 ", b"HTTP/1.1 413 ")) or said == b""
