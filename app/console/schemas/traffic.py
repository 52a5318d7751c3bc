"""The traffic as JSON, and what its page needs besides."""

from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app.console.domain.traffic import Traffic
from app.fields import Moment

_LABELS: Final = {
    "ready": "Sẵn sàng",
    "degraded": "Hoạt động chậm",
    "unavailable": "Không hoạt động",
    "database-unreachable": "không kết nối được cơ sở dữ liệu",
    "migrations-behind": "cơ sở dữ liệu chưa được nâng cấp",
    "worker-silent": "không có tiến trình chuyển tin nào hoạt động",
    "outbox-deep": "hàng chờ gửi quá dài",
}
HEIGHT: Final = 60
"""Of the bars, in the drawing's own units."""


class TopicOut(BaseModel):
    """What is owed to one place."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(examples=["dossiers.sync"])
    waiting: int
    parked: int = Field(description="Chờ người xử lý. / Held until somebody sees to it.")
    oldest: Moment | None = Field(description="Từ khi nào. / Since when the oldest is owed.")
    delivered: int = Field(description="Trong một giờ. / Within the last hour.")


class WorkerOut(BaseModel):
    """One worker."""

    model_config = ConfigDict(frozen=True)

    worker_id: str
    started_at: Moment
    beat_at: Moment


class TallyOut(BaseModel):
    """How often an act came out so within the last hour."""

    model_config = ConfigDict(frozen=True)

    act: str = Field(examples=["dossier.submit"])
    outcome: str = Field(description="done, hoặc mã lỗi. / done, or the problem's slug.")
    number: int


class StrangersOut(BaseModel):
    """Refusals of callers nobody knows within the last hour."""

    model_config = ConfigDict(frozen=True)

    reason: str
    number: int


class TrafficOut(BaseModel):
    """The traffic of the last hour."""

    model_config = ConfigDict(frozen=True)

    at: Moment
    status: str = Field(description="ready | degraded | unavailable")
    reasons: list[str]
    topics: list[TopicOut]
    workers: list[WorkerOut]
    acts: list[TallyOut]
    per_minute: list[int] = Field(
        description="60 số, phút cũ nhất trước. / 60 numbers of acts, the oldest minute first."
    )
    strangers: list[StrangersOut]
    is_cut: bool = Field(
        description="Chỉ gồm các giao dịch mới nhất. / Only the newest acts are counted."
    )

    @classmethod
    def of(cls, seen: Traffic) -> Self:
        """Return the JSON of what was seen."""
        return cls(
            at=seen.at,
            status=seen.status,
            reasons=list(seen.hindrances),
            topics=[
                TopicOut(
                    name=one.name,
                    waiting=one.waiting,
                    parked=one.parked,
                    oldest=one.oldest,
                    delivered=one.delivered,
                )
                for one in seen.topics
            ],
            workers=[
                WorkerOut(worker_id=one.worker_id, started_at=one.started_at, beat_at=one.beat_at)
                for one in seen.workers
            ],
            acts=[
                TallyOut(act=one.act, outcome=one.outcome, number=one.number) for one in seen.acts
            ],
            per_minute=list(seen.per_minute),
            strangers=[
                StrangersOut(reason=reason, number=number) for reason, number in seen.strangers
            ],
            is_cut=seen.is_cut,
        )


def bars_of(seen: Traffic) -> list[tuple[int, float]]:
    """Return the bars of the minutes in which anything was done: place and height."""
    most = max(seen.per_minute, default=0)
    return [
        (place, round(HEIGHT * number / most, 1))
        for place, number in enumerate(seen.per_minute)
        if number
    ]


def label(word: str) -> str:
    """Return the Vietnamese words of a state or of what hinders."""
    return _LABELS.get(word, word)
