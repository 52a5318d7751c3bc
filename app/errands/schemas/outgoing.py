"""JSON of errands as they stand."""

from collections.abc import Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.errands.domain import Errand, Kind, State
from app.errands.store import Event
from app.fields import Moment


class ErrandOut(BaseModel):
    """Một việc gửi dịch vụ quốc gia. / An errand with a national service."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Mã việc. / Its id.")
    kind: Kind = Field(description="Loại việc. / Which service it goes to.")
    kind_label: str
    number: str = Field(description="Số hiệu ở dịch vụ quốc gia. / What the nation knows it by.")
    dossier_code: str | None = Field(description="Hồ sơ. / Its dossier.")
    agency_code: str = Field(description="Đơn vị. / Its agency.")
    state: State = Field(description="Tình trạng. / Where it stands with the service.")
    state_label: str
    reason: str | None = Field(
        description="Vì sao chưa gửi được, hoặc bị từ chối. / Why it is not there yet, or refused."
    )
    reference: str | None = Field(description="Mã của dịch vụ. / The service's own id.")
    status: str | None = Field(description="Trạng thái do dịch vụ báo. / The nation's own code.")
    status_name: str | None = Field(description="Tên trạng thái. / In its own words.")
    is_cancelling: bool = Field(description="Đang huỷ. / Its cancellation is owed.")
    result: dict[str, Any] | None = Field(
        description="Kết quả, trừ tệp. / What it brought, without the paper itself."
    )
    has_paper: bool = Field(description="Có tệp kết quả. / Whether there is a paper to fetch.")
    created_at: Moment
    told_at: Moment | None = Field(description="Dịch vụ nhận lúc. / When the service took it.")
    status_at: Moment | None = Field(description="Trạng thái đổi lúc. / When the status changed.")

    @classmethod
    def of(cls, errand: Errand) -> Self:
        """Show an errand."""
        return cls.model_validate(cls.facts_of(errand))

    @staticmethod
    def facts_of(errand: Errand) -> dict[str, Any]:
        """Return what every answer about an errand shows."""
        result = errand.result or {}
        return {
            "id": errand.id,
            "kind": errand.kind,
            "kind_label": errand.kind.label,
            "number": errand.number,
            "dossier_code": errand.dossier,
            "agency_code": errand.agency,
            "state": errand.state,
            "state_label": errand.state.label,
            "reason": errand.reason,
            "reference": errand.reference,
            "status": errand.status,
            "status_name": errand.status_name,
            "is_cancelling": errand.is_cancelling,
            "result": {name: said for name, said in result.items() if name != "pdf"} or None,
            "has_paper": bool(result.get("pdf")),
            "created_at": errand.created_at,
            "told_at": errand.told_at,
            "status_at": errand.status_at,
        }


class EventOut(BaseModel):
    """Diễn biến: điều dịch vụ đã báo, hoặc yêu cầu huỷ. / What was told, or asked of it since."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    happened_at: str = Field(description="Như dịch vụ ghi. / As the service writes it.")
    noted_at: Moment = Field(description="Ghi nhận ở đây lúc. / When we learnt it.")


class ErrandWithEventsOut(ErrandOut):
    """Một việc cùng diễn biến. / An errand with what was told of it."""

    events: list[EventOut]

    @classmethod
    def with_events(cls, errand: Errand, events: Sequence[Event]) -> Self:
        """Show an errand with what was told of it, in order."""
        told = [
            EventOut(
                code=one.code, name=one.name, happened_at=one.happened_at, noted_at=one.noted_at
            )
            for one in events
        ]
        return cls.model_validate(cls.facts_of(errand) | {"events": told})


class ErrandsOut(BaseModel):
    """Các việc của một hồ sơ. / The errands of a dossier."""

    model_config = ConfigDict(frozen=True)

    items: list[ErrandOut]
