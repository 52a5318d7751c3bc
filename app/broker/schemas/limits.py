"""JSON of quotas."""

from datetime import timedelta
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app.broker.domain.quotas import EACH, Kind, Level, Quota
from app.broker.schemas.registered import Code
from app.fields import Line
from app.platform.wire import ApiModel

LONGEST: Final = 31 * 86_400
EXAMPLE: Final[dict[str, Any]] = {
    "client_id": EACH,
    "service": "land",
    "operation": "GET /thuaDat/{id}",
    "limit": 600,
    "window_seconds": 60,
}
CHANGE: Final[dict[str, Any]] = {"limit": 1200}

_LIMIT: Final = "Số lượt gọi trong một cửa sổ. / Calls in one window."


class QuotaIn(ApiModel):
    """Hạn mức gọi dịch vụ. / A quota; what is not named is not looked at."""

    client_id: Line | None = Field(
        None,
        max_length=80,
        description="Ứng dụng; * là mỗi ứng dụng một hạn mức riêng; bỏ trống là chung cho mọi ứng "
        "dụng. / A client; * is each client for itself; absent is all of them together.",
    )
    service: Code | None = Field(
        None, description="Mã dịch vụ, mọi phiên bản. / A service, all its versions."
    )
    operation: Line | None = Field(
        None, max_length=511, description="id thao tác của dịch vụ đó. / An operation of it."
    )
    limit: int = Field(ge=0, le=10**9, description=_LIMIT)
    window_seconds: int = Field(
        ge=1,
        le=LONGEST,
        description="Độ dài cửa sổ; cửa sổ một ngày bắt đầu lúc 0 giờ Việt Nam. / Length of the "
        "window; one of a day begins at midnight in Vietnam.",
    )

    kind: Kind = Field(
        Kind.USUAL,
        description="usual: thường; burst: chống dồn dập, của một ứng dụng với một dịch vụ; hard: "
        "giới hạn chịu tải của dịch vụ, báo 503; custom: quy tắc riêng của tỉnh. / How it is told: "
        "burst 900807, hard 900801, custom 900806; with limit 0 900805.",
    )

    def quota(self, quota_id: str) -> Quota:
        """Return the quota under a new id."""
        window = timedelta(seconds=self.window_seconds)
        place = self.client_id, self.service, self.operation
        return Quota(quota_id, *place, limit=self.limit, window=window, kind=self.kind)


class LimitIn(ApiModel):
    """Hạn mức mới. / Another limit."""

    limit: int | None = Field(
        ge=0, le=10**9, description=f"{_LIMIT} null: bỏ hạn mức. / null lifts the quota."
    )


class QuotaOut(BaseModel):
    """A quota as it stands."""

    model_config = ConfigDict(frozen=True)

    id: str
    client_id: str | None
    service: str | None
    operation: str | None
    limit: int | None = Field(description=f"{_LIMIT} null: không còn. / null: it was lifted.")
    window_seconds: int
    level: Level = Field(
        description="Điều được đếm chung: api, resource, subscription, application. / What is "
        "counted together."
    )
    kind: Kind
    fault_code: int = Field(
        description="Mã lỗi khi hết hạn mức. / Code of the fault when it is used up.",
        examples=[900802],
    )

    @classmethod
    def of(cls, quota: Quota, *, is_lifted: bool = False) -> Self:
        """Return what is told of a quota."""
        return cls(
            id=quota.id,
            client_id=quota.client_id,
            service=quota.service,
            operation=quota.operation,
            limit=None if is_lifted else quota.limit,
            window_seconds=int(quota.window.total_seconds()),
            level=quota.level,
            kind=quota.kind,
            fault_code=quota.fault_code,
        )
