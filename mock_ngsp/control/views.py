"""The nation's state as the control API shows it."""

from collections.abc import Sequence
from typing import Any

from mock_ngsp.codes import stands_under
from mock_ngsp.control.wire import Page
from mock_ngsp.dvcqg.dossiers import Dossier
from mock_ngsp.universe import Universe
from mock_ngsp.vxp.deliveries import Delivery
from mock_ngsp.wire import Axis


def health(universe: Universe) -> dict[str, Any]:
    """That it lives, and how much it holds."""
    return {
        "status": "ok",
        "time": universe.clock.now().isoformat(),
        "systems": [
            {"id": system.id, "member": system.member} for system in universe.systems.all()
        ],
        "requests": len(universe.record),
        "requests_dropped": universe.record.dropped,
        "dossiers": len(universe.dossiers.all()),
        "deliveries": len(universe.deliveries.about(None)),
        "faults_pending": universe.faults.pending(),
        "faults_drawn": {axis.value: weather(universe, axis) for axis in Axis},
    }


def weather(universe: Universe, axis: Axis) -> dict[str, int] | None:
    """How many calls of an axis went through the rough sea that is on, and how many failed."""
    sea = universe.faults.sea(axis)
    return None if sea is None else {"calls": sea.calls, "failed": sea.failed}


def dossier(held: Dossier) -> dict[str, Any]:
    """A dossier with every step, and how many steps came again."""
    return {"record": held.record, "progress": held.progress, "repeated": held.repeated}


def dossier_line(held: Dossier) -> dict[str, Any]:
    """A dossier in a list."""
    return {
        "MaHoSo": held.record["MaHoSo"],
        "TrangThaiHoSo": held.record["TrangThaiHoSo"],
        "progress": len(held.progress),
        "repeated": held.repeated,
    }


def delivery(found: Delivery) -> dict[str, Any]:
    """A package on its way to one unit."""
    package = found.package
    return {
        "docId": found.doc_id,
        "senderDocId": package.doc_id,
        "from": package.sender,
        "to": found.to,
        "system": found.system_id,
        "messageType": package.message_type.value,
        "status": found.status.value,
        "description": found.description,
        "fails": found.fails,
        "DocumentId": package.document_id,
        "StatusCode": package.status_code,
        "sent_at": package.sent_at.isoformat(),
        "updated_at": found.updated_at.isoformat(),
        "received_at": found.received_at.isoformat() if found.received_at else None,
    }


def deliveries(
    universe: Universe, member: str | None, document_id: str | None
) -> Sequence[Delivery]:
    """The deliveries to units below a member, of one document and the statuses about it."""
    rows = universe.deliveries.about(document_id)
    return rows if member is None else [row for row in rows if stands_under(row.to, member)]


def page(rows: Sequence[dict[str, Any]], start: int, *, more: bool) -> Page:
    """A page of a list that only ever grows at its end: the cursor is a position."""
    return Page(items=list(rows), next=str(start + len(rows)) if more else None)
