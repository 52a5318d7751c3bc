"""Lists of priorities, and the services of what is on them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, and_, case, func, insert, or_, select

from app.catalogue.tables import procedures
from app.public_services.domain.offers import Kind
from app.public_services.domain.priorities import NATIONAL, ListedProcedure, PriorityList
from app.public_services.tables import periods, priorities, priority_lists, services


def find(connection: Connection, paper_number: str) -> PriorityList | None:
    """Return the list of a decision."""
    wanted = select(priority_lists).where(priority_lists.c.paper_number == paper_number)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _list(connection, row)


def in_force(connection: Connection, on: date) -> PriorityList | None:
    """Return the list that is in force on a day; of two of one day the one imported last."""
    wanted = (
        select(priority_lists)
        .where(priority_lists.c.effective_from <= on)
        .order_by(priority_lists.c.effective_from.desc(), priority_lists.c.number.desc())
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _list(connection, row)


def add(connection: Connection, given: PriorityList, *, at: datetime) -> None:
    """Add a list."""
    values = {
        "paper_number": given.paper_number,
        "signed_on": given.signed_on,
        "effective_from": given.effective_from,
        "recorded_at": at,
    }
    statement = insert(priority_lists).values(values).returning(priority_lists.c.number)
    number = connection.execute(statement).scalar_one()
    rows = [{"list": number, "procedure": code} for code in sorted(given.procedures)]
    connection.execute(insert(priorities), rows)


def listed(
    connection: Connection, codes: Collection[str], on: date, agency: str | None
) -> Sequence[ListedProcedure]:
    """Return procedures by their national codes, with their services on a day.

    With an `agency` only its services and those below it count.
    """
    names = _names(connection, codes)
    national = func.substr(services.c.procedure, 1, NATIONAL)
    conditions = [
        national.in_(codes),
        periods.c.valid_from <= on,
        or_(periods.c.valid_to.is_(None), periods.c.valid_to > on),
    ]
    if agency is not None:
        below = services.c.agency.startswith(f"{agency}.", autoescape=True)
        conditions.append(or_(services.c.agency == agency, below))
    is_online = and_(periods.c.is_open, periods.c.kind != Kind.INFORMATION.value)
    numbers = [
        func.sum(case((condition, 1), else_=0), type_=Integer)
        for condition in (
            is_online,
            and_(is_online, periods.c.kind == Kind.FULL.value),
            periods.c.is_priority,
        )
    ]
    statement = (
        select(national, func.count(), *numbers)
        .select_from(periods.join(services, services.c.number == periods.c.service))
        .where(*conditions)
        .group_by(national)
    )
    found = {code: tuple(counts) for code, *counts in connection.execute(statement)}
    return [
        ListedProcedure(code, names.get(code), *found.get(code, (0, 0, 0, 0)))
        for code in sorted(codes)
    ]


def _names(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """Return names of the catalogue: of the national procedure, else of a province's own."""
    national = func.substr(procedures.c.code, 1, NATIONAL)
    wanted = (
        select(national, procedures.c.name)
        .where(national.in_(codes))
        .order_by(procedures.c.code.desc())
    )
    return {code: name for code, name in connection.execute(wanted)}  # noqa: C416 -- rows are no pairs


def _list(connection: Connection, row: Row[Any]) -> PriorityList:
    codes = select(priorities.c.procedure).where(priorities.c.list == row.number)
    return PriorityList(
        row.paper_number,
        row.signed_on,
        row.effective_from,
        frozenset(connection.execute(codes).scalars()),
    )
