"""JSON of how documents hang together, and of copies that are gone."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.documents.domain.relations import Related
from app.documents.domain.withdrawal import Cause, Withdrawal
from app.fields import Moment


class RelationName(StrEnum):
    """Quan hệ giữa hai văn bản, from either side."""

    REVOKES = "revokes"
    UPDATES = "updates"
    REPLACES = "replaces"
    ANSWERS = "answers"
    REVOKED_BY = "revoked_by"
    UPDATED_BY = "updated_by"
    REPLACED_BY = "replaced_by"
    ANSWERED_BY = "answered_by"


class RelatedOut(BaseModel):
    """Another document that this one names, or that names this one."""

    model_config = ConfigDict(frozen=True)

    relation: RelationName = Field(description="Quan hệ. / How they hang together.")
    id: str | None = Field(
        description="Mã của hệ thống này, nếu văn bản kia có ở đây. / Our id, if it is here."
    )
    document_id: str = Field(description="Mã định danh văn bản kia. / Its document id.")
    recipient: str | None = Field(
        description="Chỉ đối với đơn vị nhận này. / For this recipient only."
    )

    @classmethod
    def of(cls, related: Related) -> Self:
        """Return a tie."""
        return cls(
            relation=RelationName(related.relation),
            id=related.id,
            document_id=related.document_id,
            recipient=related.recipient,
        )


class WithdrawalOut(BaseModel):
    """A recipient's copy that is gone; its content is answered with 410."""

    model_config = ConfigDict(frozen=True)

    at: Moment = Field(description="Từ khi nào. / Since when.")
    cause: Cause = Field(description="Vì sao. / Why.")
    by: str = Field(description="Văn bản gây ra, mã của hệ thống này. / By which document of ours.")

    @classmethod
    def of(cls, withdrawal: Withdrawal) -> Self:
        """Return a withdrawal."""
        return cls(at=withdrawal.at, cause=withdrawal.cause, by=withdrawal.by)
