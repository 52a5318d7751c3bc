"""Figures as CSV that spreadsheets open: UTF-8 with its mark, one row for each group."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from app.dossiers.domain.measuring.figures import Dimension
from app.statistics.domain.indicators import Indicator
from app.statistics.domain.opinions import ALL_FIGURES
from app.statistics.domain.table import INDICATORS
from app.statistics.domain.telling import Told

_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Sequence[Told], by: Sequence[Dimension]) -> str:
    """Return the rows as CSV; a head names columns as the JSON does.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    return table_of(rows, by, ALL_FIGURES, INDICATORS)


def table_of(
    rows: Sequence[Told],
    by: Sequence[Dimension],
    figures: Sequence[str],
    indicators: Mapping[str, Indicator],
) -> str:
    """Return rows with these figures and indicators as CSV."""
    file = io.StringIO()
    file.write(_MARK)
    writer = csv.writer(file)
    names = ["agency_name"] if Dimension.AGENCY in by else []
    names += ["procedure_name"] if Dimension.PROCEDURE in by else []
    writer.writerow([*(one.value for one in by), *names, *figures, *indicators])
    for told in rows:
        values = (one.value(told.row.figures) for one in indicators.values())
        writer.writerow(
            [
                *(_plain(value) for value in told.row.group),
                *(_plain(getattr(told, name)) for name in names),
                *(told.row.figures[name] for name in figures),
                *("" if value is None else value for value in values),
            ]
        )
    return file.getvalue()


def _plain(value: str | int | None) -> str | int:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
