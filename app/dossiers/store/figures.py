"""Reading the summaries: one statement, so that all figures are of one moment.

What is in progress follows from everything that was ever received and ended; only what is past its
limit changes with the time alone, and is read from the open dossiers themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measuring.figures import (
    FIGURES,
    Dimension,
    Dimensions,
    FigureRow,
    Group,
    Sought,
)
from app.dossiers.domain.measuring.tallies import COUNTERS, EVER, month_of
from app.dossiers.store.tallies import Grain
from app.dossiers.tables import dossiers, tallies, tally_entries
from app.platform.clock import Clock

Columns = Mapping[str, ColumnElement[Any]]

_ZERO: Final[ColumnElement[Any]] = literal_column("0")
_FINE: Final = frozenset({Dimension.PROCEDURE, Dimension.SECTOR})
_PLACED: Final = frozenset({Dimension.AGENCY, Dimension.LEVEL})
_ALL: Final = 1_000_000
_MONTH: Final = 7
"""Characters of `2026-11`."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a statement depends on beside its parameters."""

    grain: Grain
    by: tuple[Dimension, ...]
    filters: tuple[str, ...]
    is_behind: bool
    is_piece: bool = False


def figures(
    connection: Connection,
    clock: Clock,
    sought: Sought,
    by: Dimensions,
    *,
    after: Group | None = None,
    limit: int | None = None,
) -> Sequence[FigureRow]:
    """Return the figures of each group, in the order of the groups, behind one, so many at most.

    What is in progress is so now, and by month it stands at the present one. What was carried
    over into the first month has no month, so by month it is left out. The figures of one agency
    are of one moment; in a page by procedure or sector, those of the next may be of a later one.
    """
    order = tuple(one for one in Dimension if one in by)
    filters = {
        "procedure": sought.procedure and sought.procedure.canonical,
        "sector": sought.sector,
        "channel": sought.channel and sought.channel.value,
    }
    narrow = tuple(name for name, value in filters.items() if value is not None)
    is_behind = after is not None and bool(order)
    shape = _Shape(grain_of(sought, order), order, narrow, is_behind)
    behind = {f"after_{place}": one for place, one in enumerate(after or ())}
    asked = {
        **{name: filters[name] for name in narrow},
        **_places(sought),
        **(behind if is_behind else {}),
        "labels": sought.months.singly if Dimension.MONTH in order else sought.months.labels,
        "first": sought.months.first,
        "last": sought.months.last,
        "now": clock.now(),
        "present": month_of(clock.now()),
        "at_most": _ALL if limit is None else limit,
    }
    is_long = shape.grain is Grain.BOTH and Dimension.AGENCY in by
    if limit is not None and is_long:
        return _by_pieces(connection, replace(shape, is_piece=True), asked, limit)
    return _rows(connection, shape, asked)


def _rows(connection: Connection, shape: _Shape, asked: Mapping[str, Any]) -> list[FigureRow]:
    width = len(shape.by)
    rows = (_read(row, width) for row in connection.execute(_statement(shape), asked))
    return [row for row in rows if any(row.figures.values())]


def _by_pieces(
    connection: Connection, shape: _Shape, asked: Mapping[str, Any], limit: int
) -> list[FigureRow]:
    """Return a page of groups from as few agencies as fill it: their codes stand first in a group.

    All agencies of a province with all their procedures are too many to be added up for a page.
    """
    codes = sorted(set(connection.scalars(_AGENCIES, asked)))
    codes = [code for code in codes if code >= asked.get("after_0", "")]
    found: list[FigureRow] = []
    many = 1
    while codes and len(found) < limit:
        piece = {"agencies": codes[:many], "at_most": limit - len(found)}
        found += _rows(connection, shape, {**asked, **piece})
        codes, many = codes[many:], many * 2
    return found


def grain_of(sought: Sought, by: Dimensions) -> Grain:
    """Return the coarsest totals that answer."""
    is_fine = bool(_FINE.intersection(by)) or sought.procedure or sought.sector
    if not is_fine:
        return Grain.AGENCY
    is_whole = sought.agency.canonical == sought.agency.root
    return Grain.BOTH if _PLACED.intersection(by) or not is_whole else Grain.PROCEDURE


def _read(row: Any, width: int) -> FigureRow:
    values = zip(FIGURES, row[width:], strict=True)
    return FigureRow(tuple(row[:width]), {name: int(value or 0) for name, value in values})


def _places(sought: Sought) -> dict[str, str]:
    code = sought.agency.canonical
    return {"agency": code, "below": f"{code}.", "above": f"{code}/"}


