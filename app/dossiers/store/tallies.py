"""The summaries: what acts add, and the totals into which a worker folds it from time to time.

An act only adds rows, so no two acts ever wait for each other because of the summaries. Whoever
counts reads totals and entries in one statement: both are right at any moment.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.measuring.tallies import (
    COUNTERS,
    EVER,
    NOTHING,
    Cell,
    Counts,
    Tally,
    change_of,
    month_of,
)
from app.dossiers.tables import dossiers, tallies, tally_entries
from app.platform.inserting import insert_rows

CELL: Final = ("agency", "procedure", "sector", "channel", "month")
_YEAR: Final = 4
"""Characters of `2026`."""

_NAMES: Final = (*CELL, *COUNTERS)
_CELL_OF: Final = attrgetter(*CELL)
_COUNTS_OF: Final = attrgetter(*COUNTERS)
_COUNTED: Final = select(
    dossiers.c.agency,
    dossiers.c.counted_procedure,
    dossiers.c.sector,
    dossiers.c.channel,
    dossiers.c.received_at,
).where(dossiers.c.code == bindparam("code"), dossiers.c.marks.is_not(None))
_OLDEST: Final = select(tally_entries).order_by(tally_entries.c.number)
_UPSERTS: Final = {}
for _name, _insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert)):
    _row = _insert(tallies)
    _UPSERTS[_name] = _row.on_conflict_do_update(
        index_elements=["grain", *CELL],
        set_={name: tallies.c[name] + _row.excluded[name] for name in COUNTERS},
    )


class Grain(StrEnum):
    """How finely a total is kept.

    `agency` has no procedure and sector; `procedure` has the first level of the code for agency.
    """

    BOTH = "both"
    AGENCY = "agency"
    PROCEDURE = "procedure"


def count_change(connection: Connection, before: Dossier | None, after: Dossier) -> None:
    """Add what changed of what a dossier is counted as."""
    add_entries(connection, change_of(before, after))


def add_entries(connection: Connection, added: Tally) -> None:
    """Add to the summaries."""
    if added:
        rows = [dict(zip(_NAMES, (*cell, *counts), strict=True)) for cell, counts in added.items()]
        insert_rows(connection, tally_entries, rows)


def count_delivery(connection: Connection, code: DossierCode) -> None:
    """Count a dossier as known to the nation: this is its first delivery."""
    row = connection.execute(_COUNTED, {"code": code}).one_or_none()
    if row is not None:
        month = month_of(row.received_at)
        cell = Cell(row.agency, row.counted_procedure, row.sector, row.channel, month)
        add_entries(connection, {cell: Counts(synced=1)})


def fold(connection: Connection, *, at_most: int) -> int:
    """Take so many entries into the totals and return how many there were.

    Several may do it at once; each takes others' entries, and totals in the same order.
    """
    rows = connection.execute(_OLDEST.limit(at_most).with_for_update(skip_locked=True)).all()
    if not rows:
        return 0
    sums = summed([{cell: counts} for cell, counts in map(_read, rows)])
    if sums:
        add_totals(connection, sums)
    numbers = [row.number for row in rows]
    connection.execute(delete(tally_entries).where(tally_entries.c.number.in_(numbers)))
    return len(rows)


def add_totals(connection: Connection, sums: Mapping[tuple[Grain, Cell], Counts]) -> None:
    """Add to totals."""
    values = [{"grain": key[0].value, **_values(key[1], sums[key])} for key in sorted(sums)]
    connection.execute(_UPSERTS[connection.dialect.name], values)


def shares_of(cell: Cell, counts: Counts) -> Iterator[tuple[tuple[Grain, Cell], Counts]]:
    """Return the totals that a cell is part of, each with what it adds to them.

    Beside its month it is in its year, and in `EVER`, where only what was received and ended is
    kept.
    """
    root, channel = AgencyCode(cell.agency).root, cell.channel
    ever = Counts(received=counts.received, ended=counts.ended)
    for month, added in ((cell.month, counts), (cell.month[:_YEAR], counts), (EVER, ever)):
        if added != NOTHING:
            both = Cell(cell.agency, cell.procedure, cell.sector, channel, month)
            yield (Grain.BOTH, both), added
            yield (Grain.AGENCY, Cell(cell.agency, "", "", channel, month)), added
            whole = Cell(root, cell.procedure, cell.sector, channel, month)
            yield (Grain.PROCEDURE, whole), added


def totals(connection: Connection) -> dict[tuple[Grain, Cell], Counts]:
    """Return every total, with what is not folded yet."""
    found: dict[tuple[Grain, Cell], Counts] = defaultdict(Counts)
    for row in connection.execute(select(tallies)):
        cell, counts = _read(row)
        found[Grain(row.grain), cell] = counts
    for row in connection.execute(select(tally_entries)):
        cell, counts = _read(row)
        for key, added in shares_of(cell, counts):
            found[key] = found[key].plus(added)
    return {key: counts for key, counts in found.items() if counts != NOTHING}


def replace_totals(
    connection: Connection, sums: Mapping[tuple[Grain, Cell], Counts], *, step: int = 1000
) -> None:
    """Write the totals anew."""
    connection.execute(delete(tally_entries))
    connection.execute(delete(tallies))
    every = list(sums.items())
    for first in range(0, len(every), step):
        add_totals(connection, dict(every[first : first + step]))


def summed(parts: Iterable[Tally]) -> dict[tuple[Grain, Cell], Counts]:
    """Return the totals that tallies come to."""
    found: dict[tuple[Grain, Cell], list[int]] = {}
    for part in parts:
        for cell, counts in part.items():
            for key, added in shares_of(cell, counts):
                sums = found.get(key)
                if sums is None:
                    found[key] = list(added)
                else:
                    found[key] = [a + b for a, b in zip(sums, added, strict=True)]
    return {key: Counts(*sums) for key, sums in found.items() if any(sums)}


def _read(row: Any) -> tuple[Cell, Counts]:
    return Cell(*_CELL_OF(row)), Counts(*_COUNTS_OF(row))


def _values(cell: Cell, counts: Counts) -> dict[str, Any]:
    return dict(zip(_NAMES, (*cell, *counts), strict=True))
