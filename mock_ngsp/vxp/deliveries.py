"""Packages on the axis, one delivery for each recipient, and their transport state."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mock_ngsp.settings import Settings
from mock_ngsp.spool import Content
from mock_ngsp.vxp.edxml import MessageType, Packet


class Transport(StrEnum):
    """What `updateStatus` may say about a delivery."""

    INITIAL = "initial"
    PROCESSING = "processing"
    DONE = "done"
    FAIL = "fail"


@dataclass(slots=True)
class Package:
    """One accepted sendEdoc: `doc_id` is the sender's, `content` what every recipient gets."""

    doc_id: str
    system_id: str
    sender: str
    message_type: MessageType
    document_id: str
    status_code: str | None
    subject: str
    notation: str
    content: Content
    sent_at: datetime
    recipients: dict[str, "Delivery"] = field(default_factory=dict)
    waiting: int = 0
    """How many recipients still have it on their list."""

    @property
    def edxml(self) -> bytes:
        """The whole packet, for one that is known to be small."""
        return self.content.whole()


@dataclass(slots=True)
class Delivery:
    """A package on its way to one unit; `doc_id` is the recipient's."""

    doc_id: str
    package: Package
    to: str
    system_id: str
    updated_at: datetime
    status: Transport = Transport.INITIAL
    description: str = ""
    fails: int = 0
    received_at: datetime | None = None
    waits: bool = False
    item: bytes | None = None
    """The delivery as a list shows it, written once and thrown away by a change."""


class Deliveries:
    """Every package and delivery since the last reset; contents leave some time after done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._all: list[Delivery] = []
        self._by_doc_id: dict[str, Delivery] = {}
        self._by_document: dict[str, list[Delivery]] = {}
        self._waiting: dict[str, dict[str, Delivery]] = {}
        self._sent: dict[str, list[Delivery]] = {}
        self._repeats: dict[tuple[str, bytes], Package] = {}
        self._settled: dict[str, tuple[Package, datetime]] = {}

    def repeated(self, system_id: str, digest: bytes, now: datetime) -> Package | None:
        """The package of the same file, when this system sent it within the window."""
        package = self._repeats.get((system_id, digest))
        if package is None or now - package.sent_at >= self._settings.dedupe_window:
            return None
        return package

    def accept(
        self,
        packet: Packet,
        edxml: Content | bytes,
        *,
        system_id: str,
        digest: bytes,
        now: datetime,
    ) -> Package:
        """Take a package over; it is delivered to nobody yet."""
        self._sweep(now)
        package = Package(
            self._new_id(),
            system_id,
            packet.sender,
            packet.message_type,
            packet.document_id,
            packet.status_code,
            packet.subject,
            packet.notation,
            Content.of(edxml) if isinstance(edxml, bytes) else edxml,
            now,
        )
        self._forget_repeats(now)
        self._repeats[system_id, digest] = package
        return package

    def deliver(self, package: Package, unit: str, to: str, system_id: str) -> None:
        """Put the package into one unit's inbox, once; `unit` is its canonical code."""
        if unit in package.recipients:
            return
        found = Delivery(self._new_id(), package, to, system_id, package.sent_at)
        package.recipients[unit] = found
        self._all.append(found)
        self._by_doc_id[found.doc_id] = found
        self._by_document.setdefault(package.document_id, []).append(found)
        self._list(found)
        self._sent.setdefault(package.system_id, []).append(found)

    def waiting(self, system_id: str) -> Iterable[Delivery]:
        """What a system still has to fetch and acknowledge, oldest first."""
        return self._waiting.get(system_id, {}).values()

    def sent(self, system_id: str) -> Iterable[Delivery]:
        """What a system sent, one row for each recipient, oldest first."""
        return self._sent.get(system_id, ())

    def find(self, doc_id: str, system_id: str, now: datetime) -> Delivery | None:
        """The delivery of that docId, to its recipient's system only; None once it is gone."""
        self._sweep(now)
        found = self._by_doc_id.get(doc_id)
        return found if found is not None and found.system_id == system_id else None

    def update(self, found: Delivery, status: Transport, description: str, now: datetime) -> None:
        """Set the transport state: done leaves the list, fail too after a while, others return."""
        found.status, found.description = status, description
        found.updated_at, found.item = now, None
        if status is Transport.DONE and found.received_at is None:
            found.received_at = now
        if status is Transport.INITIAL:
            found.fails = 0
        found.fails += status is Transport.FAIL
        if status is Transport.DONE or found.fails > self._settings.relist_after_fail:
            self._unlist(found, now)
        else:
            self._list(found)

    def about(self, document_id: str | None) -> list[Delivery]:
        """Every delivery, or those of one document and of the statuses about it."""
        return self._all if document_id is None else self._by_document.get(document_id, [])

    def _list(self, found: Delivery) -> None:
        package = found.package
        package.waiting += not found.waits
        found.waits = True
        self._settled.pop(package.doc_id, None)
        self._waiting.setdefault(found.system_id, {}).setdefault(found.doc_id, found)

    def _unlist(self, found: Delivery, now: datetime) -> None:
        if not found.waits:
            return
        package = found.package
        package.waiting -= 1
        found.waits = False
        del self._waiting[found.system_id][found.doc_id]
        if not package.waiting:
            self._settled[package.doc_id] = package, now
            self._sweep(now)

    def _sweep(self, now: datetime) -> None:
        """Remove what has waited for nobody long enough."""
        while self._settled:
            doc_id, (package, since) = next(iter(self._settled.items()))
            if now - since < self._settings.keep_after_done:
                return
            del self._settled[doc_id]
            package.content.remove()
            for found in package.recipients.values():
                self._by_doc_id.pop(found.doc_id, None)

    def _forget_repeats(self, now: datetime) -> None:
        while self._repeats:
            oldest = next(iter(self._repeats))
            if now - self._repeats[oldest].sent_at < self._settings.dedupe_window:
                return
            del self._repeats[oldest]

    def _new_id(self) -> str:
        if self._settings.doc_id_form == "uuid":
            return str(uuid.uuid4())
        return secrets.token_hex(12)
