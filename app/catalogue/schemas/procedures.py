"""Procedures in files and answers."""

from typing import Any, Self

from pydantic import Field

from app import codes
from app.catalogue.domain import HEAD_FIELDS, FullProcedure, Procedure, ProcedureState
from app.catalogue.schemas.record import ProcedureRecord
from app.catalogue.schemas.texts import LongName
from app.fields import AgencyCode, ProcedureCode
from app.platform.wire import ApiModel


class ProcedureIn(ProcedureRecord):
    """A procedure in a catalogue file; its first sector is the one lists show."""

    code: ProcedureCode
    name: LongName
    agency_code: AgencyCode | None = None
    state: ProcedureState

    def procedure(self) -> FullProcedure:
        """Return what the entry says, codes in the spelling of today."""
        record = self.model_dump(mode="json", exclude=set(HEAD_FIELDS), exclude_defaults=True)
        agency = self.agency_code
        return FullProcedure(
            code=codes.ProcedureCode(self.code.canonical),
            name=self.name,
            sector_code=self.sectors[0].code,
            sector_name=self.sectors[0].name,
            agency=None if agency is None else codes.AgencyCode(agency.canonical),
            state=self.state,
            record=record,
        )


class _Head(ApiModel):
    code: str = Field(description="Mã thủ tục. / Code.", examples=["1.003560.H38"])
    national_code: str = Field(
        description="Mã thủ tục quốc gia. / Code without the publisher.", examples=["1.003560"]
    )
    name: str = Field(description="Tên thủ tục hành chính. / Name.")
    sector_code: str = Field(description="Mã lĩnh vực. / Sector.", examples=["G03-GD10"])
    sector_name: str = Field(description="Tên lĩnh vực. / Name of the sector.")
    agency_code: str | None = Field(description="Cơ quan công bố. / Publishing agency.")
    state: ProcedureState = Field(
        description="Đang công khai hay đã thôi. / Offered to the public or withdrawn."
    )


class ProcedureSummaryOut(_Head):
    """A procedure in a list."""

    @classmethod
    def of(cls, procedure: Procedure) -> Self:
        """Return what a list shows of a procedure."""
        return cls(**_head(procedure))


class ProcedureOut(ProcedureRecord, _Head):
    """A procedure with its full record."""

    @classmethod
    def of(cls, procedure: FullProcedure) -> Self:
        """Return a procedure with its full record."""
        return cls.model_validate({**procedure.record, **_head(procedure)}, strict=False)


def _head(procedure: Procedure) -> dict[str, Any]:
    return {
        "code": procedure.code,
        "national_code": procedure.national_code,
        "name": procedure.name,
        "sector_code": procedure.sector_code,
        "sector_name": procedure.sector_name,
        "agency_code": procedure.agency,
        "state": procedure.state,
    }
