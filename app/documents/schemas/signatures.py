"""JSON of signatures and of what they make a document worth."""

from typing import Self

from pydantic import Field

from app.documents.domain.legal_value import (
    Check,
    LegalValue,
    PacketSignature,
    Seal,
    SealState,
    Signatory,
)
from app.documents.schemas.outgoing import AnswerModel
from app.fields import Moment


class SealOut(AnswerModel):
    """A signature inside a PDF."""

    n: int = Field(description="Trong tệp số mấy. / In which file.")
    state: SealState = Field(description="Tình trạng. / State.")
    signatory: Signatory | None = Field(
        description="Của cơ quan, tổ chức hay của cá nhân. / An organisation's or a person's."
    )
    signer: str | None = Field(description="Tên trên chứng thư số. / Name in the certificate.")
    signed_at: Moment | None = Field(description="Ký lúc, theo người ký. / As the signer says.")
    certificate_sha256: str | None = Field(description="Mã băm chứng thư. / Its certificate.")

    @classmethod
    def of(cls, seal: Seal) -> Self:
        """Return a signature."""
        return cls(
            n=seal.n,
            state=seal.state,
            signatory=seal.signatory,
            signer=seal.signer,
            signed_at=seal.signed_at,
            certificate_sha256=seal.certificate,
        )


class SignaturesOut(AnswerModel):
    """What a look at signatures found."""

    checked_at: Moment = Field(description="Kiểm tra lúc. / Looked at.")
    packet_signature: PacketSignature = Field(
        description="Chữ ký của gói tin edXML. / The packet's own signature."
    )
    seals: list[SealOut] = Field(description="Chữ ký trong các tệp PDF. / In the PDFs.")
    legal_value: LegalValue = Field(description="Giá trị pháp lý. / What it is worth.")
    legal_value_label: str = Field(description="Diễn giải. / What that means.")

    @classmethod
    def of(cls, check: Check) -> Self:
        """Return a look's findings."""
        return cls(
            checked_at=check.at,
            packet_signature=check.packet,
            seals=[SealOut.of(seal) for seal in check.seals],
            legal_value=check.value,
            legal_value_label=check.value.label,
        )


class DocumentSignaturesOut(AnswerModel):
    """A document's signatures; `found` is null while nobody has looked."""

    id: str = Field(description="Mã của hệ thống này. / Our own id.")
    found: SignaturesOut | None
