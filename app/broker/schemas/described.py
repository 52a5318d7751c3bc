"""JSON of description documents that were taken over."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.broker.domain.describing import Change, ChangeKind
from app.broker.store.descriptions import Imported
from app.fields import Moment


class ChangeOut(BaseModel):
    """Một khác biệt so với bản trước. / A difference to the document before."""

    model_config = ConfigDict(frozen=True)

    kind: ChangeKind = Field(description="breaking: hỏng hệ thống đang dùng; new: thêm mới.")
    operation: str = Field(examples=["GET /thuaDat/{id}"])
    place: str = Field(description="Trong thao tác đó. / Inside it.", examples=["200/dien_tich"])
    text: str
    text_en: str

    @classmethod
    def of(cls, change: Change) -> Self:
        """Show a difference."""
        return cls(
            kind=change.kind,
            operation=change.operation,
            place=change.place,
            text=change.text,
            text_en=change.text_en,
        )


class ImportOut(BaseModel):
    """Một lần nhập bản mô tả. / A document that was taken over."""

    model_config = ConfigDict(frozen=True)

    kind: str = Field(description="openapi | wsdl")
    title: str
    media_type: str
    digest: str = Field(description="SHA-256 của tài liệu. / Of the document.")
    changes: list[ChangeOut] = Field(
        description="So với bản trước; phần gây hỏng đứng đầu. / Breaking ones first."
    )
    imported_at: Moment
    imported_by: str

    @classmethod
    def of(cls, imported: Imported) -> Self:
        """Show an import."""
        return cls(
            kind=imported.kind,
            title=imported.title,
            media_type=imported.media_type,
            digest=imported.digest,
            changes=[ChangeOut.of(one) for one in imported.changes],
            imported_at=imported.imported_at,
            imported_by=imported.imported_by,
        )


class DescribedOut(ImportOut):
    """Bản mô tả vừa nhập, và các thao tác lấy từ nó. / With the operations taken from it."""

    operations: list[str] = Field(examples=[["GET /thuaDat/{id}"]])
