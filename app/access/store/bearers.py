"""Every statement on opaque tokens, and on the accounts of clients."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.access.domain.bearers import Account, Bearer, Kind, Standing, Style
from app.access.tables import bearers, client_accounts, clients
from app.codes import AgencyCode
from app.platform.inserting import insert_new

_SHOWN: Final = select(bearers, clients.c.member, clients.c.styles).join_from(bearers, clients)


def words(scopes: Iterable[str]) -> str:
    """Return scopes as they are kept: sorted, so that the same wish is the same text."""
    return " ".join(sorted(scopes))


def add(connection: Connection, bearer: Bearer, *, token_hash: str) -> None:
    """Add a token."""
    connection.execute(
        insert(bearers).values(
            token_hash=token_hash,
            id=bearer.id,
            client_id=bearer.client_id,
            kind=bearer.kind.value,
            name=bearer.name,
            scopes=words(bearer.scopes),
            issued_at=bearer.issued_at,
            expires_at=bearer.expires_at,
        )
    )


def shown(connection: Connection, token_hash: str, *, at: datetime) -> Standing | None:
    """Return what a token says, if it is good and so is its client."""
    good = (
        bearers.c.token_hash == token_hash,
        bearers.c.expires_at > at,
        bearers.c.revoked_at.is_(None),
        clients.c.revoked_at.is_(None),
    )
    row = connection.execute(_SHOWN.where(*good)).one_or_none()
    if row is None:
        return None
    return Standing(_bearer_of(row), AgencyCode(row.member), frozenset(map(Style, row.styles)))


def latest(
    connection: Connection, client_id: str, *, scopes: Iterable[str], beyond: datetime
) -> tuple[Bearer, str] | None:
    """Return the issued token that is good longest, and beyond a moment, with its hash.

    Whoever asks for one at the same time waits for the client's row.
    """
    connection.execute(
        select(clients.c.client_id).where(clients.c.client_id == client_id).with_for_update()
    )
    row = connection.execute(
        select(bearers)
        .where(
            bearers.c.client_id == client_id,
            bearers.c.kind == Kind.ISSUED.value,
            bearers.c.scopes == words(scopes),
            bearers.c.expires_at > beyond,
            bearers.c.revoked_at.is_(None),
        )
        .order_by(bearers.c.expires_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (_bearer_of(row), row.token_hash)


def kept(connection: Connection, client_id: str) -> Sequence[Bearer]:
    """Return a client's long-lived tokens, the oldest first."""
    rows = connection.execute(
        select(bearers)
        .where(bearers.c.client_id == client_id, bearers.c.kind == Kind.STATIC.value)
        .order_by(bearers.c.issued_at, bearers.c.id)
    )
    return [_bearer_of(row) for row in rows]


def revoke(connection: Connection, bearer_id: str, *, at: datetime) -> str | None:
    """Mark a long-lived token revoked and return whose it is; the first time stands."""
    known = (bearers.c.id == bearer_id, bearers.c.kind == Kind.STATIC.value)
    connection.execute(
        update(bearers).where(*known, bearers.c.revoked_at.is_(None)).values(revoked_at=at)
    )
    return connection.execute(select(bearers.c.client_id).where(*known)).scalar_one_or_none()


def forget_before(connection: Connection, moment: datetime, *, at_most: int) -> int:
    """Delete at most so many issued tokens that ran out before a moment; return how many went."""
    old = (
        select(bearers.c.token_hash)
        .where(bearers.c.expires_at < moment, bearers.c.kind == Kind.ISSUED.value)
        .limit(at_most)
    )
    gone = delete(bearers).where(bearers.c.token_hash.in_(old.scalar_subquery()))
    return connection.execute(gone).rowcount


def add_account(connection: Connection, account: Account, *, password_hash: str) -> bool:
    """Add an account; False if the client has one of this name."""
    row = {
        "client_id": account.client_id,
        "username": account.username,
        "password_hash": password_hash,
        "created_at": account.created_at,
    }
    return insert_new(connection, client_accounts, row)


def password_hash(connection: Connection, client_id: str, username: str) -> str | None:
    """Return the hash of the password of an account in force."""
    columns = client_accounts.c
    return connection.execute(
        select(columns.password_hash).where(
            columns.client_id == client_id,
            columns.username == username,
            columns.revoked_at.is_(None),
        )
    ).scalar_one_or_none()


def revoke_account(connection: Connection, client_id: str, username: str, *, at: datetime) -> bool:
    """Mark an account revoked; False if there is none of this name in force."""
    columns = client_accounts.c
    done = connection.execute(
        update(client_accounts)
        .where(
            columns.client_id == client_id,
            columns.username == username,
            columns.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    return done.rowcount == 1


def _bearer_of(row: Row[Any]) -> Bearer:
    return Bearer(
        id=row.id,
        client_id=row.client_id,
        kind=Kind(row.kind),
        name=row.name,
        scopes=frozenset(row.scopes.split()),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
