"""JSON of how services do."""

from typing import Literal

from pydantic import Field

from app.broker.domain.service import RouteOrder, Via
from app.fields import Moment
from app.platform.wire import ApiModel

State = Literal["closed", "open", "half-open"]


class UpstreamHealth(ApiModel):
    """Một địa chỉ của dịch vụ. / One address of the service."""

    url: str | None = Field(description="Chỉ hiện với đơn vị chủ quản. / For its owner only.")
    via: Via | None = Field(description="Tuyến mà địa chỉ phục vụ. / The route it serves.")
    is_called: bool = Field(
        description="Thứ tự kết nối hiện nay có dùng tuyến đó. / Whether the order has that route."
    )
    state: State = Field(
        description="closed: đang gọi được; open: tạm ngừng gọi sau nhiều lỗi liên tiếp; "
        "half-open: chờ một lượt gọi thử. / Of its circuit breaker."
    )
    answers: int = Field(description="Số lần trả lời. / Answers.")
    failures: int = Field(description="Số lần không trả lời được. / Calls that got none.")
    last_answer_at: Moment | None
    last_failure_at: Moment | None
    last_failure: str | None = Field(description="Lý do lần lỗi gần nhất. / Why, in one word.")
    mean_milliseconds: float | None = Field(
        description="Thời gian trả lời trung bình, lần gần nặng hơn. / Late ones weigh more."
    )


class VersionHealth(ApiModel):
    """Một phiên bản. / One version."""

    version: str
    route: RouteOrder = Field(description="Thứ tự kết nối. / Order of connection.")
    state: State = Field(
        description="Tốt nhất trong các địa chỉ. / The best of those that are called."
    )
    upstreams: list[UpstreamHealth]


class HealthOut(ApiModel):
    """Tình trạng của dịch vụ, theo tiến trình vừa trả lời. / As the answering process saw it."""

    code: str
    versions: list[VersionHealth]
