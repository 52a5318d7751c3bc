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
    """A kind of case (thủ tục hành chính).

    `agency` publishes it. `record` is the rest of the national record (steps, ways to submit,
    papers, results, legal bases, …) as `schemas` words it, ready for JSON, without empty fields.
    """

    code: ProcedureCode
    name: str
    sector_code: str
    sector_name: str
    agency: AgencyCode | None
    state: ProcedureState
    record: Mapping[str, Any]

    @property
    def national_code(self) -> str:
        """The code without the publishing agency, e.g. `1.003560`."""
        return self.code.national
