"""Provinces and communes."""

from pydantic import Field

from app.catalogue.domain import Division
from app.platform.wire import ApiModel


class DivisionOut(ApiModel):
    """A province or commune of today."""

    code: str = Field(
        description="Mã đơn vị hành chính của cơ quan thống kê: 2 chữ số (tỉnh) hoặc 5 (xã). / "
        "Code of the statistics office: 2 digits for a province, 5 for a commune.",
        examples=["15"],
    )
    name: str = Field(description="Tên. / Name.", examples=["Lào Cai"])
    kind: str = Field(
        description="Loại: tỉnh, thành phố trung ương, xã, phường, đặc khu. / Kind, in Vietnamese.",
        examples=["tỉnh"],
    )

    @classmethod
    def of(cls, division: Division) -> "DivisionOut":
        """Return what is shown of a division."""
        return cls(code=division.code, name=division.name, kind=division.kind)
