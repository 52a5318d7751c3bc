"""A small load generator: keep-alive connections that send the next request at each answer."""

import asyncio
import time
from collections.abc import Iterator

from typing_extensions import override


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], done: asyncio.Future[None]) -> None:
        self._requests = requests
        self._done = done
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def _next(self) -> None:
        assert self._transport is not None
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            self._done.set_result(None)
        else:
            self._transport.write(request)

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        _, _, length = head.lower().partition(b"content-length:")
        if len(rest) < int(length.split(b"\r\n", 1)[0]):
            return
        if head[9:10] != b"2":
            self._fail(RuntimeError(self._buffer[:600].decode(errors="replace")))
            return
        self._buffer = b""
        self._next()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(exc or ConnectionError("the server closed the connection"))

    def _fail(self, error: Exception) -> None:
        if not self._done.done():
            self._done.set_exception(error)


async def rate(port: int, requests: list[bytes], *, connections: int) -> float:
    """Send all requests over so many connections; return answers per second.

    Raises:
        RuntimeError: at the first answer that is not 2xx.
    """
    loop = asyncio.get_running_loop()
    left = iter(requests)
    ends: list[asyncio.Future[None]] = []
    began = time.perf_counter()
    for _ in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        ends.append(done)
        await loop.create_connection(lambda d=done: _Connection(left, d), "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*ends)
    return len(requests) / (time.perf_counter() - began)


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return the bytes of a POST."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
