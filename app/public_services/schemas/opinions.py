"""JSON of opinions: in from anybody, out to the agency, and out to everybody."""

from datetime import datetime
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app import codes
from app.fields import AgencyCode, DossierCode, Line, Moment, Text
from app.platform.wire import ApiModel
from app.public_services.domain.opinions import (
    Opinion,
    OpinionKind,
    OpinionState,
    Reply,
    Said,
    Sender,
)

EXAMPLE: Final[dict[str, Any]] = {
    "kind": "report",
    "agency_code": "H38.12",
    "content": "Bộ phận một cửa mở cửa muộn.",
}
REPLY: Final[dict[str, Any]] = {
    "content": "Đã chấn chỉnh; cảm ơn ông, bà.",
    "answered_by": "Lê Thị Ví Dụ",
    "published": "Đã chấn chỉnh giờ mở cửa.",
}


class SenderIn(ApiModel):
    """Người gửi; có thể không nêu. / Who says it; may be left out. The agency alone sees it."""

    name: Line | None = Field(None, max_length=200)
    phone: Line | None = Field(None, max_length=50)
    email: Line | None = Field(None, max_length=200)
    address: Line | None = Field(None, max_length=500)


class OpinionIn(ApiModel):
    """Một phản ánh, kiến nghị. / An opinion."""

    kind: OpinionKind = Field(description="Phản ánh, kiến nghị hay khiếu nại. / Kind.")
    agency_code: AgencyCode = Field(description="Về cơ quan nào. / About which agency.")
    dossier_code: DossierCode | None = Field(None, description="Về hồ sơ nào. / About which one.")
    content: Text = Field(max_length=5000, description="Nội dung. / What is said.")
    sender: SenderIn = SenderIn()

    def said(self) -> Said:
        """Return what is said."""
        return Said(
            kind=self.kind,
            agency=codes.AgencyCode(self.agency_code),
            content=self.content,
            sender=Sender(**self.sender.model_dump()),
            dossier=None if self.dossier_code is None else str(self.dossier_code),
        )


class ReplyIn(ApiModel):
    """Trả lời. / An answer."""

    content: Text = Field(max_length=10_000, description="Trả lời người gửi. / To the sender.")
    answered_by: Line = Field(max_length=200, description="Người trả lời. / Who answers.")
    published: Text | None = Field(
        None,
        max_length=5000,
        description="Bản công khai, không có thông tin cá nhân. / For everybody, naming nobody.",
    )

    def reply(self, now: datetime) -> Reply:
        """Return the answer."""
        return Reply(self.content, self.answered_by, now, self.published)


class ScoreIn(ApiModel):
    """Đánh giá của người gửi. / What the sender thought of the answer."""

    score: int = Field(ge=1, le=5, description="1 (kém nhất) đến 5. / 1 is worst.")


class PublicOpinionOut(BaseModel):
    """Tiến độ công khai, không có thông tin cá nhân. / How it fares; nothing personal."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(description="Mã phản ánh. / Its code.", examples=["PA261102-7K3MPA9T"])
    kind: OpinionKind
    kind_label: str
    agency_code: str
    agency_name: str
    state: OpinionState
    state_label: str
    received_at: Moment
    due_at: Moment = Field(description="Hạn trả lời. / By when it must be answered.")
    answered_at: Moment | None
    is_late: bool = Field(description="Quá hạn, hoặc đã trả lời muộn. / Late, or answered late.")
    published_answer: str | None = Field(description="Bản trả lời công khai. / For everybody.")
    score: int | None = Field(description="Đánh giá, 1 đến 5. / Rating.")

    @classmethod
    def of(cls, opinion: Opinion, agency_name: str, now: datetime) -> Self:
        """Show what is public of an opinion."""
        return cls(**_progress(opinion, now), agency_name=agency_name)


class TakenOut(BaseModel):
    """Đã ghi nhận. / It was taken in; keep both codes."""

    model_config = ConfigDict(frozen=True)

    code: str
    tracking_code: str = Field(description="Mã tra cứu, chỉ người gửi biết. / For the sender.")
    received_at: Moment
    due_at: Moment


class OpinionOut(BaseModel):
    """Phản ánh, kiến nghị cho cơ quan trả lời. / An opinion for the agency that answers."""

    model_config = ConfigDict(frozen=True)

    code: str
    kind: OpinionKind
    kind_label: str
    agency_code: str
    dossier_code: str | None
    content: str
    sender: SenderIn
    at_counter: bool = Field(description="Nhận tại bộ phận một cửa. / Taken at a counter.")
    state: OpinionState
    state_label: str
    received_at: Moment
    due_at: Moment
    answered_at: Moment | None
    is_late: bool
    answer: str | None
    answered_by: str | None
    published_answer: str | None
    score: int | None

    @classmethod
    def of(cls, opinion: Opinion, now: datetime) -> Self:
        """Show an opinion with everything."""
        said, reply = opinion.said, opinion.reply
        return cls(
            **_progress(opinion, now),
            dossier_code=said.dossier,
            content=said.content,
            sender=SenderIn(
                name=said.sender.name,
                phone=said.sender.phone,
                email=said.sender.email,
                address=said.sender.address,
            ),
            at_counter=opinion.at_counter,
            answer=None if reply is None else reply.content,
            answered_by=None if reply is None else reply.answered_by,
        )


def _progress(opinion: Opinion, now: datetime) -> dict[str, Any]:
    reply = opinion.reply
    return {
        "code": opinion.code,
        "kind": opinion.said.kind,
        "kind_label": opinion.said.kind.label,
        "agency_code": opinion.said.agency,
        "state": opinion.state,
        "state_label": opinion.state.label,
        "received_at": opinion.received_at,
        "due_at": opinion.due_at,
        "answered_at": reply and reply.answered_at,
        "is_late": opinion.is_late(now),
        "published_answer": reply and reply.published,
        "score": opinion.score,
    }
