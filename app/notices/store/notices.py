"""Notices, one row each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode, DossierCode
from app.notices.domain.channels import Channel
from app.notices.domain.notices import Kind, Notice, State
from app.notices.tables import notices, silences
from app.platform.clock import Clock


def add(connection: Connection, notice: Notice) -> bool:
    """Add a notice; False if its act had one for this audience."""
    insert_into = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = insert_into(notices).values(**_values(notice)).on_conflict_do_nothing()
    return connection.execute(statement).rowcount == 1


def save(connection: Connection, notice: Notice) -> None:
    """Write what can change of a notice."""
    mine = notices.c.notice_id == notice.notice_id
    connection.execute(update(notices).where(mine).values(**_values(notice)))


def find(connection: Connection, notice_id: str, *, keep: bool = False) -> Notice | None:
    """Return a notice; with `keep` its row stays locked until the act ends."""
    wanted = select(notices).where(notices.c.notice_id == notice_id)
    row = connection.execute(wanted.with_for_update() if keep else wanted).one_or_none()
    return None if row is None else _notice_of(row)


def merge_waiting(connection: Connection, notice: Notice) -> bool:
    """Merge what waits to tell this audience of progress into a notice; tell if anything did."""
    merged = connection.execute(
        update(notices)
        .where(
            notices.c.dossier == notice.dossier,
            notices.c.audience == notice.audience,
            notices.c.state == State.OWED.value,
            notices.c.kind == Kind.PROGRESS.value,
            notices.c.attempts == 0,
            notices.c.notice_id != notice.notice_id,
        )
        .values(state=State.MERGED.value, merged_into=notice.notice_id)
    )
    return merged.rowcount > 0


def last_sent_at(connection: Connection, dossier: DossierCode, audience: str) -> datetime | None:
    """Return when an audience was last told something of a dossier."""
    mine = notices.c.dossier == dossier, notices.c.audience == audience
    found: datetime | None = connection.scalar(
        select(func.max(notices.c.sent_at, type_=notices.c.sent_at.type)).where(*mine)
    )
    return found


def page(
    connection: Connection,
    member: AgencyCode,
    *,
    dossier: str | None,
    before: int | None,
    limit: int,
) -> Sequence[tuple[int, Notice]]:
    """Return notices of a member and all below it, the newest first."""
    below = notices.c.agency.startswith(f"{member.canonical}.", autoescape=True)
    wanted = select(notices).where(or_(notices.c.agency == member.canonical, below))
    if dossier is not None:
        wanted = wanted.where(notices.c.dossier == dossier)
    if before is not None:
        wanted = wanted.where(notices.c.number < before)
    rows = connection.execute(wanted.order_by(notices.c.number.desc()).limit(limit))
    return [(row.number, _notice_of(row)) for row in rows]


def is_silent(connection: Connection, dossier: DossierCode) -> bool:
    """Tell whether a dossier's owner wants no notices."""
    return bool(connection.scalar(select(exists().where(silences.c.dossier == dossier))))


def silence(connection: Connection, clock: Clock, dossier: DossierCode) -> None:
    """Keep that a dossier's owner wants no notices."""
    if not is_silent(connection, dossier):
        connection.execute(insert(silences).values(dossier=dossier, at=clock.now()))


def _values(notice: Notice) -> dict[str, Any]:
    plain = {name: getattr(notice, name) for name in Notice.__dataclass_fields__}
    return plain | {
        "agency": notice.agency.canonical,
        "kind": notice.kind.value,
        "state": notice.state.value,
        "channel": notice.channel and notice.channel.value,
    }


def _notice_of(row: Row[Any]) -> Notice:
    known = {
        "dossier": DossierCode(row.dossier),
        "agency": AgencyCode(row.agency),
        "kind": Kind(row.kind),
        "state": State(row.state),
        "channel": row.channel and Channel(row.channel),
    }
    plain = {name: getattr(row, name) for name in Notice.__dataclass_fields__}
    return Notice(**plain | known)
