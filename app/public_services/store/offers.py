"""Services as they are on a day: found, listed, counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, func, or_, select

from app.catalogue.domain import FullProcedure
from app.catalogue.tables import procedures
from app.codes import AgencyCode, ProcedureCode
from app.public_services.domain.coverage import Counts, Dimension, Group, Wanted
from app.public_services.domain.offers import Decision, Kind, Offer
from app.public_services.store.decisions import FACTS, decision_of
from app.public_services.tables import decisions, periods, services

_JOINED: Final = (
    periods.join(services, services.c.number == periods.c.service)
    .join(decisions, decisions.c.number == periods.c.decision)
    .join(procedures, procedures.c.code == services.c.procedure)
)
_COUNTED: Final = periods.join(services, services.c.number == periods.c.service).join(
    procedures, procedures.c.code == services.c.procedure
)
_SHOWN: Final = (
    *FACTS,
    services.c.procedure,
    services.c.agency,
    procedures.c.name,
    procedures.c.sector_code,
    procedures.c.sector_name,
)
_ONLINE: Final = and_(periods.c.is_open, periods.c.kind != Kind.INFORMATION.value)
_KEYS: Final = {
    Dimension.LEVEL: periods.c.level,
    Dimension.SECTOR: procedures.c.sector_code,
    Dimension.AGENCY: services.c.agency,
    Dimension.KIND: periods.c.kind,
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A service as it is on a day, by the decision in force."""

    offer: Offer
    procedure_name: str
    sector_code: str
    sector_name: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Shown:
    """A procedure with its full record, and its services on a day."""

    procedure: FullProcedure
    offered: Sequence[Offered]


def page(
    connection: Connection, wanted: Wanted, *, after: tuple[str, str] | None, limit: int
) -> Sequence[Offered]:
    """Return services in force, in the order of procedure and agency, behind `after`."""
    key = (services.c.procedure, services.c.agency)
    statement = select(*_SHOWN).select_from(_JOINED).where(*_conditions(wanted))
    if after is not None:
        procedure, agency = after
        later = and_(key[0] == procedure, key[1] > agency)
        statement = statement.where(or_(key[0] > procedure, later))
    return _offered(connection, statement.order_by(*key).limit(limit))


def of_procedure(
    connection: Connection,
    wanted: Wanted,
    procedure: ProcedureCode,
    agencies: Collection[str] | None,
) -> Sequence[Offered]:
    """Return the services of one procedure in force, of these agencies or of all of them."""
    statement = (
        select(*_SHOWN)
        .select_from(_JOINED)
        .where(services.c.procedure == str(procedure), *_conditions(wanted))
    )
    if agencies is not None:
        statement = statement.where(services.c.agency.in_(agencies))
    return _offered(connection, statement.order_by(services.c.agency).limit(_MOST))


_MOST: Final = 1000
"""A province has fewer agencies."""


def count(
    connection: Connection, wanted: Wanted, by: Sequence[Dimension]
) -> Sequence[tuple[Group, Counts]]:
    """Count the services in force, in groups, in the order of their keys."""
    keys = [_KEYS[one].label(one.value) for one in by]
    statement = (
        select(*keys, *_numbers())
        .select_from(_COUNTED)
        .where(*_conditions(wanted))
        .group_by(*(_KEYS[one] for one in by))
    )
    found = []
    for row in connection.execute(statement).mappings():
        group = Group(**{one.value: row[one.value] for one in by})
        names = Counts.__slots__
        found.append((group, Counts(**{name: int(row[name] or 0) for name in names})))
    return sorted(found, key=lambda one: one[0])


def _numbers() -> list[ColumnElement[Any]]:
    def many(condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
        return func.sum(case((condition, 1), else_=0), type_=Integer).label(name)

    def online(kind: Kind) -> ColumnElement[bool]:
        return and_(periods.c.is_open, periods.c.kind == kind.value)

    return [
        func.count().label("services"),
        many(_ONLINE, "online"),
        many(online(Kind.PARTIAL), "partial"),
        many(online(Kind.FULL), "full"),
        many(~periods.c.is_open, "suspended"),
        many(periods.c.on_national_portal, "on_national_portal"),
        many(periods.c.by_post, "by_post"),
        many(periods.c.online_payment, "online_payment"),
        many(periods.c.is_priority, "priority"),
        many(periods.c.is_chosen, "chosen"),
        many(and_(periods.c.is_chosen, _ONLINE), "chosen_online"),
    ]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        periods.c.valid_from <= wanted.on,
        or_(periods.c.valid_to.is_(None), periods.c.valid_to > wanted.on),
    ]
    if wanted.agency is not None:
        top = wanted.agency.canonical
        below = services.c.agency.startswith(f"{top}.", autoescape=True)
        found.append(or_(services.c.agency == top, below))
    if wanted.sector is not None:
        found.append(procedures.c.sector_code == wanted.sector)
    if wanted.kind is not None:
        found.append(periods.c.kind == wanted.kind.value)
    if wanted.level is not None:
        found.append(periods.c.level == wanted.level.value)
    return found


def _offered(connection: Connection, statement: Select[Any]) -> Sequence[Offered]:
    return [
        Offered(
            Offer(ProcedureCode(row.procedure), AgencyCode(row.agency)),
            row.name,
            row.sector_code,
            row.sector_name,
            decision_of(row),
        )
        for row in connection.execute(statement)
    ]


def sector_names(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """Return the names of sectors by their codes."""
    wanted = select(procedures.c.sector_code, procedures.c.sector_name).where(
        procedures.c.sector_code.in_(codes)
    )
    return {row.sector_code: row.sector_name for row in connection.execute(wanted.distinct())}
