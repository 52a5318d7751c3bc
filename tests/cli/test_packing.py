"""Answers leave in one piece, and nothing of a large one is held back."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from app.cli.packing import Packing
from app.cli.serving import config_of

_LARGE = bytes(range(256)) * 160
_HEAD = b"GET / HTTP/1.1\r\nHost: example.vn\r\n\r\n"


def _on_a_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    @wraps(test)
    def run() -> None:
        asyncio.run(test())

    return run


class _Recording(asyncio.Transport):
    """A transport that keeps what is written to it, call by call."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.written: list[bytes] = []
        self.arrived = asyncio.Event()
        self.wants_more = True
        self._is_closing = False

    @override
    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        assert not self._is_closing
        self.written.append(bytes(data))
        self.arrived.set()

    async def tells(self, wanted: bytes, times: int = 1) -> bytes:
        """Wait until so much has been written; return all of it."""
        while (told := b"".join(self.written)).count(wanted) < times:
            self.arrived.clear()
            await self.arrived.wait()
        return told

    @override
    def close(self) -> None:
        self._is_closing = True

    @override
    def is_closing(self) -> bool:
        return self._is_closing

    @override
    def pause_reading(self) -> None:
        self.wants_more = False

    @override
    def resume_reading(self) -> None:
        self.wants_more = True


class _Answering:
    """Answers in the given pieces."""

    def __init__(self, *pieces: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        self._pieces = pieces
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await receive()
        length = (b"content-length", b"%d" % sum(map(len, self._pieces)))
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": [length, *self._headers]})
        for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _met(app: _Answering) -> tuple[Packing, _Recording]:
    config = config_of(app)
    config.load()
    state = uvicorn.Server(config).server_state
    protocol = Packing(config, state, {}, asyncio.get_running_loop())
    transport = _Recording()
    protocol.connection_made(transport)
    return protocol, transport


@_on_a_loop
async def test_head_and_body_are_written_at_once() -> None:
    protocol, transport = _met(_Answering(b"xin ", b"chao"))
    protocol.data_received(_HEAD)
    await transport.tells(b"chao")
    (answer,) = transport.written
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\nxin chao")


@_on_a_loop
async def test_a_large_piece_does_not_wait_and_keeps_its_place() -> None:
    protocol, transport = _met(_Answering(_LARGE, b"end"))
    protocol.data_received(_HEAD)
    await transport.tells(b"end")
    assert transport.written[0].endswith(_LARGE)
    assert transport.written[1:] == [b"end"]


@_on_a_loop
async def test_a_connection_that_ends_is_told_everything_first() -> None:
    protocol, transport = _met(_Answering(b"last", headers=((b"connection", b"close"),)))
    protocol.data_received(_HEAD)
    assert (await transport.tells(b"last")).endswith(b"\r\n\r\nlast")
    assert transport.is_closing()


@_on_a_loop
async def test_requests_of_one_packet_are_answered_one_by_one() -> None:
    protocol, transport = _met(_Answering(b"one"))
    protocol.data_received(_HEAD * 3)
    told = await transport.tells(b"one", times=3)
    assert told.count(b"HTTP/1.1 200 OK") == 3
    assert transport.wants_more


@_on_a_loop
async def test_nothing_is_written_to_who_has_gone() -> None:
    protocol, transport = _met(_Answering(b"late"))
    protocol.data_received(_HEAD)
    transport.close()
    protocol.connection_lost(None)
    await asyncio.gather(*protocol.tasks)
    assert transport.written == []
