"""Attachment content on the wire: base64, and for most kinds of file a zip of one entry around it.

The rule is the vendor's: pdf, doc, docx, xls, xlsx and zip travel as they are, everything else
zipped. Readers cannot trust the declared type (zip bytes under `application/pdf` occur), so the
bytes decide. `is_wrapped` is the one judge: the writer also wraps what a reader would unwrap.
"""

import binascii
import struct
import zipfile
import zlib
from dataclasses import dataclass

from app.exchange.vxp.edxml import errors, media
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Attachment
from app.exchange.vxp.edxml.zips import (
    entries,
    head_and_tail,
    inflated,
    only_entry,
    opened,
    start_of_stored,
)
from app.platform.contents import PART, Content, part_of
from app.platform.spools import Spool

_RAW = {"pdf", "doc", "docx", "xls", "xlsx", "zip"}
_ZIP_BASED = {
    "docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "ppsx", "odt", "ods", "odp",
    "odg", "epub", "jar", "war", "apk", "kmz", "vsdx",
}  # fmt: skip
_MAGIC = b"PK\x03\x04"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError,
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


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a file travels: the bytes before and behind `inner`, all together in base64."""

    inner: Content
    kind: str
    head: bytes = b""
    tail: bytes = b""

    @property
    def content_type(self) -> str:
        """The type that is declared of it."""
        return f"application/{self.kind}"

    @property
    def letters(self) -> bytes:
        """The base64 in one piece: for what is known to be small."""
        return binascii.b2a_base64(self.head + self.inner.data + self.tail, newline=False)


def wrap(attachment: Attachment) -> Wrapping:
    """Return how a file travels; one attachment always gives the same bytes."""
    kind = media.extension(attachment.name)
    content = attachment.source
    if kind in _RAW and not is_wrapped(content, attachment.name):
        return Wrapping(content, kind)
    return Wrapping(content, "zip", *head_and_tail(content, attachment.content_id, kind))


def unwrap(
    sent: Content, name: str, budget: Budget, spool: Spool, path: str
) -> tuple[Content, Wrapping]:
    """Return the file inside what travelled, and how it lay there.

    Where it was compressed, the wrapping is around what travelled, not around the file.

    Raises:
        EdxmlError: if it cannot be unpacked, or is larger than the budget allows.
    """
    kind = media.extension(name)
    if not is_wrapped(sent, name):
        budget.spend(sent.size, path)
        return sent, Wrapping(sent, kind)
    try:
        with opened(sent) as archive:
            entry = only_entry(archive)
            limits = budget.limits
            if entry.file_size > max(limits.harmless_bytes, limits.ratio * sent.size):
                raise errors.ZipBombError(path)
            budget.spend(entry.file_size, path)
            start = start_of_stored(archive, entry, sent)
            if start is None:
                return inflated(archive, entry, spool), Wrapping(sent, "zip")
            inner = part_of(sent, start, entry.file_size)
            return inner, _around(sent, start, inner)
    except _BROKEN:
        raise errors.UndecodableAttachmentError(path) from None


def _around(sent: Content, start: int, inner: Content) -> Wrapping:
    """Return what is before and behind; an archive may have much there, which is then no wrap."""
    behind = start + inner.size
    if start > PART or sent.size - behind > PART:
        return Wrapping(sent, "zip")
    return Wrapping(inner, "zip", sent.read(0, start), sent.read(behind, sent.size - behind))


def is_wrapped(content: Content, name: str) -> bool:
    """Tell whether the bytes are a zip around the file rather than the file.

    A kind of file that is itself a zip counts as wrapped only when its one entry is such a file.
    """
    kind = media.extension(name)
    if content.read(0, len(_MAGIC)) != _MAGIC or kind == "zip":
        return False
    if entries(content) not in {0, 1}:
        return False
    return kind not in _ZIP_BASED or _holds(content, kind)


def _holds(content: Content, kind: str) -> bool:
    try:
        with opened(content) as archive:
            return media.extension(only_entry(archive).filename) == kind
    except _BROKEN:
        return False
