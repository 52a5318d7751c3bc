"""Followers, one row each; their addresses are sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from app.codes import DossierCode
from app.notices.domain.channels import Channel
from app.notices.domain.notices import Follower
from app.notices.tables import followers


def add(connection: Connection, follower: Follower, sealed: bytes) -> None:
    """Add a follower with their address and code, sealed."""
    connection.execute(insert(followers).values(**_values(follower), sealed=sealed))


def save(connection: Connection, follower: Follower) -> None:
    """Write what can change of a follower."""
    mine = followers.c.follower_id == follower.follower_id
    connection.execute(update(followers).where(mine).values(**_values(follower)))


def find(
    connection: Connection, follower_id: str, *, keep: bool = False
) -> tuple[Follower, bytes] | None:
    """Return a follower with what is sealed of them; with `keep` locked until the act ends."""
    wanted = select(followers).where(followers.c.follower_id == follower_id)
    row = connection.execute(wanted.with_for_update() if keep else wanted).one_or_none()
    return None if row is None else (_follower_of(row), bytes(row.sealed))


def of_dossier(connection: Connection, dossier: DossierCode) -> Sequence[Follower]:
    """Return those who confirmed that they want to be told, and have not ended it."""
    wanted = select(followers).where(
        followers.c.dossier == dossier,
        followers.c.confirmed_at.is_not(None),
        followers.c.ended_at.is_(None),
    )
    rows = connection.execute(wanted.order_by(followers.c.created_at))
    return [_follower_of(row) for row in rows]


def every(connection: Connection) -> Sequence[tuple[str, bytes]]:
    """Return what is sealed of all followers, by their ids."""
    rows = connection.execute(select(followers.c.follower_id, followers.c.sealed))
    return [(row.follower_id, bytes(row.sealed)) for row in rows]


def reseal(connection: Connection, follower_id: str, sealed: bytes) -> None:
    """Keep the same address and code under another key."""
    mine = followers.c.follower_id == follower_id
    connection.execute(update(followers).where(mine).values(sealed=sealed))


def count(connection: Connection, dossier: DossierCode, *, since: datetime) -> int:
    """Count those who are told of a dossier, and all who asked for it since a moment."""
    is_told = and_(followers.c.confirmed_at.is_not(None), followers.c.ended_at.is_(None))
    mine = followers.c.dossier == dossier, or_(is_told, followers.c.created_at > since)
    return connection.execute(select(func.count()).select_from(followers).where(*mine)).scalar_one()


def _values(follower: Follower) -> dict[str, Any]:
    plain = {name: getattr(follower, name) for name in Follower.__dataclass_fields__}
    return plain | {"channel": follower.channel.value}


def _follower_of(row: Row[Any]) -> Follower:
    known = {"dossier": DossierCode(row.dossier), "channel": Channel(row.channel)}
    plain = {name: getattr(row, name) for name in Follower.__dataclass_fields__}
    return Follower(**plain | known)
