"""The one message of that system, by its wire names; the percentages' names are inferred."""

from typing import Annotated

from pydantic import Field

from app.platform.wire import WireModel

Number = Annotated[int, Field(ge=0, lt=10**15)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Statistic(WireModel):
    """Figures of one month: what came, what ended, what is in hand."""

    month: int = Field(alias="month", ge=1, le=12)
    year: int = Field(alias="year", ge=1900, le=2199)
    new_reception: Number = Field(alias="newReception")
    pre_existing: Number = Field(alias="preExisting")
    total: Number = Field(alias="total")
    total_solved: Number = Field(alias="totalSolved")
    solved_in_time: Number = Field(alias="solvedInTime")
    solved_late: Number = Field(alias="solvedLate")
    total_pending: Number = Field(alias="totalPending")
    pending: Number = Field(alias="pending")
    pending_late: Number = Field(alias="pendingLate")
    solved_in_time_percent: Percent = Field(alias="solvedInTimePercent")
    solved_late_percent: Percent = Field(alias="solvedLatePercent")
    pending_percent: Percent = Field(alias="pendingPercent")
    pending_late_percent: Percent = Field(alias="pendingLatePercent")
    organization: str = Field(alias="organizationInchargeIdlevel1", min_length=1, max_length=50)
