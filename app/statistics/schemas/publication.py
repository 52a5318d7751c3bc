"""How completely procedures are published, as JSON."""

from typing import Self

from pydantic import Field

from app.catalogue.domain.publication import Publication
from app.dossiers.domain.measuring.figures import Dimension
from app.statistics.domain.publication import PUBLICATION
from app.statistics.domain.telling import Told
from app.statistics.schemas.rows import Out, Values


class PublicationRowOut(Out):
    """Mức độ công khai của một nhóm. / One group; a dimension not asked for is null."""

    agency: str | None = Field(description="Cơ quan công bố. / Publishing agency.")
    agency_name: str | None
    level: int | None = Field(description="Cấp của cơ quan, 1 là cấp tỉnh. / Its level.")
    sector: str | None = Field(description="Mã lĩnh vực. / Sector.")
    procedure: str | None = Field(description="Mã thủ tục. / Procedure.")
    procedure_name: str | None
    figures: dict[str, int] = Field(description="Số đếm để cộng được. / Counts that add up.")
    indicators: Values = Field(description="Giá trị chỉ tiêu. / Values.")

    @classmethod
    def of(cls, told: Told) -> Self:
        """Show one group."""
        of_procedures = (Dimension.AGENCY, Dimension.LEVEL, Dimension.SECTOR, Dimension.PROCEDURE)
        figures = told.row.figures
        return cls.model_validate(
            {
                **{one.value: told.values.get(one) for one in of_procedures},
                "agency_name": told.agency_name,
                "procedure_name": told.procedure_name,
                "figures": figures,
                "indicators": {key: one.value(figures) for key, one in PUBLICATION.items()},
            }
        )


class PublishedOut(Out):
    """Một thủ tục đang công khai. / A published procedure, with what its record lacks."""

    code: str
    name: str
    agency: str
    sector: str
    is_complete: bool
    missing: list[str] = Field(
        description="Phần bắt buộc còn thiếu của bản ghi. / Required parts it lacks."
    )

    @classmethod
    def of(cls, one: Publication) -> Self:
        """Show a procedure."""
        return cls(
            code=one.code,
            name=one.name,
            agency="" if one.agency is None else one.agency.canonical,
            sector=one.sector,
            is_complete=one.is_complete,
            missing=list(one.lacks),
        )
