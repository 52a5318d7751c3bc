"""Counting documents, on either database with the same statements."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from app.codes import AgencyCode
from app.documents.domain.documents import Route
from app.documents.domain.families import OWN
from app.documents.domain.statistics import Counts, Dimension, Dimensions, Group
from app.documents.store.searching import Direction
from app.documents.tables import checks, dealings, documents, facts, shelves
from app.platform.schema import Instant

_MONTH: Final = 7
"""Characters of `2026-11`."""

Counted = Mapping[Group, Counts]


@dataclass(frozen=True, slots=True)
class Span:
    """Whose documents are counted, from the first day of a month to the last one of a month."""

    member: AgencyCode
    first: date
    last: date
    now: datetime


def sent(connection: Connection, span: Span, by: Dimensions) -> Counted:
    """Count what members of ours sent, by the month in which we took it over.

    Whom an update gave a document counts with the document itself.
    """
    document = func.coalesce(dealings.c.original, dealings.c.document)
    reached = (
        select(
            document.label("document"),
            func.count().label("recipients"),
            _sum(dealings.c.route == Route.AXIS.value).label("beyond"),
            _sum(dealings.c.route != Route.HERE.value).label("ours"),
            _sum(dealings.c.refused_at.is_not(None)).label("refused"),
            _sum(dealings.c.finished_at.is_not(None)).label("finished"),
        )
        .group_by(document)
        .subquery()
    )
    statement = (
        select(
            *_columns(by, documents.c.from_code, facts.c.month),
            *_shared(reached.c.beyond > 0),
            _sum(facts.c.is_late.is_(True)).label("late"),
            func.sum(reached.c.recipients).label("recipients"),
            func.sum(reached.c.refused).label("refused"),
            func.sum(reached.c.finished).label("finished"),
        )
        .select_from(_joined(facts))
        .join(reached, and_(reached.c.document == facts.c.document, reached.c.ours > 0))
        .join(shelves, shelves.c.document == facts.c.document)
        .where(
            shelves.c.direction == Direction.SENT.value,
            shelves.c.member == span.member.canonical,
            documents.c.business.in_([one.value for one in OWN]),
            facts.c.month.between(f"{span.first:%Y-%m}", f"{span.last:%Y-%m}"),
        )
    )
    return _counted(connection, statement, by)


def received(connection: Connection, span: Span, by: Dimensions) -> Counted:
    """Count what came to members of ours, by the month in which it arrived."""
    month = func.substr(cast(dealings.c.arrived_on, String), 1, _MONTH)
    below = dealings.c.recipient.startswith(f"{span.member.canonical}.", autoescape=True)
    statement = (
        select(
            *_columns(by, dealings.c.recipient, month),
            *_shared(dealings.c.route == Route.HERE.value),
            _sum(_is_confirmed_late(span.now)).label("late"),
            func.count().label("recipients"),
            _sum(dealings.c.refused_at.is_not(None)).label("refused"),
            _sum(dealings.c.finished_at.is_not(None)).label("finished"),
        )
        .select_from(_joined(facts))
        .join(dealings, dealings.c.document == facts.c.document)
        .where(
            dealings.c.route != Route.AXIS.value,
            or_(dealings.c.recipient == span.member.canonical, below),
            dealings.c.arrived_on.between(span.first, span.last),
        )
    )
    return _counted(connection, statement, by)


def _is_confirmed_late(now: datetime) -> ColumnElement[bool]:
    is_open = and_(dealings.c.confirmed_at.is_(None), dealings.c.closed_at.is_(None))
    return or_(
        dealings.c.confirmed_at >= dealings.c.confirm_by,
        and_(is_open, dealings.c.confirm_by <= literal(now, Instant)),
    )


def _shared(is_beyond: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    organisation, person = checks.c.by_organisation.is_(True), checks.c.by_person.is_(True)
    is_looked_at = checks.c.is_due.is_(False)
    unsigned = and_(
        is_looked_at, checks.c.by_organisation.is_(False), checks.c.by_person.is_(False)
    )
    return [
        func.count().label("documents"),
        _sum(is_beyond).label("interlinked"),
        _sum(facts.c.has_paper.is_(False)).label("electronic_only"),
        _sum(facts.c.has_paper.is_(True)).label("with_paper"),
        _sum(and_(organisation, checks.c.by_person.is_(False))).label("signed_by_organisation"),
        _sum(and_(person, checks.c.by_organisation.is_(False))).label("signed_by_person"),
        _sum(and_(organisation, person)).label("signed_by_both"),
        _sum(unsigned).label("unsigned"),
        _sum(checks.c.is_due.is_(True)).label("unexamined"),
    ]


def _joined(table: Any) -> Any:
    return table.join(documents, documents.c.id == table.c.document).join(
        checks, checks.c.document == table.c.document
    )


def _columns(
    by: Dimensions, member: ColumnElement[str], month: ColumnElement[str]
) -> list[ColumnElement[Any]]:
    depth = func.length(member) - func.length(func.replace(member, ".", "")) + 1
    every = {
        Dimension.MONTH: month,
        Dimension.MEMBER: member,
        Dimension.LEVEL: depth,
        Dimension.TYPE: func.coalesce(documents.c.type_name, ""),
    }
    return [every[one].label(f"by_{one.value}") for one in by]


def _counted(connection: Connection, statement: Select[Any], by: Dimensions) -> Counted:
    names = [f"by_{one.value}" for one in by]
    grouped = statement.group_by(*(statement.selected_columns[name] for name in names))
    return {
        Group(**{one.value: getattr(row, f"by_{one.value}") for one in by}): Counts(
            **{one.name: int(getattr(row, one.name) or 0) for one in fields(Counts)}
        )
        for row in connection.execute(grouped)
    }


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0), type_=Integer)
