"""Answers that leave in one piece: uvicorn writes head and body apart, and each is a system call.

What is written in one turn of the event loop is held until its end, and then written together.
"""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from typing_extensions import override

from app.cli.heads import BoundedProtocol

_MOST: Final = 64 * 1024
"""Bytes that are held at most, so that whoever writes without end is told to pause."""


class Corked(asyncio.Transport):
    """A transport that holds what is written for a moment; in all else it is the one inside."""

    def __init__(self, inside: asyncio.Transport) -> None:
        super().__init__()
        self._inside = inside
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes | bytearray | memoryview[Any]] = []
        self._size = 0

    @override
    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)
        self._size += len(data)
        if self._size > _MOST:
            self._flush()

    @override
    def writelines(self, list_of_data: "Iterable[bytes | bytearray | memoryview[Any]]") -> None:
        for data in list_of_data:
            self.write(data)

    def _flush(self) -> None:
        held = self._held
        if held:
            self._held, self._size = [], 0
            if not self._inside.is_closing():
                self._inside.write(b"".join(held))

    @override
    def close(self) -> None:
        self._flush()
        self._inside.close()

    @override
    def abort(self) -> None:
        self._held, self._size = [], 0
        self._inside.abort()

    @override
    def write_eof(self) -> None:
        self._flush()
        self._inside.write_eof()

    @override
    def can_write_eof(self) -> bool:
        return self._inside.can_write_eof()

    @override
    def is_closing(self) -> bool:
        return self._inside.is_closing()

    @override
    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._inside.get_extra_info(name, default)

    @override
    def is_reading(self) -> bool:
        return self._inside.is_reading()

    @override
    def pause_reading(self) -> None:
        self._inside.pause_reading()

    @override
    def resume_reading(self) -> None:
        self._inside.resume_reading()

    @override
    def get_write_buffer_size(self) -> int:
        return self._size + self._inside.get_write_buffer_size()

    @override
    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._inside.set_protocol(protocol)

    @override
    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._inside.get_protocol()


class CorkedProtocol(BoundedProtocol):
    """The same, writing to a transport that holds a little."""

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(Corked(transport))
