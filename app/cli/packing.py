"""HTTP/1.1 as uvicorn speaks it, with the head and the body of an answer in one packet."""

import asyncio
from typing import Any, Final

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_MOST: Final = 16 * 1024
"""Bytes that wait for more; beyond, what waits is written at once, in order."""


class Packing(HttpToolsProtocol):
    """Writes once in each turn of the loop: most answers are one system call and one wake-up.

    uvicorn writes the head and then the body, and uvloop sends each at once: two calls of the
    kernel, of which the second wakes a reader who has only just been woken for a head.
    """

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(_Packer(transport, self.loop))


class _Packer(asyncio.Transport):
    """A transport that joins what is written in one turn of the event loop."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0

    @override
    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(bytes(data))
        self._size += len(data)
        if self._size > _MOST:
            self._flush()

    def _flush(self) -> None:
        parts, self._parts, self._size = self._parts, [], 0
        if parts and not self._transport.is_closing():
            self._transport.write(b"".join(parts))

    @override
    def close(self) -> None:
        self._flush()
        self._transport.close()

    @override
    def abort(self) -> None:
        self._transport.abort()

    @override
    def is_closing(self) -> bool:
        return self._transport.is_closing()

    @override
    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)

    @override
    def pause_reading(self) -> None:
        self._transport.pause_reading()

    @override
    def resume_reading(self) -> None:
        self._transport.resume_reading()
