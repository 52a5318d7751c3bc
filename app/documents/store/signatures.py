"""What was found of documents' signatures, and whose were not looked at yet."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from app.documents.domain.legal_value import (
    Check,
    PacketSignature,
    Seal,
    SealState,
    Signatory,
)
from app.documents.tables import checks, seals
from app.platform.inserting import insert_rows


def await_look(connection: Connection, document: str) -> None:
    """Have a new document's signatures looked at."""
    insert_rows(connection, checks, [{"document": document, "is_due": True}])


def due(connection: Connection, *, limit: int) -> Sequence[str]:
    """Return documents whose signatures were not looked at yet, the oldest first."""
    waiting = select(checks.c.document).where(checks.c.is_due).order_by(checks.c.document)
    return connection.scalars(waiting.limit(limit)).all()


def keep(connection: Connection, document: str, check: Check) -> bool:
    """Keep what was found; False if somebody else kept theirs before."""
    kept = connection.execute(
        update(checks)
        .where(checks.c.document == document, checks.c.is_due)
        .values(
            is_due=False,
            checked_at=check.at,
            packet=check.packet.value,
            value=check.value.value,
            by_organisation=check.is_by(Signatory.ORGANISATION),
            by_person=check.is_by(Signatory.PERSON),
        )
    )
    if kept.rowcount != 1:
        return False
    rows = [
        {
            "document": document,
            "n": seal.n,
            "place": place,
            "state": seal.state.value,
            "signatory": None if seal.signatory is None else seal.signatory.value,
            "signer": seal.signer,
            "signed_at": seal.signed_at,
            "certificate": seal.certificate,
        }
        for place, seal in enumerate(check.seals, 1)
    ]
    if rows:
        connection.execute(insert(seals), rows)
    return True


def find(connection: Connection, document: str) -> Check | None:
    """Return what was found; None while nobody has looked."""
    row = connection.execute(select(checks).where(checks.c.document == document)).one_or_none()
    if row is None or row.is_due:
        return None
    found = connection.execute(
        select(seals).where(seals.c.document == document).order_by(seals.c.place)
    )
    return Check(
        PacketSignature(row.packet),
        [
            Seal(
                n=one.n,
                state=SealState(one.state),
                signatory=None if one.signatory is None else Signatory(one.signatory),
                signer=one.signer,
                signed_at=one.signed_at,
                certificate=one.certificate,
            )
            for one in found
        ],
        row.checked_at,
    )
