"""A ZIP made as it is sent: nothing of it is kept, whatever its size."""

import zipfile
from datetime import datetime
from io import RawIOBase
from typing import IO, Any

from typing_extensions import override

_REGULAR_FILE = 0o100644


class _Outlet(RawIOBase):
    """Takes what is written, for somebody to carry away; there is no way back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def carry_away(self) -> bytes:
        """Return what was written since the last time."""
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


class ZipStream:
    """Entries one after the other, stored as they are; each step returns bytes to send."""

    def __init__(self, at: datetime) -> None:
        self._outlet = _Outlet()
        self._zip = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_STORED)
        self._at = at.timetuple()[:6]
        self._entry: IO[bytes] | None = None

    def begin(self, name: str, size: int) -> bytes:
        """Begin an entry that will have `size` bytes."""
        info = zipfile.ZipInfo(name, self._at)
        info.external_attr = _REGULAR_FILE << 16
        info.file_size = size
        self._entry = self._zip.open(info, "w")
        return self._outlet.carry_away()

    def write(self, part: bytes) -> bytes:
        """Go on with the entry."""
        if self._entry is not None:
            self._entry.write(part)
        return self._outlet.carry_away()

    def end(self) -> bytes:
        """End the entry."""
        if self._entry is not None:
            self._entry.close()
        return self._outlet.carry_away()

    def close(self) -> bytes:
        """End the ZIP with its list of entries."""
        self._zip.close()
        return self._outlet.carry_away()
