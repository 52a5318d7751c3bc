"""Every statement on accounts, sessions and filing pages of the portal's wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.access.tables import clients
from app.codes import AgencyCode
from app.facades.dvcqg.domain import Account
from app.facades.dvcqg.domain.linking import FilingPage
from app.facades.dvcqg.tables import accounts, filing_pages, sessions


def add(connection: Connection, account: Account, *, password_hash: str) -> None:
    """Add an account."""
    connection.execute(
        insert(accounts).values(
            username=account.username,
            password_hash=password_hash,
            client_id=account.client_id,
            created_at=account.created_at,
        )
    )


def find(connection: Connection, username: str) -> tuple[Account, str] | None:
    """Return an account and the hash of its password."""
    row = connection.execute(select(accounts).where(accounts.c.username == username)).one_or_none()
    return None if row is None else (_account_of(row), row.password_hash)


def every(connection: Connection) -> Sequence[Account]:
    """Return all accounts in the order of their names."""
    rows = connection.execute(select(accounts).order_by(accounts.c.username))
    return [_account_of(row) for row in rows]


def revoke(connection: Connection, username: str, *, at: datetime) -> bool:
    """Mark an account revoked and end its sessions; False if there is no such account."""
    connection.execute(delete(sessions).where(sessions.c.username == username))
    known = connection.execute(
        update(accounts)
        .where(accounts.c.username == username, accounts.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return known.rowcount == 1 or find(connection, username) is not None


def open_session(
    connection: Connection, username: str, *, session_hash: str, ends_at: datetime
) -> None:
    """Keep a new session."""
    connection.execute(
        insert(sessions).values(session_hash=session_hash, username=username, ends_at=ends_at)
    )


def forget_sessions(connection: Connection, *, ended_by: datetime) -> None:
    """Delete the sessions that had ended by a moment."""
    connection.execute(delete(sessions).where(sessions.c.ends_at <= ended_by))


def client_of(connection: Connection, session_hash: str, *, now: datetime) -> str | None:
    """Return the id of the client a session acts as; None unless all three are in force."""
    found: str | None = connection.scalar(
        select(accounts.c.client_id)
        .join(sessions, sessions.c.username == accounts.c.username)
        .join(clients, clients.c.client_id == accounts.c.client_id)
        .where(
            sessions.c.session_hash == session_hash,
            sessions.c.ends_at > now,
            accounts.c.revoked_at.is_(None),
            clients.c.revoked_at.is_(None),
        )
    )
    return found


def put_page(connection: Connection, page: FilingPage) -> None:
    """Register an agency's filing page in place of the one it had."""
    drop_page(connection, page.agency)
    connection.execute(
        insert(filing_pages).values(
            agency=page.agency, url=page.url, registered_at=page.registered_at
        )
    )


def drop_page(connection: Connection, agency: AgencyCode) -> bool:
    """Forget an agency's filing page; False if it has none."""
    its = filing_pages.c.agency == agency.canonical
    return connection.execute(delete(filing_pages).where(its)).rowcount == 1


def pages(connection: Connection) -> Sequence[FilingPage]:
    """Return every filing page, by agency."""
    rows = connection.execute(select(filing_pages).order_by(filing_pages.c.agency))
    return [_page_of(row) for row in rows]


def nearest_page(connection: Connection, agency: AgencyCode) -> FilingPage | None:
    """Return the filing page of an agency, else that of the nearest one above it."""
    line = [agency.canonical, *agency.ancestors]
    row = connection.execute(
        select(filing_pages)
        .where(filing_pages.c.agency.in_(line))
        .order_by(func.length(filing_pages.c.agency).desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _page_of(row)


def _page_of(row: Row[Any]) -> FilingPage:
    return FilingPage(AgencyCode(row.agency), row.url, row.registered_at)


def _account_of(row: Row[Any]) -> Account:
    return Account(row.username, row.client_id, row.created_at, row.revoked_at)
