"""User ids of owners at our Official Account, one row each; they are sealed."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from app.codes import DossierCode
from app.notices.tables import owner_users
from app.platform.clock import Clock


def keep(
    connection: Connection, clock: Clock, dossier: DossierCode, sealed: bytes, recipient: str
) -> None:
    """Keep the user id of a dossier's owner in place of the one before; the caller holds it."""
    forget(connection, dossier)
    row = {"dossier": dossier, "sealed": sealed, "recipient": recipient, "kept_at": clock.now()}
    connection.execute(insert(owner_users).values(row))


def forget(connection: Connection, dossier: DossierCode) -> None:
    """Keep no user id of a dossier's owner."""
    connection.execute(delete(owner_users).where(owner_users.c.dossier == dossier))


def find(connection: Connection, dossier: DossierCode) -> tuple[bytes, str] | None:
    """Return the user id of a dossier's owner, sealed, and as it may be shown."""
    mine = select(owner_users).where(owner_users.c.dossier == dossier)
    row = connection.execute(mine).one_or_none()
    return None if row is None else (bytes(row.sealed), row.recipient)


def every(connection: Connection) -> Sequence[tuple[DossierCode, bytes]]:
    """Return all that is kept, sealed, by the dossiers."""
    rows = connection.execute(select(owner_users.c.dossier, owner_users.c.sealed))
    return [(DossierCode(row.dossier), bytes(row.sealed)) for row in rows]


def reseal(connection: Connection, dossier: DossierCode, sealed: bytes) -> None:
    """Keep the same user id under another key."""
    mine = owner_users.c.dossier == dossier
    connection.execute(update(owner_users).where(mine).values(sealed=sealed))
