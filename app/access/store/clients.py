"""Every statement on clients."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from app.access.domain import Client, Scope
from app.access.domain.bearers import Style
from app.access.tables import clients
from app.codes import AgencyCode


def add(connection: Connection, client: Client, *, secret_hash: str) -> None:
    """Add a client."""
    connection.execute(
        insert(clients).values(
            client_id=client.client_id,
            name=client.name,
            member=client.member,
            scopes=sorted(client.scopes),
            secret_hash=secret_hash,
            created_at=client.created_at,
            styles=sorted(client.styles),
        )
    )


def restyle(connection: Connection, client_id: str, styles: Iterable[Style]) -> bool:
    """Give a client other styles; False if there is no such client."""
    done = connection.execute(
        update(clients).where(clients.c.client_id == client_id).values(styles=sorted(styles))
    )
    return done.rowcount == 1


def find(connection: Connection, client_id: str) -> tuple[Client, str] | None:
    """Return a client and the hash of its secret."""
    row = connection.execute(select(clients).where(clients.c.client_id == client_id)).one_or_none()
    return None if row is None else (_client_of(row), row.secret_hash)


def every(connection: Connection) -> Sequence[Client]:
    """Return all clients, the oldest first."""
    rows = connection.execute(select(clients).order_by(clients.c.created_at, clients.c.client_id))
    return [_client_of(row) for row in rows]


def revoke(connection: Connection, client_id: str, *, at: datetime) -> bool:
    """Mark a client revoked; the first time stands. False if there is no such client."""
    known = connection.execute(
        update(clients)
        .where(clients.c.client_id == client_id, clients.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return known.rowcount == 1 or find(connection, client_id) is not None


def _client_of(row: Row[tuple[object, ...]]) -> Client:
    fields = row._mapping  # noqa: SLF001 -- the documented way to a row's names
    return Client(
        client_id=fields["client_id"],
        name=fields["name"],
        member=AgencyCode(fields["member"]),
        scopes=frozenset(Scope(scope) for scope in fields["scopes"]),
        created_at=fields["created_at"],
        revoked_at=fields["revoked_at"],
        styles=frozenset(Style(style) for style in fields["styles"]),
    )
