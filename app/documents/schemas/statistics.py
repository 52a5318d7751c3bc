"""JSON of statistics."""

from dataclasses import asdict
from typing import Self

from pydantic import Field

from app.documents.domain.statistics import Counts, Dimension, Dimensions, Row
from app.documents.schemas.outgoing import AnswerModel


class CountsOut(AnswerModel):
    """One side's counts."""

    documents: int = Field(description="Số văn bản. / Documents.")
    interlinked: int = Field(description="Liên thông ra ngoài tỉnh. / With somebody beyond us.")
    electronic_only: int = Field(description="Chỉ gửi điện tử. / Without paper.")
    with_paper: int = Field(description="Có kèm bản giấy. / Paper follows.")
    signed_by_organisation: int = Field(
        description="Chỉ có chữ ký số của cơ quan. / Signed by the organisation only."
    )
    signed_by_person: int = Field(
        description="Chỉ có chữ ký số của người có thẩm quyền. / By a person only."
    )
    signed_by_both: int = Field(description="Có cả hai. / By both.")
    unsigned: int = Field(description="Không có chữ ký số hợp lệ. / No good signature.")
    unexamined: int = Field(description="Chưa kiểm tra chữ ký. / Not looked at yet.")
    late: int = Field(
        description="Gửi trễ (QĐ 28/2018, đ.6.2), hoặc báo nhận không trong ngày (NĐ 30/2020, "
        "đ.21.2). / Sent late, or receipt not confirmed the same day."
    )
    recipients: int = Field(description="Lượt gửi đến nơi nhận. / Deliveries.")
    refused: int = Field(description="Lượt bị từ chối (02). / Refused.")
    finished: int = Field(description="Lượt đã hoàn thành (06). / Brought to 06.")

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """Return counts."""
        return cls(**asdict(counts))


class StatisticsRowOut(AnswerModel):
    """The counts of one group; a dimension that was not asked for is null."""

    month: str | None = Field(description="Tháng, 2026-11. / Month.")
    member: str | None = Field(description="Mã đơn vị theo QĐ 20/2020. / Member.")
    level: int | None = Field(description="Cấp đơn vị, 1 là cấp tỉnh. / Level, 1 is the province.")
    type: str | None = Field(description="Loại văn bản; rỗng nếu không ghi. / Type; may be empty.")
    sent: CountsOut = Field(description="Văn bản đi. / Sent.")
    received: CountsOut = Field(description="Văn bản đến. / Received.")

    @classmethod
    def of(cls, row: Row, by: Dimensions) -> Self:
        """Return a row with those dimensions that were asked for."""
        said = {
            one.value: getattr(row.group, one.value) if one in by else None for one in Dimension
        }
        return cls(**said, sent=CountsOut.of(row.sent), received=CountsOut.of(row.received))
