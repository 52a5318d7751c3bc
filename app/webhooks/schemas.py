"""JSON of webhooks, and of what their receivers get."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.documents.domain.events import EventKind
from app.dossiers.domain.statuses import Status
from app.fields import Line, Moment
from app.platform.wire import ApiModel
from app.webhooks.domain.events import PATTERN, TYPES
from app.webhooks.domain.webhooks import (
    DeliveryState,
    From,
    Replayed,
    State,
    Terms,
    Webhook,
)
from app.webhooks.store.events import Delivery

EXAMPLE: Final[dict[str, Any]] = {
    "url": "https://mot-cua.example.vn/webhooks/lgsp",
    "event_types": ["dossier.*", "document.arrived"],
    "description": "Phần mềm một cửa",
}
_URL = "Địa chỉ https nhận sự kiện. / The https address that is told."
_TYPES = "Loại sự kiện: tên đầy đủ, phần đầu với .*, hoặc *. / By name, by beginning.*, or *."
EventType = Annotated[str, StringConstraints(pattern=PATTERN, max_length=60)]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class WebhookIn(ApiModel):
    """A subscription as it is asked for."""

    url: Annotated[str, StringConstraints(min_length=8, max_length=2000)] = Field(description=_URL)
    event_types: list[EventType] = Field(min_length=1, max_length=50, description=_TYPES)
    description: Line = Field(max_length=200, description="Dùng để làm gì. / What it is for.")


class NothingIn(ApiModel):
    """A body that says nothing."""


class RotationIn(ApiModel):
    """How long the former secret signs beside the new one."""

    overlap_hours: float = Field(
        24.0, ge=0, le=24 * 30, description="Khoá cũ còn ký thêm bao lâu. / In hours."
    )


class ReplayIn(ApiModel):
    """Where a replay begins; exactly one of the two."""

    since: Moment | None = Field(
        None, description="Từ lúc ghi nhận này. / From what was recorded then."
    )
    from_event: Annotated[str, StringConstraints(min_length=1, max_length=36)] | None = Field(
        None, description="Từ sự kiện này. / From this event on, itself included."
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.since is None) == (self.from_event is None):
            raise ValueError("exactly one of since and from_event")
        return self

    def begin(self, digest: str) -> From:
        """Return where it begins."""
        return From(self.since, self.from_event, digest)


class HealthOut(_Out):
    """How a receiver does."""

    failures: int = Field(description="Số lần lỗi liên tiếp. / Failures in a row.")
    failing_since: Moment | None = Field(description="Lỗi từ lúc. / Failing since.")
    next_attempt_at: Moment | None = Field(description="Thử lại lúc. / Tried again at.")
    reason: str | None = Field(description="Lý do lỗi gần nhất. / Why it failed last.")
    delivered_at: Moment | None = Field(
        description="Nhận được gần nhất khoảng lúc. / About when it took the last."
    )


class WebhookOut(_Out):
    """A webhook."""

    id: str = Field(description="Mã webhook. / Its id.")
    member: str = Field(description="Đơn vị sở hữu. / Whose it is.")
    url: str = Field(description=_URL)
    event_types: list[str] = Field(description=_TYPES)
    description: str = Field(description="Dùng để làm gì. / What it is for.")
    state: State = Field(description="Trạng thái. / State.")
    created_at: Moment = Field(description="Tạo lúc. / Created at.")
    disabled_at: Moment | None = Field(description="Bị ngắt lúc. / Disabled at.")
    health: HealthOut

    @classmethod
    def of(cls, webhook: Webhook) -> Self:
        """Return a webhook."""
        health = webhook.health
        return cls(
            id=webhook.webhook_id,
            member=webhook.member,
            url=webhook.url,
            event_types=list(webhook.types),
            description=webhook.description,
            state=webhook.state,
            created_at=webhook.created_at,
            disabled_at=webhook.disabled_at,
            health=HealthOut(
                failures=health.failures,
                failing_since=health.failing_since,
                next_attempt_at=health.next_attempt_at,
                reason=health.reason,
                delivered_at=health.delivered_at,
            ),
        )


class WebhooksOut(_Out):
    """The webhooks of a member and all below it."""

    items: list[WebhookOut]


class ShownWebhookOut(WebhookOut):
    """A webhook, and how much waits for it."""

    owed: int = Field(description="Số sự kiện còn nợ. / Events still owed.")


class SecretOut(_Out):
    """What a receiver verifies signatures with."""

    secret: str = Field(description="Khoá theo Standard Webhooks. / As Standard Webhooks has it.")
    former_until: Moment | None = Field(
        description="Khoá cũ còn ký đến. / Until when the former one signs too."
    )


class RotatedOut(_Out):
    """What a rotation did; the new secret is read at `…/secret`."""

    former_until: Moment = Field(description="Khoá cũ còn ký đến. / The former one signs until.")


class TestedOut(_Out):
    """The event that a test will be told as."""

    event_id: str = Field(description="Mã sự kiện. / Its id.")


class ReplayedOut(_Out):
    """What a replay will tell again."""

    replayed: int = Field(description="Số sự kiện gửi lại. / How many events.")
    next_event: str | None = Field(
        description="Gọi tiếp với from_event này. / Go on with this one as `from_event`."
    )

    @classmethod
    def of(cls, replayed: Replayed) -> Self:
        """Return what it will tell."""
        return cls(replayed=replayed.number, next_event=replayed.next_event)


class DeliveryOut(_Out):
    """One event for one webhook."""

    event_id: str = Field(description="Mã sự kiện, ở tiêu đề webhook-id. / As in webhook-id.")
    event_type: str
    subject: str = Field(description="Về hồ sơ, văn bản nào. / What it is about.")
    state: DeliveryState
    attempts: int = Field(description="Số lần đã gửi. / Attempts.")
    answer: str | None = Field(description="Kết quả lần gần nhất. / What the last came to.")
    owed_at: Moment
    settled_at: Moment | None

    @classmethod
    def of(cls, one: Delivery) -> Self:
        """Return a delivery."""
        return cls(
            event_id=one.event_id,
            event_type=one.type,
            subject=one.subject,
            state=one.state,
            attempts=one.attempts,
            answer=one.answer,
            owed_at=one.owed_at,
            settled_at=one.settled_at,
        )


class EventTypeOut(_Out):
    """A type of events."""

    type: str
    label: str = Field(description="Diễn giải. / In Vietnamese.")
    meaning: str


class TermsOut(_Out):
    """What is told, and how often a receiver that fails is tried again."""

    event_types: list[EventTypeOut]
    schedule_seconds: list[float] = Field(
        description="Chờ sau mỗi lần lỗi liên tiếp; số cuối lặp lại. / Waits after failures in a "
        "row; the last one is repeated."
    )
    disabled_after_seconds: float = Field(
        description="Lỗi liên tục bấy lâu thì bị ngắt. / After so long of failures only."
    )

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """Return the published terms."""
        types = [
            EventTypeOut(type=name, label=label, meaning=meaning)
            for name, (label, meaning) in TYPES.items()
        ]
        return cls(
            event_types=types,
            schedule_seconds=[wait.total_seconds() for wait in terms.schedule],
            disabled_after_seconds=terms.disable_after.total_seconds(),
        )


class DossierFacts(_Out):
    """A change of a dossier."""

    dossier: str = Field(description="Mã hồ sơ. / Dossier code.")
    agency: str = Field(description="Cơ quan thụ lý. / The agency that handles it.")
    status: Status = Field(description="Trạng thái sau đó. / Status since then.")
    number: int = Field(description="Số dòng tiến độ. / Number of its row of progress.")


class DossierEvent(_Out):
    """An act on a dossier."""

    type: str = Field(examples=["dossier.accept"])
    timestamp: datetime
    data: DossierFacts


class DocumentFacts(_Out):
    """What happened to a document at a recipient."""

    document: str = Field(description="Mã của hệ thống này. / Our own id.")
    document_id: str = Field(description="Mã định danh văn bản. / Document id.")
    sender: str = Field(alias="from", description="Đơn vị gửi. / Sender.")
    recipient: str = Field(description="Đơn vị nhận. / Recipient.")
    status: str | None = Field(description="Mã trạng thái. / Status code.")


class DocumentEvent(_Out):
    """Something that happened to a document."""

    type: str = Field(examples=[f"document.{EventKind.ARRIVED}"])
    timestamp: datetime
    data: DocumentFacts


class WebhookFacts(_Out):
    """Which webhook, and why it was disabled."""

    webhook: str = Field(description="Mã webhook. / Its id.")
    reason: str | None = Field(None, description="Lý do. / Why.")


class WebhookEvent(_Out):
    """A test, or a webhook of the same member that was disabled."""

    type: str = Field(examples=["webhook.disabled"])
    timestamp: datetime
    data: WebhookFacts
