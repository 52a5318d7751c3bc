"""A packet on its way in: a small one is read at once, a large one taken apart as it comes.

Both are judged alike, and every recipient downloads the same of both.
"""

from datetime import datetime
from functools import partial

from mock_ngsp.settings import Settings
from mock_ngsp.spool import Content, Folder, Spool
from mock_ngsp.vxp import edxml, transit
from mock_ngsp.vxp.echo import Echo
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.vxp.splitting import Splitter


class Whole:
    """A body that is there, and small; it is written anew for whoever fetches it first."""

    def __init__(self, settings: Settings, body: bytes) -> None:
        self._settings = settings
        self._body = body

    def packet(self) -> edxml.Packet:
        """The packet.

        Raises:
            AxisRefusalError: naming what is wrong with it.
        """
        packet = edxml.read(self._body, blanks=False)
        if packet.message_type is edxml.MessageType.EDOC:
            edxml.check_attachments(packet, edxml.attached(packet.root))
        return packet

    def content(self, _packet: edxml.Packet, behind: int, now: datetime) -> Content:
        """What every recipient is to download."""
        if self._settings.rewriting == "off":
            return Content(self._body, ((0, len(self._body) - behind),))
        return Content.later(partial(_rewritten, self._body, self._settings, now))


def _rewritten(body: bytes, settings: Settings, now: datetime) -> bytes:
    packet = edxml.read(body)
    echo = Echo("" if packet.root.prefix else edxml.NAMESPACE)
    for section in list(edxml.sections(packet.root)):
        echo.element(section)
        packet.root.remove(section)
    head = transit.rewritten(packet, settings=settings, now=now)
    attachments: list[bytes] = []
    echo.flush(attachments.append)
    end = head.rindex(b"</")
    return b"".join((head[:end], *attachments, head[end:]))


class Passing:
    """A body that is not kept: its attachments go on, as the axis writes them, while it comes."""

    def __init__(self, settings: Settings, folder: Folder) -> None:
        self._settings = settings
        self._rewrites = settings.rewriting != "off"
        self._spool = Spool(folder, settings.memory_bytes)
        self._splitter = Splitter(self._spool.write if self._rewrites else _leave)

    def write(self, part: bytes) -> None:
        """Take the next part.

        Raises:
            AxisRefusalError: as soon as it is known that this is no packet; NO_SPACE.
        """
        try:
            self._splitter.feed(part)
            if not self._rewrites:
                self._spool.write(part)
        except AxisRefusalError:
            self._spool.discard()
            raise
        except OSError:
            self._spool.discard()
            raise AxisRefusalError(Refusal.NO_SPACE) from None

    def packet(self) -> edxml.Packet:
        """The packet without its attachments, once its body has come.

        Raises:
            AxisRefusalError: naming what is wrong with it.
        """
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
