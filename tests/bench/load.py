"""A small load generator: keep-alive connections that send the next request at each answer."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from typing_extensions import override

from tests.bench.report import Turn, until


class _Connection(asyncio.Protocol):
    """One connection; `done` ends with None, or with what went wrong."""

    def __init__(self, requests: Iterator[bytes], told: bytes) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._told = told
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def begin(self, transport: asyncio.Transport) -> None:
        """Send the first request."""
        self._transport = transport
        self.send_next()

    def send_next(self) -> None:
        """Send one more request; without one, the connection has done its part."""
        assert self._transport is not None
        request = next(self._requests, None)
        if request is None:
            self._end(None)
        else:
            self._transport.write(request)

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        _, _, length = head.lower().partition(b"\r\ncontent-length:")
        is_whole = bool(length) and len(body) >= int(length.split(b"\r\n", 1)[0])
        if head[9:10] != b"2" or not length or (is_whole and self._told not in body):
            self._end(RuntimeError(self._buffer[:600].decode(errors="replace")))
        elif is_whole:
            self._buffer = b""
            self.send_next()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionError("the server closed the connection"))

    def _end(self, error: Exception | None) -> None:
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
        if self._transport is not None:
            self._transport.close()


async def hurry(
    port: int, requests: Sequence[bytes], *, connections: int, within: float, told: bytes = b""
) -> Turn:
    """Send requests over so many connections until none is left or the seconds are over.

    Raises:
        RuntimeError: at the first answer that is not 2xx, does not tell its length, or lacks
            what it should tell.
    """
    loop = asyncio.get_running_loop()
    sent: list[bytes] = []
    left = until(time.perf_counter() + within, requests, sent)
    opened = [
        await loop.create_connection(lambda: _Connection(left, told), "127.0.0.1", port)
        for _ in range(connections)
    ]
    began = time.perf_counter()
    for transport, connection in opened:
        connection.begin(transport)
    await asyncio.gather(*(connection.done for _, connection in opened))
    return Turn(len(sent), time.perf_counter() - began)


async def paced(port: int, requests: Sequence[bytes], *, per_second: float) -> None:
    """Send each request at its own time, whether or not those before it have been answered.

    Raises:
        RuntimeError: as `hurry` does.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.TaskGroup() as sending:
        for number, request in enumerate(requests):
            await asyncio.sleep(began + number / per_second - loop.time())
            sending.create_task(hurry(port, [request], connections=1, within=60))


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return the bytes of a POST."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def get(path: str, headers: dict[str, str]) -> bytes:
    """Return the bytes of a GET."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()
