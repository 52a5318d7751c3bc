"""Zip archives of one entry, without holding either the archive or the entry in memory."""

import io
import struct
import zipfile
import zlib
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from typing_extensions import Buffer, override

from app.platform.contents import PART, Content, Reader, pieces
from app.platform.spools import Spool

_END: Final = struct.Struct("<4s4H2LH")
_END_MAGIC: Final = b"PK\x05\x06"
_LOCATOR_MAGIC: Final = b"PK\x06\x07"
_LOCATOR_SIZE: Final = 20
_ONE_ENTRY: Final = 46 + 3 * 0xFFFF
"""Largest directory of one entry: its head, name, extra field and comment."""

_MANY: Final = 0xFFFF
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""LZMA and bzip2 would let the archive choose how much memory unpacking takes."""

_LOCAL: Final = struct.Struct("<26x2H")
_CENTRAL: Final = struct.Struct("<4s4B4HL2L5H2L")
_LARGEST: Final = 0x7FFFFFFF
"""Beyond it an archive needs fields that many readers do not know."""


class File(io.RawIOBase):
    """A content as a file that can be read and sought in."""

    def __init__(self, read: Reader, size: int) -> None:
        super().__init__()
        self._reader = read
        self._size = size
        self._at = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start")
        self._at = base + offset
        return self._at

    @override
    def tell(self) -> int:
        return self._at

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer)
        found = self._reader(self._at, max(0, min(len(view), self._size - self._at)))
        view[: len(found)] = found
        self._at += len(found)
        return len(found)


def opened(content: Content) -> zipfile.ZipFile:
    """Return a content as an archive.

    Raises:
        zipfile.BadZipFile: if it is none.
    """
    if content.size <= PART:
        return zipfile.ZipFile(io.BytesIO(content.data))
    return zipfile.ZipFile(File(content.read, content.size))


def entries(content: Content) -> int:
    """Count by the end record, so that a directory of a million entries is never read."""
    size = min(content.size, _END.size + 0xFFFF + _LOCATOR_SIZE)
    end = content.read(content.size - size, size)
    last = max(len(end) - _END.size, 0)
    at = end.rfind(_END_MAGIC, max(last - 0xFFFF, 0), last + len(_END_MAGIC))
    if at < 0:
        return 0
    if end.startswith(_LOCATOR_MAGIC, max(at - _LOCATOR_SIZE, 0)):
        return _MANY
    found = _END.unpack_from(end, at)
    return int(found[4]) if found[5] <= _ONE_ENTRY else _MANY


def only_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one entry.

    Raises:
        ValueError: if there are more, or none.
        zipfile.BadZipFile: if it is packed in a way that is not read.
    """
    (entry,) = archive.infolist()
    if entry.compress_type not in _METHODS:
        raise zipfile.BadZipFile
    return entry


def start_of_stored(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, sent: Content) -> int | None:
    """Return where the entry's bytes begin in the archive; None if they do not lie there as is.

    Raises:
        zipfile.BadZipFile: if the archive is broken.
    """
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
        return None
    with archive.open(entry) as file:
        while file.read(PART):
            pass
    name, extra = _LOCAL.unpack(sent.read(entry.header_offset, _LOCAL.size))
    return int(entry.header_offset + _LOCAL.size + name + extra)


def inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, spool: Spool) -> Content:
    """Return the entry as it unpacks, no more of it than it says it has.

    Raises:
        zipfile.BadZipFile: if the archive is broken.
    """
    with archive.open(entry) as file:
        while piece := file.read(PART):
            spool.write(piece)
    return spool.complete()


def head_and_tail(content: Content, content_id: str, kind: str) -> tuple[bytes, bytes]:
    """Return what a zip has before and behind its one entry, kept without compressing.

    Deflate's bytes differ between builds of zlib; these are the same for ever.

    Raises:
        ValueError: if the content is larger than 2 GiB.
    """
    if content.size > _LARGEST:
        raise ValueError("too large for a plain zip")
    crc = 0
    for piece in pieces(content.read, content.size):
        crc = zlib.crc32(piece, crc)
    entry = zipfile.ZipInfo(f"{uuid5(NAMESPACE_URL, content_id)}.{kind or 'bin'}")
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    entry.CRC, entry.file_size, entry.compress_size = crc, content.size, content.size
    head = entry.FileHeader(zip64=False)
    return head, _directory(entry, len(head))


def _directory(entry: zipfile.ZipInfo, head: int) -> bytes:
    name = entry.filename.encode("ascii")
    central = _CENTRAL.pack(
        b"PK\x01\x02", entry.create_version, entry.create_system, entry.extract_version, 0,
        0, entry.compress_type, 0, 0x21, entry.CRC, entry.compress_size, entry.file_size,
        len(name), 0, 0, 0, 0, entry.external_attr, 0,
    )  # fmt: skip
    start = head + entry.file_size
    end = _END.pack(_END_MAGIC, 0, 0, 1, 1, len(central) + len(name), start, 0)
    return central + name + end
