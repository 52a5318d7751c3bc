"""What a connection is told in one turn of the event loop, put on the wire at the turn's end.

The server writes the head of an answer and its body apart. Each would be a call to the system,
and for the caller a wait between the two.
"""

import asyncio
from typing import Any

from typing_extensions import override

Bytes = bytes | bytearray | memoryview

_ENOUGH = 32_768
"""Bytes that leave at once: they are a piece of something larger, and pressure must be felt."""


class Gathering(asyncio.Transport):
    """The part of a transport that an HTTP server uses, in front of the real one."""

    def __init__(self, wire: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._wire = wire
        self._loop = loop
        self._gathered: list[Bytes] = []

    @override
    def write(self, data: Bytes) -> None:
        if not self._gathered:
            self._loop.call_soon(self._put)
        self._gathered.append(data)
        if len(data) >= _ENOUGH:
            self._put()

    def _put(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered and not self._wire.is_closing():
            self._wire.writelines(gathered)

    @override
    def close(self) -> None:
        self._put()
        self._wire.close()

    @override
    def abort(self) -> None:
        self._gathered.clear()
        self._wire.abort()

    @override
    def is_closing(self) -> bool:
        return self._wire.is_closing()

    @override
    def pause_reading(self) -> None:
        self._wire.pause_reading()

    @override
    def resume_reading(self) -> None:
        self._wire.resume_reading()

    @override
    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._wire.get_extra_info(name, default)
