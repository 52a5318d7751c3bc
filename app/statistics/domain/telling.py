"""Figures as they are told: with names, and two periods beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.dossiers.domain.measuring.figures import Dimension, FigureRow, Group
from app.statistics.domain.means import Mean


@dataclass(frozen=True, slots=True)
class Told:
    """A group's figures with the names of its agency and procedure.

    `mean` is the average time in the unit of the procedure that the group is of.
    """

    row: FigureRow
    values: Mapping[Dimension, str | int]
    agency_name: str | None = None
    procedure_name: str | None = None
    mean: Mean | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A group's figures in two periods."""

    group: Group
    present: Mapping[str, int]
    former: Mapping[str, int]
