"""What the portal would refuse or miscount, as the gateway answers it."""

from typing import Self

from pydantic import Field

from app.dossiers.domain.quality import Finding, Severity
from app.dossiers.schemas.pieces import Out


class FindingOut(Out):
    """Một điểm về chất lượng dữ liệu. / A fault of the data."""

    name: str = Field(description="Tên bền vững. / A stable word.", examples=["no-due-date"])
    severity: Severity = Field(
        description="refused: Cổng sẽ từ chối; miscounted: Cổng sẽ đếm sai. / What comes of it."
    )
    pointer: str = Field(description="Trường liên quan. / Where it stands.")
    detail: str
    detail_en: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Show a finding."""
        return cls(
            name=finding.name,
            severity=finding.severity,
            pointer=finding.pointer,
            detail=finding.detail,
            detail_en=finding.detail_en,
        )
