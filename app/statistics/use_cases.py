"""What can be asked about the figures: groups of them, comparisons, the dossiers behind them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import FullProcedure, MemberNotFoundError
from app.catalogue.domain.publication import Publication
from app.catalogue.use_cases import (
    list_published,
    member_names,
    show_member,
    show_procedures,
)
from app.codes import AgencyCode
from app.dossiers.domain.deadlines import Unit, duration_of
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measuring.figures import (
    Dimension,
    Dimensions,
    FigureRow,
    Group,
    Months,
    Sought,
)
from app.dossiers.store import drilling
from app.dossiers.store.figures import figures as figures_of_dossiers
from app.platform.clock import Clock
from app.public_services.domain.opinions import OpinionFact
from app.public_services.store.opinion_facts import facts
from app.statistics.domain import publication
from app.statistics.domain.indicators import Indicator
from app.statistics.domain.means import mean_in
from app.statistics.domain.opinions import NONE, counted, figures_of, is_sought
from app.statistics.domain.publication import Facet, Shown
from app.statistics.domain.telling import Compared, Told


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures are asked for; `sought.agency` is what the caller named, or its own member."""

    sought: Sought
    by: Dimensions
    after: Group | None = None
    limit: int | None = None


def narrowed(connection: Connection, caller: Caller, agency: AgencyCode | None) -> AgencyCode:
    """Return whose figures are shown: an agency asked for, in either spelling, or the caller's.

    Raises:
        AgencyNotYoursError: if it is neither the caller's member nor below it.
    """
    if agency is None:
        return caller.member
    with suppress(MemberNotFoundError):
        agency = show_member(connection, code=agency).code
    caller.act_for(agency, pointer="query/agency")
    return agency


def tell(connection: Connection, clock: Clock, caller: Caller, asked: Asked) -> Sequence[Told]:
    """Return the figures of each group in order, with what people call them.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    agency = narrowed(connection, caller, asked.sought.agency)
    sought = replace(asked.sought, agency=agency)
    rows = figures(connection, clock, replace(asked, sought=sought))
    return named(connection, rows, asked.by)


def figures(connection: Connection, clock: Clock, asked: Asked) -> Sequence[FigureRow]:
    """Return the figures of each group, those of opinions among them, in the order of the groups.

    `asked.sought` is taken as it is.
    """
    sought, after, limit = asked.sought, asked.after, asked.limit
    rows = figures_of_dossiers(connection, clock, sought, asked.by, after=after, limit=limit)
    of_dossiers = {row.group: row.figures for row in rows}
    said = facts(connection, sought.agency, (sought.months.begins_at, sought.months.ends_at))
    of_opinions = counted(said, sought, asked.by)
    later = {group for group in of_opinions if not after or group > after}
    return [
        FigureRow(group, {**NONE, **of_dossiers.get(group, {}), **of_opinions.get(group, {})})
        for group in sorted(of_dossiers.keys() | later)[:limit]
    ]


def named(connection: Connection, rows: Sequence[FigureRow], by: Dimensions) -> Sequence[Told]:
    """Return rows with the names of their agencies and procedures."""
    order = [one for one in Dimension if one in by]
    each = [dict(zip(order, row.group, strict=True)) for row in rows]
    agencies = _texts(each, Dimension.AGENCY)
    procedures = _texts(each, Dimension.PROCEDURE)
    names = member_names(connection, agencies) if agencies else {}
    known = show_procedures(connection, procedures) if procedures else {}
    return [
        _told(
            row,
            values,
            names.get(str(values.get(Dimension.AGENCY))),
            known.get(str(values.get(Dimension.PROCEDURE))),
        )
        for row, values in zip(rows, each, strict=True)
    ]


def compare(
    connection: Connection, clock: Clock, caller: Caller, asked: Asked, former: Months
) -> Sequence[Compared]:
    """Return each group's figures in the months asked for and in former ones.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    agency = narrowed(connection, caller, asked.sought.agency)
    sought = replace(asked.sought, agency=agency)
    present = replace(asked, sought=sought)
    then = replace(asked, sought=replace(sought, months=former))
    now = {one.group: one.figures for one in figures(connection, clock, present)}
    before = {one.group: one.figures for one in figures(connection, clock, then)}
    groups = sorted({*now, *before})
    return [Compared(one, now.get(one, NONE), before.get(one, NONE)) for one in groups]


def drill(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    asked: tuple[Sought, Indicator],
    page: tuple[int, int],
) -> Sequence[drilling.Found]:
    """Return the dossiers behind an indicator: from a number on, so many at most.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    sought, indicator = asked
    after, limit = page
    sought = replace(sought, agency=narrowed(connection, caller, sought.agency))
    return drilling.counted(connection, clock, sought, indicator.counts, after=after, limit=limit)


def drill_opinions(
    connection: Connection,
    caller: Caller,
    asked: tuple[Sought, Indicator],
    page: tuple[int, int],
) -> Sequence[OpinionFact]:
    """Return the opinions behind an indicator: from a number on, so many at most.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    sought, indicator = asked
    after, limit = page
    sought = replace(sought, agency=narrowed(connection, caller, sought.agency))
    between = sought.months.begins_at, sought.months.ends_at
    wanted = set(indicator.counts)
    every = facts(connection, sought.agency, between, after=after)
    counting = (one for one in every if is_sought(one, sought))
    found = (one for one in counting if wanted & {name for name, _ in figures_of(one, sought)})
    return list(islice(found, limit))


def tell_publication(
    connection: Connection,
    caller: Caller,
    parts: tuple[str, ...],
    asked: tuple[AgencyCode | None, str | None],
    by: Sequence[Facet],
) -> Sequence[Told]:
    """Return how completely an agency and all below it publish, each group with names.

    `parts` are what a record must have; `asked` is an agency, the caller's own if None, and
    perhaps a sector.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    agency, sector = asked
    shown = Shown(narrowed(connection, caller, agency), sector)
    rows = publication.counted(publication.of(list_published(connection, parts), shown), by)
    return named(connection, rows, [one.dimension for one in by])


def drill_publication(
    connection: Connection, caller: Caller, parts: tuple[str, ...], shown: Shown
) -> Sequence[Publication]:
    """Return the procedures behind it, in the order of their codes.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    wanted = replace(shown, agency=narrowed(connection, caller, shown.agency))
    return [one for _, one in publication.of(list_published(connection, parts), wanted)]


def due_soon(
    connection: Connection, clock: Clock, caller: Caller, sought: Sought, within: timedelta
) -> Sequence[drilling.Found]:
    """Return open dossiers whose limit comes within a time, the next first, at most 200.

    Raises:
        AgencyNotYoursError: as `narrowed` does.
    """
    now: datetime = clock.now()
    sought = replace(sought, agency=narrowed(connection, caller, sought.agency))
    return drilling.due_between(connection, sought, now, now + within, limit=200)


def _told(
    row: FigureRow,
    values: Mapping[Dimension, str | int],
    agency_name: str | None,
    known: FullProcedure | None,
) -> Told:
    if known is None:
        return Told(row, values, agency_name)
    duration = duration_of(known.record, Channel.COUNTER)
    unit = Unit.WORKING_DAYS if duration is None else duration.unit
    return Told(row, values, agency_name, known.name, mean_in(unit.value, row.figures))


def _texts(each: Sequence[Mapping[Dimension, str | int]], dimension: Dimension) -> set[str]:
    return {str(values[dimension]) for values in each if dimension in values}
