"""Reading the summaries: one statement, so that all figures are of one moment."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from app.codes import AgencyCode
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measuring.figures import (
    FIGURES,
    Dimension,
    Dimensions,
    FigureRow,
    Group,
    Sought,
)
from app.dossiers.domain.measuring.tallies import COUNTERS, month_of
from app.dossiers.store.tallies import Grain
from app.dossiers.tables import dossiers, tallies, tally_entries
from app.platform.clock import Clock

_ZERO: Final[ColumnElement[Any]] = literal_column("0")
_FINE: Final = frozenset({Dimension.PROCEDURE, Dimension.SECTOR})
_PLACED: Final = frozenset({Dimension.AGENCY, Dimension.LEVEL})


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
    over into the first month has no month, so by month it is left out.
    """
    by = [one for one in Dimension if one in by]
    parts = [*_counted(sought, by), _standing(sought, by, clock)]
    if Dimension.MONTH not in by:
        parts += _carried(sought, by)
    every = union_all(*parts).subquery()
    groups = [every.c[f"by_{one.value}"] for one in by]
    statement = select(*groups, *(func.sum(every.c[name]).label(name) for name in FIGURES))
    if groups:
        statement = statement.group_by(*groups).order_by(*groups)
    if after is not None and groups:
        statement = statement.where(tuple_(*groups) > tuple_(*(literal(one) for one in after)))
    if limit is not None:
        statement = statement.limit(limit)
    width = len(groups)
    rows = (
        FigureRow(
            tuple(row[:width]),
            {name: int(value or 0) for name, value in zip(FIGURES, row[width:], strict=True)},
        )
        for row in connection.execute(statement)
    )
    return [row for row in rows if any(row.figures.values())]


def grain_of(sought: Sought, by: Dimensions) -> Grain:
    """Return the coarsest totals that answer."""
    is_fine = bool(_FINE.intersection(by)) or sought.procedure or sought.sector
    if not is_fine:
        return Grain.AGENCY
    is_whole = sought.agency.canonical == sought.agency.root
    return Grain.BOTH if _PLACED.intersection(by) or not is_whole else Grain.PROCEDURE


def _counted(sought: Sought, by: Dimensions) -> list[Select[Any]]:
    first, last = sought.months.first, sought.months.last
    found = []
    for source, grain in ((tallies, grain_of(sought, by)), (tally_entries, None)):
        sums: dict[str, ColumnElement[Any]] = {name: func.sum(source.c[name]) for name in COUNTERS}
        is_online = source.c.channel == Channel.ONLINE.value
        sums["received_online"] = func.sum(case((is_online, source.c.received), else_=0))
        when = source.c.month.between(first, last)
        found.append(_part(source, by, sums, [when, *_within(source, sought, grain)]))
    return found


def _carried(sought: Sought, by: Dimensions) -> list[Select[Any]]:
    found = []
    for source, grain in ((tallies, grain_of(sought, by)), (tally_entries, None)):
        sums = {"carried_over": func.sum(source.c.received - source.c.ended)}
        when = source.c.month < sought.months.first
        found.append(_part(source, by, sums, [when, *_within(source, sought, grain)]))
    return found


def _standing(sought: Sought, by: Dimensions, clock: Clock) -> Select[Any]:
    now = clock.now()
    source = (
        select(
            dossiers.c.agency,
            dossiers.c.counted_procedure.label("procedure"),
            dossiers.c.sector,
            dossiers.c.channel,
            literal(month_of(now)).label("month"),
            case((dossiers.c.past_from < now, 1), else_=0).label("is_past"),
        )
        .where(dossiers.c.is_open)
        .subquery()
    )
    sums = {"in_progress": func.count(), "in_progress_past": func.sum(source.c.is_past)}
    return _part(source, by, sums, _within(source, sought, None))


def _part(
    source: FromClause,
    by: Dimensions,
    sums: Mapping[str, ColumnElement[Any]],
    where: Sequence[ColumnElement[bool]],
) -> Select[Any]:
    keys = [_key(source, one).label(f"by_{one.value}") for one in by]
    values = [sums.get(name, _ZERO).label(name) for name in FIGURES]
    part = select(*keys, *values).select_from(source).where(*where)
    return part.group_by(*keys)


def _key(source: FromClause, dimension: Dimension) -> ColumnElement[Any]:
    if dimension is Dimension.LEVEL:
        agency = source.c.agency
        return func.length(agency) - func.length(func.replace(agency, ".", "")) + 1
    return source.c[dimension.value]


def _within(source: FromClause, sought: Sought, grain: Grain | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if grain is not None:
        found.append(source.c.grain == grain.value)
    if grain is Grain.PROCEDURE:
        found.append(source.c.agency == sought.agency.root)
    else:
        found.append(_below(source.c.agency, sought.agency, is_range=grain is not None))
    if sought.procedure is not None:
        found.append(source.c.procedure == sought.procedure.canonical)
    if sought.sector is not None:
        found.append(source.c.sector == sought.sector)
    if sought.channel is not None:
        found.append(source.c.channel == sought.channel.value)
    return found


def _below(
    column: ColumnElement[str], agency: AgencyCode, *, is_range: bool
) -> ColumnElement[bool]:
    """Return the condition of an agency and all below it; a range is served by the totals' key."""
    code = agency.canonical
    if is_range:
        return or_(column == code, and_(column > f"{code}.", column < f"{code}/"))
    return or_(column == code, column.startswith(f"{code}.", autoescape=True))
