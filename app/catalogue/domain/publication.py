"""Công khai thủ tục: which parts of its record a published procedure has."""

from dataclasses import dataclass

from app.codes import AgencyCode, ProcedureCode


@dataclass(frozen=True, slots=True)
class Publication:
    """A published procedure, with the parts of its record that it must have and has or lacks.

    `agency` is who publishes it: as the record says, else by its code; None where neither does.
    """

    code: ProcedureCode
    name: str
    agency: AgencyCode | None
    sector: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it lacks nothing."""
        return not self.lacks
