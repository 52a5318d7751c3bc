"""Administrative procedures."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.codes import AgencyCode, ProcedureCode

HEAD_FIELDS = frozenset({"code", "name", "agency_code", "state"})
"""Fields of a procedure that its `record` does not repeat."""


class ProcedureState(StrEnum):
    """Whether the procedure is offered to the public."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A kind of case (thủ tục hành chính); `agency` publishes it."""

    code: ProcedureCode
    name: str
    sector_code: str
    sector_name: str
    agency: AgencyCode | None
    state: ProcedureState

    @property
    def national_code(self) -> str:
        """The code without the publishing agency, e.g. `1.003560`."""
        return self.code.national


@dataclass(frozen=True, slots=True)
class FullProcedure(Procedure):
    """A procedure with the rest of its national record, which may be long.

    `record` holds steps, ways to submit, papers, results, legal bases and so on as `schemas`
    words them, ready for JSON, without empty fields.
    """

    record: Mapping[str, Any]
