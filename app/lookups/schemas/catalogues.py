"""JSON of shared catalogues."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.lookups.domain.asking import LookUp, Outcome
from app.lookups.domain.catalogues import CatalogueName, PropertyKind, SharedCatalogue
from app.lookups.schemas.asking import OutcomeOut
from app.platform.wire import ApiModel

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,60}$")]


class CatalogueIn(ApiModel):
    """Danh mục cần lấy. / Which catalogue."""

    code: Code = Field(description="Mã danh mục. / Its code.", examples=["magioitinh"])


class CatalogueNameOut(BaseModel):
    """Tên một danh mục. / A catalogue in the list."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    code: str = Field(description="Mã danh mục. / Its code.")
    name: str = Field(description="Tên danh mục. / Its name.")


class CatalogueNamesOut(OutcomeOut):
    """Các danh mục dùng chung. / Every shared catalogue."""

    items: list[CatalogueNameOut]

    @classmethod
    def of(cls, look_up: LookUp, found: tuple[CatalogueName, ...] | None) -> Self:
        """Show the list."""
        return cls(
            lookup_id=look_up.id,
            outcome=Outcome.FOUND,
            outcome_label=Outcome.FOUND.label,
            items=[CatalogueNameOut.model_validate(one) for one in found or ()],
        )


class PropertyOut(BaseModel):
    """Thuộc tính. / A column."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    code: str = Field(description="Mã thuộc tính, là khoá trong mỗi dòng. / Key in each row.")
    name: str = Field(description="Tên thuộc tính. / Its name.")
    kind: PropertyKind = Field(description="text: chữ, day: ngày. / What it holds.")


class CatalogueOut(BaseModel):
    """Danh mục dùng chung. / A shared catalogue."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    code: str
    properties: list[PropertyOut]
    rows: list[dict[str, str | None]] = Field(
        description="Các dòng, khoá là mã thuộc tính, ngày theo ISO 8601. / Rows, keyed by the "
        "columns' codes; days as in ISO 8601."
    )


class CatalogueAnswerOut(OutcomeOut):
    """Kết quả tra cứu danh mục. / What came of asking for a catalogue."""

    catalogue: CatalogueOut | None = None

    @classmethod
    def of(cls, look_up: LookUp, found: SharedCatalogue | None) -> Self:
        """Show the answer."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            catalogue=None if found is None else CatalogueOut.model_validate(found),
        )