@lru_cache(maxsize=256)
def _statement(shape: _Shape) -> Select[Any]:
    """Return the statement of a shape, built once: building costs more than running it."""
    every = union_all(*_parts(shape)).subquery()
    groups = [every.c[f"by_{one.value}"] for one in shape.by]
    sums = [func.sum(every.c[name]).label(name) for name in FIGURES]
    some = [one != 0 for one in sums]
    statement = select(*groups, *sums).having(or_(*some)).limit(bindparam("at_most"))
    if shape.is_behind:
        last = [bindparam(f"after_{place}", type_=one.type) for place, one in enumerate(groups)]
        statement = statement.where(tuple_(*groups) > tuple_(*last))
    return statement.group_by(*groups).order_by(*groups) if groups else statement


def _parts(shape: _Shape) -> list[Select[Any]]:
    parts = []
    for source in (tallies, tally_entries):
        is_total = source is tallies
        where = _within(source, shape, is_total=is_total)
        in_period = source.c.month.in_(bindparam("labels", expanding=True))
        if not is_total:
            in_period = source.c.month.between(bindparam("first"), bindparam("last"))
        parts.append(_part(source, shape, _counted(source, shape), [in_period, *where]))
        stands = [source.c.month == EVER] if is_total else []
        parts.append(_part(source, shape, _standing(source, shape), [*stands, *where]))
        if Dimension.MONTH not in shape.by:
            later = source.c.month > bindparam("last")
            is_month = func.length(source.c.month) == _MONTH
            back = {"carried_over": func.sum(source.c.ended - source.c.received)}
            parts.append(_part(source, shape, back, [later, is_month, *where]))
    return [*parts, _past(shape)]


def _counted(source: FromClause, shape: _Shape) -> Columns:
    sums: dict[str, ColumnElement[Any]] = {name: func.sum(source.c[name]) for name in COUNTERS}
    is_online = source.c.channel == Channel.ONLINE.value
    sums["received_online"] = func.sum(case((is_online, source.c.received), else_=0))
    if Dimension.MONTH not in shape.by:
        sums["carried_over"] = func.sum(source.c.ended - source.c.received)
    return sums


def _standing(source: FromClause, shape: _Shape) -> Columns:
    left = func.sum(source.c.received - source.c.ended)
    if Dimension.MONTH in shape.by:
        return {"in_progress": left, "in_progress_within": left}
    return {"in_progress": left, "in_progress_within": left, "carried_over": left}


def _past(shape: _Shape) -> Select[Any]:
    source = (
        select(
            dossiers.c.agency,
            dossiers.c.counted_procedure.label("procedure"),
            dossiers.c.sector,
            dossiers.c.channel,
        )
        .where(dossiers.c.is_open.is_not(None), dossiers.c.past_from < bindparam("now"))
        .subquery()
    )
    where = _within(source, shape, is_total=False)
    past = {"in_progress_past": func.count(), "in_progress_within": -func.count()}
    return _part(source, shape, past, where, is_present=True)


def _part(
    source: FromClause,
    shape: _Shape,
    sums: Columns,
    where: Sequence[ColumnElement[bool]],
    *,
    is_present: bool = False,
) -> Select[Any]:
    is_now = is_present or "in_progress" in sums
    keys = [_key(source, one, is_now=is_now).label(f"by_{one.value}") for one in shape.by]
    values = [sums.get(name, _ZERO).label(name) for name in FIGURES]
    return select(*keys, *values).select_from(source).where(*where).group_by(*keys)


def _key(source: FromClause, dimension: Dimension, *, is_now: bool) -> ColumnElement[Any]:
    if dimension is Dimension.MONTH and is_now:
        return bindparam("present", type_=tallies.c.month.type)
    if dimension is Dimension.LEVEL:
        agency = source.c.agency
        return func.length(agency) - func.length(func.replace(agency, ".", "")) + 1
    return source.c[dimension.value]


def _within(source: FromClause, shape: _Shape, *, is_total: bool) -> list[ColumnElement[bool]]:
    """Return the conditions of what is sought."""
    found = [source.c.grain == shape.grain.value] if is_total else []
    if shape.is_piece:
        found.append(source.c.agency.in_(bindparam("agencies", expanding=True)))
    elif shape.grain is Grain.PROCEDURE and is_total:
        found.append(source.c.agency == bindparam("agency"))
    else:
        found.append(_below(source, is_total=is_total))
    return [*found, *(source.c[name] == bindparam(name) for name in shape.filters)]


def _below(source: FromClause, *, is_total: bool) -> ColumnElement[bool]:
    """Return that an agency is the one sought or below it; a range is served by the totals' key."""
    agency = source.c.agency
    here: ColumnElement[str] = bindparam("agency")
    below: ColumnElement[str] = bindparam("below")
    if is_total:
        return or_(agency == here, and_(agency > below, agency < bindparam("above")))
    return or_(agency == here, agency.startswith(below))


_AGENCIES: Final = union_all(
    select(tallies.c.agency).where(
        tallies.c.grain == Grain.AGENCY.value,
        _below(tallies, is_total=True),
        tallies.c.month == EVER,
    ),
    select(tally_entries.c.agency).where(_below(tally_entries, is_total=False)),
)
"""The agencies of which anything is counted."""
