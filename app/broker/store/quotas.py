"""Every statement on quotas and on their windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.broker.domain.quotas import EACH, ROOM_SHARE, Kind, Quota, Window
from app.broker.tables.quotas import quota_windows, quotas
from app.codes import AgencyCode
from app.platform.inserting import insert_new


def add(connection: Connection, quota: Quota, *, member: AgencyCode, at: datetime) -> bool:
    """Add a quota that is a member's to change; False if there is one for the same calls."""
    own = {"id": quota.id, "member": member.canonical, "kind": quota.kind.value}
    row = {**_place_of(quota), **own}
    return insert_new(connection, quotas, {**row, "calls": quota.limit, "changed_at": at})


def replace(connection: Connection, quota: Quota, *, at: datetime) -> bool:
    """Give a quota another limit; False if there is none with its id."""
    done = connection.execute(
        update(quotas).where(quotas.c.id == quota.id).values(calls=quota.limit, changed_at=at)
    )
    return done.rowcount == 1


def remove(connection: Connection, quota_id: str) -> bool:
    """Delete a quota and its counts; False if there is none with this id."""
    connection.execute(delete(quota_windows).where(quota_windows.c.quota == quota_id))
    return connection.execute(delete(quotas).where(quotas.c.id == quota_id)).rowcount == 1


def find(connection: Connection, quota_id: str) -> tuple[Quota, AgencyCode] | None:
    """Return one quota, and whose it is."""
    row = connection.execute(select(quotas).where(quotas.c.id == quota_id)).one_or_none()
    return None if row is None else (_quota_of(row), AgencyCode(row.member))


def same(connection: Connection, quota: Quota) -> Quota | None:
    """Return the quota for the same calls and windows."""
    place = _place_of(quota)
    like = select(quotas).where(*(quotas.c[name] == value for name, value in place.items()))
    found = connection.execute(like).one_or_none()
    return None if found is None else _quota_of(found)


def every(connection: Connection) -> Sequence[Quota]:
    """Return all quotas, by id."""
    return [_quota_of(row) for row in connection.execute(select(quotas).order_by(quotas.c.id))]


