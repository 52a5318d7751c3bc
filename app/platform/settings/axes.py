"""Further systems of ours at the document axis, as rows of a setting."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.codes import AgencyCode


@dataclass(frozen=True, slots=True)
class AxisSystem:
    """A system at the axis that speaks for one of our members and all below it."""

    member: AgencyCode
    system_id: str
    secret_file: Path

    @classmethod
    def of(cls, row: str) -> Self:
        """Read `MEMBER=SYSTEMID=FILE`.

        Raises:
            ValueError: if it is none.
        """
        member, system_id, file = row.split("=", 2)
        if not system_id or not file:
            raise ValueError("wanted MEMBER=SYSTEMID=FILE")
        return cls(AgencyCode(AgencyCode(member).canonical), system_id, Path(file))
