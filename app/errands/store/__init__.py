"""Every statement on errands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, null, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode, DossierCode
from app.errands.domain import Errand, Kind, State, Told
from app.errands.tables import errand_events, errands, feed_cursors

_INSERTS: Final = (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
_ADD: Final = {name: insert(errands).on_conflict_do_nothing() for name, insert in _INSERTS}
_MOVE: Final = {
    name: (made := insert(feed_cursors)).on_conflict_do_update(
        index_elements=["feed"],
        set_={"cursor": made.excluded.cursor, "read_at": made.excluded.read_at},
    )
    for name, insert in _INSERTS
}
_NOTE: Final = {name: insert(errand_events).on_conflict_do_nothing() for name, insert in _INSERTS}


@dataclass(frozen=True, slots=True)
class Event:
    """Something the nation told of an errand; `happened_at` as it writes it."""

    code: str
    name: str
    happened_at: str
    noted_at: datetime


def add(connection: Connection, errand: Errand) -> bool:
    """Add an errand; False if its number is taken."""
    added = connection.execute(_ADD[connection.dialect.name], _values(errand))
    return added.rowcount == 1


def save(connection: Connection, errand: Errand) -> None:
    """Write what can change of an errand."""
    changing = {
        name: value for name, value in _values(errand).items() if name not in {"id", "facts"}
    }
    connection.execute(update(errands).where(errands.c.id == errand.id).values(**changing))


def find(connection: Connection, errand_id: str) -> Errand | None:
    """Return an errand."""
    row = connection.execute(select(errands).where(errands.c.id == errand_id)).one_or_none()
    return None if row is None else _errand_of(row)


def lock(connection: Connection, errand_id: str) -> Errand | None:
    """Return an errand and hold its row."""
    statement = select(errands).where(errands.c.id == errand_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    return None if row is None else _errand_of(row)


def lock_numbered(connection: Connection, kind: Kind, number: str) -> Errand | None:
    """Return the errand that the nation knows by this number, and hold its row."""
    statement = (
        select(errands)
        .where(errands.c.kind == kind.value, errands.c.number == number)
        .with_for_update()
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else _errand_of(row)


def of_dossier(connection: Connection, code: DossierCode) -> Sequence[Errand]:
    """Return the errands of a dossier, the newest first."""
    statement = (
        select(errands)
        .where(errands.c.dossier == code)
        .order_by(errands.c.created_at.desc(), errands.c.id.desc())
    )
    return [_errand_of(row) for row in connection.execute(statement)]


def due(connection: Connection, kind: Kind, *, now: datetime, at_most: int) -> Sequence[Errand]:
    """Return errands that it is time to ask about, the longest due first."""
    statement = (
        select(errands)
        .where(errands.c.look_at <= now, errands.c.kind == kind.value)
        .order_by(errands.c.look_at)
        .limit(at_most)
    )
    return [_errand_of(row) for row in connection.execute(statement)]


def note(connection: Connection, errand_id: str, told: Told, *, now: datetime) -> bool:
    """Keep what was told of an errand; False if it was told before."""
    values = {
        "errand": errand_id,
        "event": told.event or told.code,
        "code": told.code,
        "name": told.name,
        "happened_at": told.happened_at,
        "noted_at": now,
    }
    return connection.execute(_NOTE[connection.dialect.name], values).rowcount == 1


def events_of(connection: Connection, errand_id: str) -> Sequence[Event]:
    """Return what was told of an errand, in the order of the nation's own ids."""
    statement = (
        select(errand_events)
        .where(errand_events.c.errand == errand_id)
        .order_by(errand_events.c.noted_at, errand_events.c.event)
    )
    return [
        Event(row.code, row.name, row.happened_at, row.noted_at)
        for row in connection.execute(statement)
    ]


def cursor_of(connection: Connection, feed: str) -> tuple[str, datetime] | None:
    """Return how far a feed is read, and when it was read last."""
    statement = select(feed_cursors).where(feed_cursors.c.feed == feed)
    row = connection.execute(statement).one_or_none()
    return None if row is None else (row.cursor, row.read_at)


def move_cursor(connection: Connection, feed: str, cursor: str, *, now: datetime) -> None:
    """Keep how far a feed is read."""
    values = {"feed": feed, "cursor": cursor, "read_at": now}
    connection.execute(_MOVE[connection.dialect.name], values)


def _values(errand: Errand) -> dict[str, Any]:
    plain = {name: getattr(errand, name) for name in errands.c.keys()}  # noqa: SIM118 -- no mapping
    dossier = None if errand.dossier is None else str(errand.dossier)
    result = null() if errand.result is None else errand.result
    return plain | {
        "kind": errand.kind.value, "state": errand.state.value, "dossier": dossier,
        "agency": str(errand.agency), "result": result,
    }  # fmt: skip


def _errand_of(row: Row[Any]) -> Errand:
    known = {
        "kind": Kind(row.kind),
        "state": State(row.state),
        "agency": AgencyCode(row.agency),
        "dossier": None if row.dossier is None else DossierCode(row.dossier),
        "is_cancelling": bool(row.is_cancelling),
    }
    return Errand(**dict(row._mapping) | known)  # noqa: SLF001 -- SQLAlchemy's public name
