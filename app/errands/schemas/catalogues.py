"""JSON of rows that are added to a shared catalogue."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from app.errands.domain import Kind, New
from app.errands.schemas.pieces import MaybeLine, Number
from app.fields import AgencyCode
from app.platform.wire import ApiModel

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,99}$")]
Row = Annotated[dict[Key, MaybeLine], Field(min_length=1, max_length=100)]


class CatalogueImportIn(ApiModel):
    """Bổ sung danh mục dùng chung: tất cả hoặc không dòng nào. / Rows to add, all or none."""

    number: Number
    agency_code: AgencyCode | None = Field(None, description="Đơn vị gửi. / The agency.")
    catalogue: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,60}$")] = Field(
        description="Mã danh mục. / Its code.", examples=["madantoc"]
    )
    rows: list[Row] = Field(
        min_length=1,
        max_length=1000,
        description="Các dòng, khoá là mã thuộc tính. / Rows, keyed by the columns' codes.",
    )

    def wanted(self, digest: str) -> New:
        """Return the errand that is asked for; imports into one catalogue keep their order."""
        facts: dict[str, Any] = {"catalogue": self.catalogue, "rows": self.rows}
        return New(
            Kind.CATALOGUE_ROWS,
            facts,
            digest,
            number=self.number,
            agency=self.agency_code,
            group=self.catalogue,
        )


IMPORT: Final[dict[str, Any]] = {
    "number": "DM-2026-0001",
    "catalogue": "madantoc",
    "rows": [{"Ma": "54", "Ten": "Ví Dụ"}],
}
"""The example that the document shows."""
