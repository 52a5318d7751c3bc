"""Attachment content on the wire: base64, and for most kinds of file a zip of one entry around it.

The rule is the vendor's: pdf, doc, docx, xls, xlsx and zip travel as they are, everything else
zipped. Readers cannot trust the declared type (zip bytes under `application/pdf` occur), so the
bytes decide. `is_wrapped` is the one judge: the writer also wraps what a reader would unwrap.
"""

import binascii
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from app.exchange.vxp.edxml import errors, media
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Attachment

_RAW = {"pdf", "doc", "docx", "xls", "xlsx", "zip"}
_ZIP_BASED = {
    "docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "ppsx", "odt", "ods", "odp",
    "odg", "epub", "jar", "war", "apk", "kmz", "vsdx",
}  # fmt: skip
_MAGIC = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\x05\x06"
_LOCATOR_MAGIC = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_ONE_ENTRY = 46 + 3 * 0xFFFF
"""Largest directory of one entry: its head, name, extra field and comment."""

_MANY = 0xFFFF
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""LZMA and bzip2 would let the archive choose how much memory unpacking takes."""

_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError,
)  # fmt: skip


@dataclass
class Budget:
    """What is left of the unpacked bytes that one packet may have."""

    limits: Limits
    left: int

    def spend(self, size: int, path: str) -> None:
        """Take `size` bytes.

        Raises:
            AttachmentTooLargeError: if fewer are left.
        """
        self.left -= size
        if self.left < 0:
            raise errors.AttachmentTooLargeError(path)


def decode(text: str, name: str, budget: Budget, path: str) -> bytes:
    """Return the file inside the base64 text, out of its zip where it has one.

    Raises:
        EdxmlError: if it cannot be decoded, or is larger than the budget allows.
    """
    try:
        content = binascii.a2b_base64("".join(text.split()), strict_mode=True)
    except (binascii.Error, ValueError):
        raise errors.UndecodableAttachmentError(path) from None
    if is_wrapped(content, name):
        return _unwrap(content, budget, path)
    budget.spend(len(content), path)
    return content


def encode(attachment: Attachment) -> tuple[str, str]:
    """Return the content type and the base64 text; one attachment always gives the same bytes."""
    kind = media.extension(attachment.name)
    content = attachment.content
    if kind not in _RAW or is_wrapped(content, attachment.name):
        content, kind = _wrap(attachment), "zip"
    return f"application/{kind}", binascii.b2a_base64(content, newline=False).decode("ascii")


def is_wrapped(content: bytes, name: str) -> bool:
    """Tell whether the bytes are a zip around the file rather than the file.

    A kind of file that is itself a zip counts as wrapped only when its one entry is such a file.
    """
    kind = media.extension(name)
    if not content.startswith(_MAGIC) or kind == "zip":
        return False
    if _entries(content) not in {0, 1}:
        return False
    return kind not in _ZIP_BASED or _holds(content, kind)


def _entries(content: bytes) -> int:
    """Count by the end record, so that a directory of a million entries is never read."""
    last = max(len(content) - _END.size, 0)
    at = content.rfind(_END_MAGIC, max(last - 0xFFFF, 0), last + len(_END_MAGIC))
    if at < 0:
        return 0
    if content.startswith(_LOCATOR_MAGIC, max(at - _LOCATOR_SIZE, 0)):
        return _MANY
    found = _END.unpack_from(content, at)
    return int(found[4]) if found[5] <= _ONE_ENTRY else _MANY


def _holds(content: bytes, kind: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return media.extension(_only_entry(archive).filename) == kind
    except _BROKEN:
        return False


def _unwrap(content: bytes, budget: Budget, path: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = _only_entry(archive)
            if entry.file_size > budget.limits.ratio * len(content):
                raise errors.ZipBombError(path)
            budget.spend(entry.file_size, path)
            return archive.read(entry)
    except _BROKEN:
        raise errors.UndecodableAttachmentError(path) from None


def _only_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    (entry,) = archive.infolist()
    if entry.compress_type not in _METHODS:
        raise zipfile.BadZipFile
    return entry


def _wrap(attachment: Attachment) -> bytes:
    """Zip without compressing: deflate's bytes differ between builds of zlib."""
    name = (
        f"{uuid5(NAMESPACE_URL, attachment.content_id)}.{media.extension(attachment.name) or 'bin'}"
    )
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(entry, attachment.content)
    return packed.getvalue()