def page(
    connection: Connection, member: AgencyCode, *, service: str | None, after: str, limit: int
) -> Sequence[Quota]:
    """Return quotas of a member and all below it by id, behind `after`."""
    top = member.canonical
    own = or_(quotas.c.member == top, quotas.c.member.startswith(f"{top}.", autoescape=True))
    wanted = select(quotas).where(own, quotas.c.id > after).order_by(quotas.c.id).limit(limit)
    if service is not None:
        wanted = wanted.where(quotas.c.service == service)
    return [_quota_of(row) for row in connection.execute(wanted)]


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a present window is taken: by how many callers, and by whom the most."""

    subjects: int
    most: int


def of_service(connection: Connection, service: str, *, limit: int) -> Sequence[Quota]:
    """Return quotas that calls of a service count in, whoever calls: its own, those of each."""
    of_each = and_(quotas.c.service == "", quotas.c.client_id == EACH)
    wanted = select(quotas).where(or_(quotas.c.service == service, of_each))
    return [_quota_of(row) for row in connection.execute(wanted.order_by(quotas.c.id).limit(limit))]


def uses(connection: Connection, ids: Sequence[str], now: datetime) -> Mapping[str, Use]:
    """Return by quota what is taken of the windows that are present; none where nothing is."""
    column = quota_windows.c
    rows = connection.execute(
        select(column.quota, func.count(), func.max(column.taken))
        .where(column.quota.in_(ids), column.starts_at <= now, column.ends_at > now)
        .group_by(column.quota)
    )
    return {quota: Use(int(subjects), int(most)) for quota, subjects, most in rows}


@dataclass(frozen=True, slots=True)
class Wish:
    """A slice asked for: `waiting` calls need one each at once, `most` may be taken."""

    waiting: int
    most: int


@dataclass(frozen=True, slots=True)
class Slice:
    """What was got, and how much of the window is taken now, this included."""

    size: int
    taken: int


_NEW: Final[dict[str, Any]] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


@cache
def _taking(dialect: str) -> Any:
    """Return the statement: one round trip that also begins a window.

    Nobody takes more than is left, nor for calls to come more than a share of it. The row's lock
    makes processes take turns; each sees what the one before left.
    """
    waiting, most, limit = (bindparam(name, type_=Integer) for name in ("waiting", "most", "limit"))
    room = limit - quota_windows.c.taken
    share = room // ROOM_SHARE
    size = case(
        (room <= 0, 0),
        (room <= waiting, room),
        (share >= most, most),
        (share >= waiting, share),
        else_=waiting,
    )
    inserting = _NEW[dialect](quota_windows).values(
        quota=bindparam("quota"),
        subject=bindparam("subject"),
        starts_at=bindparam("starts_at", type_=quota_windows.c.starts_at.type),
        ends_at=bindparam("ends_at", type_=quota_windows.c.ends_at.type),
        taken=bindparam("first", type_=Integer),
        slice=bindparam("first", type_=Integer),
    )
    return inserting.on_conflict_do_update(
        index_elements=["quota", "subject", "starts_at"],
        set_={"taken": quota_windows.c.taken + size, "slice": size},
    ).returning(quota_windows.c.slice, quota_windows.c.taken)


def take(
    connection: Connection, quota: Quota, subject: str, window: Window, *, wish: Wish
) -> Slice:
    """Take a slice of a window; its size is 0 when nothing is left."""
    row = connection.execute(
        _taking(connection.dialect.name),
        {
            "quota": quota.id,
            "subject": subject,
            "starts_at": window.starts_at,
            "ends_at": window.ends_at,
            "waiting": wish.waiting,
            "most": wish.most,
            "limit": quota.limit,
            "first": min(quota.limit, max(wish.waiting, min(wish.most, quota.limit // ROOM_SHARE))),
        },
    ).one()
    return Slice(row.slice, row.taken)


_GIVE_BACK: Final = (
    update(quota_windows)
    .where(
        quota_windows.c.quota == bindparam("of_quota"),
        quota_windows.c.subject == bindparam("of_subject"),
        quota_windows.c.starts_at == bindparam("since", type_=quota_windows.c.starts_at.type),
    )
    .values(taken=quota_windows.c.taken - bindparam("unused", type_=Integer))
)


def give_back(
    connection: Connection, quota_id: str, subject: str, window: Window, *, unused: int
) -> None:
    """Give back what was taken for calls that did not come."""
    connection.execute(
        _GIVE_BACK,
        {
            "of_quota": quota_id,
            "of_subject": subject,
            "since": window.starts_at,
            "unused": unused,
        },
    )


def forget_before(connection: Connection, moment: datetime, *, at_most: int) -> int:
    """Delete at most so many windows that ended before `moment`; return how many went."""
    keys = (quota_windows.c.quota, quota_windows.c.subject, quota_windows.c.starts_at)
    ended = connection.execute(
        select(*keys).where(quota_windows.c.ends_at < moment).limit(at_most)
    ).all()
    for quota, subject, starts_at in ended:
        connection.execute(
            delete(quota_windows).where(keys[0] == quota, keys[1] == subject, keys[2] == starts_at)
        )
    return len(ended)


def _place_of(quota: Quota) -> dict[str, Any]:
    return {
        "client_id": quota.client_id or "",
        "service": quota.service or "",
        "operation": quota.operation or "",
        "window_seconds": int(quota.window.total_seconds()),
    }


def _quota_of(row: Row[Any]) -> Quota:
    return Quota(
        id=row.id,
        client_id=row.client_id or None,
        service=row.service or None,
        operation=row.operation or None,
        limit=row.calls,
        window=timedelta(seconds=row.window_seconds),
        kind=Kind(row.kind),
    )
