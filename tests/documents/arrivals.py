"""What these tests put into a gateway's inbox at the axis, and what was refused of it."""

from datetime import UTC, datetime

from app.codes import AgencyCode, DocumentId
from app.exchange.vxp.edxml.packet import (
    DocumentReference,
    Organisation,
    StatusCode,
    StatusPacket,
)
from app.exchange.vxp.edxml.writer import write_status
from mock_ngsp.vxp import edxml
from tests.builders import evidence_of
from tests.documents.axis import Connected
from tests.documents.packets import DOCUMENT_ID, SAMPLE

THERE = "000.00.00.H53"


def a_status(
    code: str,
    *,
    at: datetime = datetime(2026, 11, 2, 3, tzinfo=UTC),
    by: str = "000.00.71.H53",
    to: str = "000.00.12.H38",
    document_id: str = DOCUMENT_ID,
    description: str | None = "Lý do",
) -> bytes:
    """Return the status packet of one party for the other."""
    return write_status(
        StatusPacket(
            sender=Organisation(AgencyCode(by)),
            response_for=DocumentReference(AgencyCode(to), DocumentId(document_id)),
            code=StatusCode(code),
            at=at,
            description=description,
        )
    )


def bring(to: Connected, packet: bytes, *recipients: str) -> None:
    """Put a packet into a gateway's inbox at the axis, whatever the axis itself would refuse."""
    universe = to.universe
    read = edxml.read(SAMPLE)
    package = universe.deliveries.accept(
        read, packet, system_id=THERE, digest=packet, now=universe.clock.now()
    )
    for recipient in recipients:
        universe.deliveries.deliver(package, recipient, recipient, f"000.00.00.{to.province}")


def outcomes(connected: Connected) -> list[tuple[str, str]]:
    """Return act and outcome of what was refused of the axis's deliveries."""
    found = []
    for delivery in connected.waiting():
        entries = evidence_of(
            connected.gateway, f"axis:{delivery.doc_id}", member=connected.province
        )
        found += [(entry.act, entry.outcome) for entry in entries]
    return found
