"""Parts of a dossier as the gateway answers it."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.filing import Attachment, Fee, FeeKind
from app.dossiers.domain.reuse import ReuseKind


class Out(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class ReuseOut(Out):
    """Giấy tờ, kết quả được tái sử dụng. / What a paper is taken from."""

    kind: ReuseKind = Field(description="component: giấy tờ, result: kết quả. / Which kind.")
    dossier: str = Field(description="Mã hồ sơ đã có. / The earlier dossier.")
    number: int = Field(description="Thứ tự trong hồ sơ đó. / Which of its papers or results.")
    result_code: str


class AttachmentOut(Out):
    """Giấy tờ nộp kèm. / A paper handed in."""

    component_code: str
    name: str
    url: str = Field(description="Rỗng khi tệp giữ tại đây. / Empty for a file that is held here.")
    digitised: bool
    file_id: str = Field(
        description="Tệp giữ tại đây, hoặc rỗng; xem /v1/files. / The file that is held here, or "
        "empty."
    )
    reuse: ReuseOut | None = Field(description="Lấy từ hồ sơ đã có. / Taken from an earlier one.")
    is_from_store: bool = Field(
        description="Từ kho dữ liệu cá nhân. / From the owner's national personal store."
    )

    @classmethod
    def of(cls, paper: Attachment) -> Self:
        """Show a paper."""
        return cls.model_validate(paper)


class FeeOut(Out):
    """Phí, lệ phí. / A fee in whole đồng."""

    code: str
    name: str
    amount_vnd: int
    kind: FeeKind

    @classmethod
    def of(cls, fee: Fee) -> Self:
        """Show a fee."""
        return cls(code=fee.code, name=fee.name, amount_vnd=fee.amount_vnd, kind=fee.kind)
