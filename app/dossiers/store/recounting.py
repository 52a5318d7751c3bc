"""Reading everything there is, to count it anew."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, select, text, update

from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.measure import EndKind, Mark, Outcome
from app.dossiers.domain.measuring.tallies import Counted
from app.dossiers.store.progress import steps_of_all
from app.dossiers.store.rows import dossier_of, measure_values
from app.dossiers.tables import dossiers

_AT_ONCE: Final = 2000
_SNAPSHOT: Final = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_HALT: Final = text(
    "LOCK TABLE dossiers, dossier_tally_entries, dossier_tallies IN SHARE ROW EXCLUSIVE MODE"
)
_COUNTED: Final = (
    dossiers.c.agency,
    dossiers.c.counted_procedure,
    dossiers.c.sector,
    dossiers.c.channel,
    dossiers.c.received_at,
    dossiers.c.national_delivered_at,
    dossiers.c.marks,
    dossiers.c.ending,
    dossiers.c.ended_at,
    dossiers.c.outcome,
    dossiers.c.worked,
    dossiers.c.elapsed,
    dossiers.c.rated_at,
    dossiers.c.score,
)


def take_snapshot(connection: Connection) -> None:
    """See one moment only from now on; the first statement of a transaction. SQLite always does."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SNAPSHOT)


def halt_acts(connection: Connection) -> None:
    """Let no act change a dossier until this transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_HALT)


def histories(
    connection: Connection, *, after: int, limit: int, is_locked: bool
) -> Sequence[tuple[int, Dossier, Sequence[Step]]]:
    """Return dossiers behind a number, each with its number and progress, so many at most."""
    statement = (
        select(dossiers).where(dossiers.c.number > after).order_by(dossiers.c.number).limit(limit)
    )
    if is_locked:
        statement = statement.with_for_update()
    found = [(row.number, dossier_of(row)) for row in connection.execute(statement)]
    steps = steps_of_all(connection, [dossier.code for _, dossier in found])
    return [(number, dossier, steps.get(dossier.code, [])) for number, dossier in found]


def save_measure(connection: Connection, dossier: Dossier) -> None:
    """Write what a dossier is counted as."""
    values = measure_values(dossier)
    connection.execute(update(dossiers).where(dossiers.c.code == dossier.code).values(**values))


def every_counted(connection: Connection) -> Iterator[Counted]:
    """Return every dossier that is counted, as far as its row says how."""
    last = 0
    while True:
        rows = connection.execute(
            select(dossiers.c.number, *_COUNTED)
            .where(dossiers.c.number > last)
            .order_by(dossiers.c.number)
            .limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        last = rows[-1].number
        for row in rows:
            if row.marks is not None:
                yield Counted(
                    row.agency,
                    row.counted_procedure,
                    row.sector,
                    row.channel,
                    row.received_at,
                    is_synced=row.national_delivered_at is not None,
                    marks=Mark(row.marks),
                    end=row.ending and EndKind(row.ending),
                    ended_at=row.ended_at,
                    outcome=row.outcome and Outcome(row.outcome),
                    worked=row.worked,
                    elapsed=row.elapsed,
                    rated_at=row.rated_at,
                    score=row.score or 0,
                )
