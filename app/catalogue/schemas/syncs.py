"""What a synchronisation with the nation changed."""

from typing import Self

from pydantic import Field

from app.catalogue.store.syncs import Sync
from app.fields import Moment
from app.platform.wire import ApiModel


class AlteredOut(ApiModel):
    """Một trường thay đổi. / A field that changed; values only where they are short."""

    field: str
    before: str | None
    after: str | None


class NamedOut(ApiModel):
    """Một thủ tục. / A procedure."""

    code: str
    name: str
    altered: list[AlteredOut]


class DifferenceOut(ApiModel):
    """Khác biệt. / What changed."""

    new: list[NamedOut] = Field(description="Mới. / New.")
    changed: list[NamedOut] = Field(description="Thay đổi. / Changed.")
    withdrawn: list[NamedOut] = Field(description="Ngừng, không xoá. / Switched off, not deleted.")
    unchanged: int
    unreadable: list[str] = Field(description="Không đọc được. / Records that cannot be read.")


class SyncOut(ApiModel):
    """Một lần đồng bộ. / One synchronisation."""

    number: int
    kind: str = Field(description="Loại danh mục. / Kind.", examples=["procedures"])
    at: Moment
    difference: DifferenceOut

    @classmethod
    def of(cls, sync: Sync) -> Self:
        """Show one synchronisation."""
        told = DifferenceOut.model_validate(sync.difference, strict=False)
        return cls(number=sync.number, kind=sync.kind, at=sync.at, difference=told)
