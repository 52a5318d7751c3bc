"""Bytes on their way through the mock: a few in memory, more in a file of the mock's own folder."""

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from io import BufferedWriter, FileIO
from itertools import count
from pathlib import Path

PIECE = 65_536
"""Bytes read and answered at a time."""

Span = tuple[int, int]
"""Where a part begins, and how long it is."""


class Folder:
    """The mock's own temporary folder: made when first needed, gone with the universe."""

    def __init__(self, parent: str = "") -> None:
        self._parent = parent or None
        self._numbers = count()
        self._path: Path | None = None
        self._gone: weakref.finalize[[str], Folder] | None = None

    def new(self) -> Path:
        """The path of a file that does not exist yet.

        Raises:
            OSError: if the folder cannot be made.
        """
        if self._path is None:
            self._path = Path(tempfile.mkdtemp(prefix="mock-ngsp-", dir=self._parent))
            self._gone = weakref.finalize(self, shutil.rmtree, str(self._path), ignore_errors=True)
        return self._path / str(next(self._numbers))

    def clear(self) -> None:
        """Remove the folder and every file in it."""
        if self._gone is not None:
            self._gone()
        self._path = None


class Content:
    """Finished bytes, read in the order of their spans, until they are removed."""

    __slots__ = ("_kept", "_spans", "gone")

    def __init__(
        self, kept: bytes | Path | Callable[[], bytes], spans: tuple[Span, ...] = ()
    ) -> None:
        self._kept = kept
        self._spans = spans
        self.gone = False

    @classmethod
    def of(cls, content: bytes) -> "Content":
        """Bytes that are there already, kept in memory."""
        return cls(content, ((0, len(content)),))

    @classmethod
    def later(cls, make: Callable[[], bytes]) -> "Content":
        """Bytes that are made when somebody wants them first, and kept in memory from then on."""
        return cls(make)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        self._there()
        return sum(length for _, length in self._spans)

    def pieces(self) -> Iterator[bytes]:
        """The bytes, a piece at a time.

        Raises:
            OSError: if the file cannot be read any more.
        """
        kept = self._there()
        if isinstance(kept, bytes):
            yield from (kept[start : start + length] for start, length in self._spans)
            return
        with kept.open("rb") as file:
            for start, length in self._spans:
                file.seek(start)
                left = length
                while left and (piece := file.read(min(left, PIECE))):
                    left -= len(piece)
                    yield piece

    def whole(self) -> bytes:
        """All of it at once, for what is known to be small."""
        return b"".join(self.pieces())

    def remove(self) -> None:
        """Give the space back; the content can be read no more."""
        self.gone = True
        if isinstance(self._kept, Path):
            self._kept.unlink(missing_ok=True)
        self._kept = b""
        self._spans = ()

    def _there(self) -> bytes | Path:
        if isinstance(self._kept, bytes | Path):
            return self._kept
        self._kept = made = self._kept()
        self._spans = ((0, len(made)),)
        return made


class Spool:
    """Takes bytes as they come and keeps them in memory as long as they are few."""

    def __init__(self, folder: Folder, in_memory: int) -> None:
        self._folder = folder
        self._most = in_memory
        self._memory = bytearray()
        self._path: Path | None = None
        self._file: BufferedWriter | None = None
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append.

        Raises:
            OSError: if the disk takes no more.
        """
        self.size += len(data)
        if self._file is not None:
            self._file.write(data)
            return
        self._memory += data
        if self.size > self._most:
            self._path = self._folder.new()
            self._file = BufferedWriter(FileIO(self._path, "w"), PIECE)
            self._file.write(self._memory)
            self._memory.clear()

    def content(self, *spans: Span) -> Content:
        """Hand over what was written; this spool is done.

        Raises:
            OSError: if the disk did not take the rest, or the folder was cleared meanwhile.
        """
        if self._file is None or self._path is None:
            return Content(bytes(self._memory), spans)
        self._file.flush()
        if not os.fstat(self._file.fileno()).st_nlink:
            raise FileNotFoundError(self._path)
        self._file.close()
        path, self._path, self._file = self._path, None, None
        return Content(path, spans)

    def discard(self) -> None:
        """Forget what was written; what was handed over stays."""
        self._memory.clear()
        if self._file is not None:
            self._file.raw.close()  # Without the flush that a full disk would refuse.
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._path = self._file = None
