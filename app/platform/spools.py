"""Bytes on their way through: in memory while they are few, then in a file without a name.

The file goes with the last thing that reads from it, or with the process.
"""

import errno
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

from app.platform.contents import Content, within
from app.platform.errors import NoRoomError

_IN_MEMORY: Final = 256 * 1024
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFullError(NoRoomError):
    """The disk that bytes on their way through are laid on is full."""

    slug = "disk-full"
    title = "Máy chủ hết chỗ chứa tạm"
    title_en = "The server has no room left"

    def __init__(self) -> None:
        super().__init__(
            "Máy chủ hết chỗ chứa tạm; chưa ghi nhận gì. Xin báo quản trị viên rồi gửi lại sau.",
            "The server has no room for the content; nothing was recorded. "
            "Tell the administrator and send it again later.",
        )


class Spool:
    """Takes contents one after the other; what was taken can be read from any thread.

    One thing at a time writes.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: bytearray | None = bytearray()
        self._file: _Unnamed | None = None
        self._size = 0
        self._start = 0
        self._digest = hashlib.sha256()

    @property
    def taken(self) -> int:
        """Bytes written since the last content was complete."""
        return self._size - self._start

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was written since then, in hex."""
        return self._digest.hexdigest()

    def write(self, piece: bytes | memoryview) -> None:
        """Take the next piece of a content.

        Raises:
            DiskFullError: if the disk holds no more.
        """
        self._digest.update(piece)
        if self._held is not None and self._size + len(piece) <= _IN_MEMORY:
            self._held += piece
        else:
            self._put(piece)
        self._size += len(piece)

    def complete(self) -> Content:
        """Return what was written since the last one as a content."""
        start, size = self._start, self.taken
        found = Content(self._digest.hexdigest(), size, within(self._read, start, size))
        self._start, self._digest = self._size, hashlib.sha256()
        return found

    def _put(self, piece: bytes | memoryview) -> None:
        try:
            if self._held is not None:
                file = _Unnamed(self._folder)
                file.write(self._held)
                self._file, self._held = file, None
            if self._file is not None:
                self._file.write(piece)
        except OSError as error:
            if error.errno in _FULL:
                raise DiskFullError from error
            raise

    def _read(self, at: int, length: int) -> bytes:
        if self._held is not None:
            return bytes(self._held[at : at + length])
        return b"" if self._file is None else self._file.read(at, length)


class _Unnamed:
    """A file that nobody can find: gone whichever way we end."""

    def __init__(self, folder: Path | None) -> None:
        self._number, name = tempfile.mkstemp(prefix="lgsp-", dir=folder)
        Path(name).unlink()

    def __del__(self) -> None:
        if hasattr(self, "_number"):
            os.close(self._number)

    def write(self, piece: bytes | bytearray | memoryview) -> None:
        left = memoryview(piece)
        while left:
            left = left[os.write(self._number, left) :]

    def read(self, at: int, length: int) -> bytes:
        found = os.pread(self._number, length, at)
        while 0 < len(found) < length:
            more = os.pread(self._number, length - len(found), at + len(found))
            if not more:
                break
            found += more
        return found
