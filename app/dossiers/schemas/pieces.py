"""Parts of a dossier as the gateway answers it."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from app.dossiers.domain.filing import Attachment, Fee, FeeKind


class Out(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class AttachmentOut(Out):
    """Giấy tờ nộp kèm. / A paper handed in."""

    component_code: str
    name: str
    url: str
    digitised: bool

    @classmethod
    def of(cls, paper: Attachment) -> Self:
        """Show a paper."""
        return cls(
            component_code=paper.component_code,
            name=paper.name,
            url=paper.url,
            digitised=paper.digitised,
        )


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
