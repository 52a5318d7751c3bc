"""Rows of progress."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select

from app.codes import DossierCode
from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.dossier import Step
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.statuses import Status
from app.dossiers.tables import progress

_STEP: Final = tuple(field.name for field in fields(Step))
_STEPS: Final = (
    select(progress).where(progress.c.dossier == bindparam("of")).order_by(progress.c.number)
)
_STEPS_OF_ALL: Final = (
    select(progress)
    .where(progress.c.dossier.in_(bindparam("of", expanding=True)))
    .order_by(progress.c.number)
)
_ADD_STEP: Final = insert(progress).returning(progress.c.number)


def add_step(connection: Connection, code: DossierCode, step: Step) -> int:
    """Add a row of progress and return its number."""
    values = {"dossier": code} | {name: getattr(step, name) for name in _STEP}
    number: int = connection.execute(_ADD_STEP, values).scalar_one()
    return number


def steps_of(connection: Connection, code: DossierCode) -> Sequence[tuple[int, Step]]:
    """Return the progress of a dossier, each row with its number, in order."""
    rows = connection.execute(_STEPS, {"of": code})
    return [(row.number, step_of(row)) for row in rows]


def steps_of_all(
    connection: Connection, codes: Collection[DossierCode]
) -> Mapping[str, Sequence[Step]]:
    """Return the progress of several dossiers, each in order."""
    found: dict[str, list[Step]] = defaultdict(list)
    for row in connection.execute(_STEPS_OF_ALL, {"of": list(codes)}):
        found[row.dossier].append(step_of(row))
    return found


def step_of(row: Row[Any]) -> Step:
    """Return the row of progress that a row of the table is."""
    return Step(
        status=Status(row.status),
        happened_at=row.happened_at,
        staff_name=row.staff_name,
        content=row.content,
        staff_title=row.staff_title,
        department=row.department,
        started_at=row.started_at,
        due_at=row.due_at,
        actor=row.actor and ActorKind(row.actor),
        act=ActName(row.act or ActName.PROGRESS),
    )
