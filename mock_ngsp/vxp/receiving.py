"""What a connected system asks about its packages: lists, the package itself, its state."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from mock_ngsp.clock import VIETNAM
from mock_ngsp.systems import System
from mock_ngsp.vxp import envelope
from mock_ngsp.vxp.deliveries import Delivery, Transport
from mock_ngsp.vxp.edxml import MessageType
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.vxp.signing import Parameters
from mock_ngsp.wire import Answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe


def received(universe: "Universe", system: System, given: Parameters, _body: bytes) -> Answer:
    """List what waits; headers left over from other calls (`status`, `from`, `to`) say nothing."""
    found = _wanted(universe.deliveries.waiting(system.id), given)
    if universe.settings.paging and given.get("pageSize"):
        size = max(1, _number(given, "pageSize"))
        start = (max(1, _number(given, "pageIndex")) - 1) * size
        found = found[start : start + size]
    return envelope.rows(map(envelope.received_item, found))


def sent(universe: "Universe", system: System, given: Parameters, _body: bytes) -> Answer:
    """List what the system sent, one row for each recipient.

    The id of something it received is left over from getEdoc and says nothing.
    """
    found = _wanted(universe.deliveries.sent(system.id), given)
    doc_id = given.get("docId") or given.get("docid")
    if doc_id and universe.deliveries.find(doc_id, system.id, universe.clock.now()) is None:
        found = [row for row in found if doc_id in (row.doc_id, row.package.doc_id)]
    return envelope.rows(map(envelope.sent_item, found))


def get(universe: "Universe", system: System, given: Parameters, _body: bytes) -> Answer:
    """Give a package as base64; it stays listed."""
    found = _mine(universe, system, given.get("docId") or given.get("docid"))
    return envelope.package(found.package.content)


def download(universe: "Universe", system: System, given: Parameters, _body: bytes) -> Answer:
    """Give a package as it is."""
    found = _mine(universe, system, given.get("docId") or given.get("docid"))
    return envelope.file(found.package.content)


def update(universe: "Universe", system: System, given: Parameters, _body: bytes) -> Answer:
    """Set the transport state of a received package."""
    found = _mine(universe, system, given.get("docid") or given.get("docId"))
    try:
        status = Transport(given.get("status", ""))
    except ValueError:
        raise AxisRefusalError(Refusal.UNKNOWN_STATUS) from None
    description = given.get("description", "")
    universe.deliveries.update(found, status, description, universe.clock.now())
    return envelope.done()


def count_documents(universe: "Universe", system: System, _: Parameters, _body: bytes) -> Answer:
    """Count the documents that wait."""
    return _count(universe, system, MessageType.EDOC)


def count_statuses(universe: "Universe", system: System, _: Parameters, _body: bytes) -> Answer:
    """Count the status packets that wait."""
    return _count(universe, system, MessageType.STATUS)


def _count(universe: "Universe", system: System, kind: MessageType) -> Answer:
    waiting = universe.deliveries.waiting(system.id)
    return envelope.count(sum(row.package.message_type is kind for row in waiting))


def _mine(universe: "Universe", system: System, doc_id: str | None) -> Delivery:
    found = universe.deliveries.find(doc_id or "", system.id, universe.clock.now())
    if found is None:
        raise AxisRefusalError(Refusal.UNKNOWN_DOC_ID)
    return found


def _wanted(rows: Iterable[Delivery], given: Parameters) -> list[Delivery]:
    kind = given.get("messagetype", "").strip().lower()
    first, last = _moment(given, "fromDate"), _moment(given, "toDate")
    return [
        row
        for row in rows
        if (not kind or row.package.message_type == kind)
        and (first is None or row.package.sent_at >= first)
        and (last is None or row.package.sent_at <= last)
    ]


def _moment(given: Parameters, name: str) -> datetime | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=VIETNAM)
    except ValueError:
        raise AxisRefusalError(Refusal.BAD_PARAMETER, name) from None


def _number(given: Parameters, name: str) -> int:
    text = given.get(name, "").strip() or "1"
    if not (text.isascii() and text.isdigit()):
        raise AxisRefusalError(Refusal.BAD_PARAMETER, name)
    return int(text[:9])
