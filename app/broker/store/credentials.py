"""Every statement on credentials."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.broker.domain.credentials import Credential, CredentialKind
from app.broker.tables.credentials import broker_credentials as kept


def add(connection: Connection, credential: Credential, sealed: bytes) -> None:
    """Add a credential."""
    connection.execute(
        insert(kept).values(
            name=credential.name,
            kind=credential.kind.value,
            facts=dict(credential.facts),
            secret=sealed,
            created_at=credential.created_at,
            changed_at=credential.changed_at,
        )
    )


def find(connection: Connection, name: str) -> tuple[Credential, bytes] | None:
    """Return the credential in force with this name, and its sealed secret."""
    statement = select(kept).where(kept.c.name == name, kept.c.closed_at.is_(None))
    row = connection.execute(statement.order_by(kept.c.number)).first()
    return None if row is None else (_credential_of(row), bytes(row.secret))


def every(connection: Connection) -> Sequence[Credential]:
    """Return all credentials, closed ones too, the oldest first."""
    return [_credential_of(row) for row in connection.execute(select(kept).order_by(kept.c.number))]


def change(connection: Connection, name: str, sealed: bytes, *, at: datetime | None) -> bool:
    """Keep another secret, or with no moment the same in another encryption; False if unknown."""
    values: dict[str, Any] = {"secret": sealed} | ({} if at is None else {"changed_at": at})
    done = connection.execute(
        update(kept).where(kept.c.name == name, kept.c.closed_at.is_(None)).values(values)
    )
    return done.rowcount > 0


def close(connection: Connection, name: str, *, at: datetime) -> bool:
    """Close the credential in force with this name and wipe its secret; False if unknown."""
    done = connection.execute(
        update(kept)
        .where(kept.c.name == name, kept.c.closed_at.is_(None))
        .values(closed_at=at, secret=b"")
    )
    return done.rowcount > 0


def _credential_of(row: Row[Any]) -> Credential:
    return Credential(
        name=row.name,
        kind=CredentialKind(row.kind),
        facts=row.facts,
        created_at=row.created_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
    )
