"""A sendEdoc whose body is arriving: hashed, taken apart and put away while it comes."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from mock_ngsp.settings import Settings
from mock_ngsp.spool import Content, Folder, Spool
from mock_ngsp.systems import System
from mock_ngsp.vxp import edxml, transit
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.vxp.signing import Parameters
from mock_ngsp.vxp.splitting import Splitter

_END = b"\r\n"
_SHOWN = 65_536


class BodyHash:
    """SHA-256 of a body as it arrives, with and without the CRLF that the kit appends."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._last = b""

    def update(self, part: bytes) -> None:
        """Take the next part; the last two bytes wait until it is known whether more comes."""
        if len(part) < len(_END):
            part = self._last + part
        else:
            self._hash.update(self._last)
        self._hash.update(memoryview(part)[: -len(_END)])
        self._last = part[-len(_END) :]

    def match(self, claimed: str) -> tuple[bytes, int]:
        """The file's digest, and how many bytes stand behind the file.

        `claimed` is its SHA-256 in hex, each byte with or without its leading zero.

        Raises:
            AxisRefusalError: if the hash is absent or of something else.
        """
        claimed = claimed.strip().lower()
        for digest, behind in self._candidates():
            if claimed in (digest.hex(), "".join([f"{byte:x}" for byte in digest])):
                return digest, behind
        raise AxisRefusalError(Refusal.WRONG_HASH)

    def _candidates(self) -> Iterator[tuple[bytes, int]]:
        if self._last == _END:
            yield self._hash.digest(), len(_END)
        whole = self._hash.copy()
        whole.update(self._last)
        yield whole.digest(), 0


class Intake:
    """One body; refused before it came, it is read to its end and forgotten."""

    def __init__(
        self,
        settings: Settings,
        folder: Folder,
        caller: tuple[System, Parameters] | AxisRefusalError,
    ) -> None:
        self.hash = BodyHash()
        self.caller = ""
        self._admitted = caller
        self._settings = settings
        self._size = 0
        self._begin = b""
        self._wrong: AxisRefusalError | None = None
        self._spool = Spool(folder, settings.memory_bytes)
        self._rewrites = settings.rewriting != "off"
        self._splitter = Splitter(self._spool.write if self._rewrites else _leave)

    def write(self, part: bytes) -> None:
        """Take the next part of the body."""
        self._size += len(part)
        if (missing := _SHOWN - len(self._begin)) > 0:
            self._begin += part[:missing]
        if isinstance(self._admitted, AxisRefusalError):
            return
        self.hash.update(part)
        if self._wrong is not None:
            return
        try:
            self._splitter.feed(part)
            if not self._rewrites:
                self._spool.write(part)
        except AxisRefusalError as wrong:
            self._wrong = wrong
            self._spool.discard()
        except OSError:
            self._admitted = AxisRefusalError(Refusal.NO_SPACE)
            self._spool.discard()

    def shown(self) -> bytes:
        """The body for the record: the whole of a small one, the beginning of a large one."""
        if self._size <= _SHOWN:
            return self._begin
        return self._begin + b"\n(... %d bytes in all)" % self._size

    def admitted(self) -> tuple[System, Parameters]:
        """Who sends, with which parameters.

        Raises:
            AxisRefusalError: refused before the body came, or NO_SPACE while it did.
        """
        if isinstance(self._admitted, AxisRefusalError):
            raise self._admitted
        return self._admitted

    def packet(self) -> edxml.Packet:
        """The packet, once its body is whole.

        Raises:
            AxisRefusalError: naming what is wrong with it.
        """
        if self._wrong is not None:
            raise self._wrong
        packet = edxml.read(self._splitter.head())
        if packet.message_type is edxml.MessageType.EDOC:
            edxml.check_attachments(packet, self._splitter.attached)
        return packet

    def content(self, packet: edxml.Packet, behind: int, now: datetime) -> Content:
        """What every recipient is to download; the packet's tree is used up.

        Raises:
            AxisRefusalError: NO_SPACE.
        """
        try:
            if not self._rewrites:
                return self._spool.content((0, self._spool.size - behind))
            head = transit.rewritten(packet, settings=self._settings, now=now)
            attachments, end = self._spool.size, head.rindex(b"</")
            self._spool.write(head)
            return self._spool.content(
                (attachments, end), (0, attachments), (attachments + end, len(head) - end)
            )
        except OSError:
            raise AxisRefusalError(Refusal.NO_SPACE) from None

    def close(self) -> None:
        """Forget what was not taken over."""
        self._splitter.close()
        self._spool.discard()


def _leave(_data: bytes) -> None:
    """Without rewriting the attachments stay where they are, in the body."""
