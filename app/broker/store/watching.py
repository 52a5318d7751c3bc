"""Every statement on exchanges and on their totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter, gt
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    Table,
    case,
    delete,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.broker.domain.watching import (
    POPULATION,
    STRANGER,
    Days,
    Dimension,
    Exchange,
    Glimpse,
    Outcome,
    Period,
    Sought,
    Tally,
)
from app.broker.tables.watching import exchange_totals, exchanges
from app.platform.prepared import Prepared

_INSERT: Final[dict[str, Any]] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}
_KEYS: Final = ("day", "member", "client_id", "service", "operation", "purpose", "outcome")
_SUMS: Final = ("calls", "sent_bytes", "received_bytes", "milliseconds")
_named: Final = attrgetter(*_KEYS[1:])
_MILLISECOND: Final = timedelta(milliseconds=1)
_TEXTS: Final[dict[str, int]] = {
    column.name: column.type.length
    for column in exchanges.c
    if isinstance(column.type, String) and column.type.length
}
_SIZES: Final = tuple(_TEXTS.values())
_texts: Final = attrgetter(*_TEXTS)
_NUMBERS: Final = ("at", "sent_bytes", "received_bytes", "status")
_TIMES: Final = ("milliseconds", "upstream_milliseconds")
_LISTED: Final = Prepared(plain_insert(exchanges).inline(), (*_TEXTS, *_NUMBERS, *_TIMES))


@dataclass(frozen=True, slots=True)
class Part:
    """Which groups of a table: at most `limit`, behind the first `after`."""

    limit: int
    after: int = 0


def add(connection: Connection, batch: Sequence[Exchange]) -> None:
    """Write a batch: a row for each call of a client we know, and the totals of all."""
    rows = [_row_of(one) for one in batch if one.client_id != STRANGER]
    if rows:
        _LISTED.run_each(connection, rows)
    _count(connection, batch)


def _count(connection: Connection, batch: Iterable[Exchange]) -> None:
    """Add to the totals, always in the same order, so that processes wait and do not block."""
    alike: dict[tuple[Any, ...], list[int]] = {}
    for one in batch:
        found = alike.setdefault((one.day, *_named(one)), [0] * len(_SUMS))
        found[0] += 1
        found[1] += one.sent_bytes
        found[2] += one.received_bytes
        found[3] += one.took // _MILLISECOND
    sums: dict[tuple[Any, ...], list[int]] = {}
    for (day, *texts), numbers in alike.items():
        key = (day, *map(_fitting, _KEYS[1:], texts))
        kept = sums.setdefault(key, [0] * len(_SUMS))
        for place, number in enumerate(numbers):
            kept[place] += number
    statement = _INSERT[connection.dialect.name](exchange_totals)
    adding = statement.on_conflict_do_update(
        index_elements=list(_KEYS),
        set_={name: exchange_totals.c[name] + statement.excluded[name] for name in _SUMS},
    )
    for key, found in sorted(sums.items()):
        row = dict(zip(_KEYS, key, strict=True)) | dict(zip(_SUMS, found, strict=True))
        connection.execute(adding, row)


def page(
    connection: Connection,
    *,
    sought: Sought,
    period: Period,
    after: int | None,
    limit: int,
    down_to: int | None = None,
) -> Sequence[Exchange]:
    """Return exchanges, the newest first, those before number `after`, none before `down_to`."""
    wanted = select(exchanges).where(*_conditions(exchanges, sought))
    if period.since is not None:
        wanted = wanted.where(exchanges.c.at >= period.since)
    if period.until is not None:
        wanted = wanted.where(exchanges.c.at < period.until)
    if after is not None:
        wanted = wanted.where(exchanges.c.number < after)
    if down_to is not None:
        wanted = wanted.where(exchanges.c.number >= down_to)
    rows = connection.execute(wanted.order_by(exchanges.c.number.desc()).limit(limit))
    return [_exchange_of(row) for row in rows]


def ends(connection: Connection) -> tuple[int, int]:
    """Return the numbers of the first and the last exchange that are kept; 0 if there is none."""
    first, last = func.min(exchanges.c.number), func.max(exchanges.c.number)
    each = (select(end).scalar_subquery() for end in (first, last))
    oldest, newest = connection.execute(select(*each)).one()
    return int(oldest or 0), int(newest or 0)


def glimpses(connection: Connection, services: Sequence[str], *, limit: int) -> Sequence[Glimpse]:
    """Return the last calls of each of these services, at most so many of each."""
    if not services:
        return []
    column = exchanges.c
    each = (
        select(column.service, column.milliseconds, column.upstream_milliseconds)
        .where(column.service == service)
        .order_by(column.number.desc())
        .limit(limit)
        .subquery()
        for service in services
    )
    rows = connection.execute(union_all(*map(select, each)))
    return [
        Glimpse(service, took, is_carried=upstream is not None) for service, took, upstream in rows
    ]


def tallies(
    connection: Connection, *, sought: Sought, days: Days, by: Sequence[Dimension], part: Part
) -> Sequence[Tally]:
    """Return the totals by groups, in the order of the groups; those of the population first."""
    dialect = connection.dialect.name
    group = [_part(dialect, one) for one in by]
    wanted = (
        select(*group, *(func.sum(exchange_totals.c[name]) for name in _SUMS))
        .where(*_conditions(exchange_totals, sought))
        .where(exchange_totals.c.day.between(days.first, days.last))
        .group_by(*group)
        .order_by(*_first(by), *group)
        .offset(part.after)
        .limit(part.limit)
    )
    size = len(group)
    return [
        Tally(tuple(map(_said, row[:size])), *(int(number) for number in row[size:]))
        for row in connection.execute(wanted)
    ]


def forget_before(connection: Connection, moment: datetime, *, at_most: int) -> int:
    """Delete at most so many exchanges older than `moment`; return how many went."""
    old = select(exchanges.c.number).where(exchanges.c.at < moment).limit(at_most)
    return connection.execute(
        delete(exchanges).where(exchanges.c.number.in_(old.scalar_subquery()))
    ).rowcount


def _first(by: Sequence[Dimension]) -> list[ColumnElement[Any]]:
    is_population = exchange_totals.c.service == POPULATION
    return [case((is_population, 0), else_=1)] if Dimension.SERVICE in by else []


def _part(dialect: str, dimension: Dimension) -> ColumnElement[Any]:
    if dimension is not Dimension.MONTH:
        return exchange_totals.c[dimension.value]
    if dialect == "sqlite":
        return func.strftime("%Y-%m", exchange_totals.c.day)
    return func.to_char(exchange_totals.c.day, "YYYY-MM")


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _conditions(table: Table, sought: Sought) -> list[ColumnElement[bool]]:
    names = ("client_id", "service", "operation", "purpose", "outcome")
    asked = ((table.c[name], getattr(sought, name)) for name in names)
    conditions = [column == value for column, value in asked if value is not None]
    if sought.member is not None:
        conditions.append(_within(table, sought.member))
    if sought.seen_by is not None:
        provided = [table.c.service.in_(sought.provided)] if sought.provided else []
        conditions.append(or_(_within(table, sought.seen_by), *provided))
    return conditions


def _within(table: Table, member: str) -> ColumnElement[bool]:
    below = table.c.member.startswith(f"{member}.", autoescape=True)
    return or_(table.c.member == member, below)


def _row_of(one: Exchange) -> dict[str, Any]:
    texts: Sequence[str] = _texts(one)
    if "\x00" in "".join(texts) or any(map(gt, map(len, texts), _SIZES)):
        texts = [_fitting(name, text) for name, text in zip(_TEXTS, texts, strict=True)]
    row: dict[str, Any] = dict(zip(_TEXTS, texts, strict=True))
    row["at"] = one.at
    row["sent_bytes"] = one.sent_bytes
    row["received_bytes"] = one.received_bytes
    row["milliseconds"] = one.took // _MILLISECOND
    row["upstream_milliseconds"] = None if one.upstream is None else one.upstream // _MILLISECOND
    row["status"] = one.status
    return row


def _fitting(name: str, value: str) -> str:
    """Return as much of a text as its column holds: one record must not stop the others."""
    if len(value) <= _TEXTS[name] and "\x00" not in value:
        return value
    return value[: _TEXTS[name]].replace("\x00", "")


def _exchange_of(row: Row[Any]) -> Exchange:
    upstream = row.upstream_milliseconds
    return Exchange(
        at=row.at,
        client_id=row.client_id,
        member=row.member,
        request_id=row.request_id,
        service=row.service,
        version=row.version,
        operation=row.operation,
        purpose=row.purpose,
        method=row.method,
        trace_id=row.trace_id,
        sent_bytes=row.sent_bytes,
        received_bytes=row.received_bytes,
        took=row.milliseconds * _MILLISECOND,
        upstream=None if upstream is None else upstream * _MILLISECOND,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        status=row.status,
        number=row.number,
    )
