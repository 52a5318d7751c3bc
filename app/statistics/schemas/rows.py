"""Figures and indicators as JSON."""

from collections.abc import Mapping, Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measuring.figures import Dimension
from app.dossiers.domain.statuses import Status
from app.dossiers.store.drilling import Found
from app.fields import Moment
from app.public_services.domain.opinions import OpinionFact, OpinionKind
from app.statistics.domain.indicators import Indicator, IndicatorGroup, Measurement
from app.statistics.domain.table import INDICATORS
from app.statistics.domain.telling import Compared, Told

Values = dict[str, float | None]


class Out(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class MeanOut(Out):
    """Thời gian trung bình theo đơn vị của thủ tục. / Average time in the procedure's unit."""

    value: float
    unit: str


class RowOut(Out):
    """Số liệu của một nhóm. / One group's figures; a dimension that was not asked for is null."""

    agency: str | None = Field(description="Mã đơn vị (QĐ 20/2020). / Agency.")
    agency_name: str | None
    level: int | None = Field(description="Cấp, 1 là cấp tỉnh. / Level, 1 is the province.")
    sector: str | None = Field(description="Mã lĩnh vực. / Sector.")
    procedure: str | None = Field(description="Mã thủ tục. / Procedure.")
    procedure_name: str | None
    channel: Channel | None = Field(description="Kênh thực hiện. / Channel.")
    month: str | None = Field(description="Tháng, 2026-11. / Month.")
    figures: dict[str, int] = Field(
        description="Số đếm để cộng được; worked, elapsed tính bằng giây. / Counts that add up; "
        "worked and elapsed are seconds."
    )
    indicators: Values = Field(
        description="Giá trị chỉ tiêu; null nếu mẫu số bằng 0. / Values; null for a share of none."
    )
    average_time: MeanOut | None = Field(
        description="Theo đơn vị của thủ tục, khi nhóm theo thủ tục. / In the procedure's unit."
    )

    @classmethod
    def of(cls, told: Told) -> Self:
        """Show one group."""
        dimensions = {one.value: told.values.get(one) for one in Dimension}
        return cls.model_validate(
            {
                **dimensions,
                "agency_name": told.agency_name,
                "procedure_name": told.procedure_name,
                "figures": told.row.figures,
                "indicators": values_of(told.row.figures),
                "average_time": told.mean,
            }
        )


class IndicatorOut(Out):
    """Một chỉ tiêu. / One indicator with its definition and source."""

    key: str
    group: IndicatorGroup
    group_label: str
    name: str
    name_en: str
    measured_in: Measurement
    unit: str
    definition: str
    definition_en: str
    source: str
    numerator: list[str] = Field(description="Số đếm ở tử số. / Figures that are summed.")
    denominator: list[str] = Field(description="Số đếm ở mẫu số. / Figures it is a share of.")
    drill_down: str = Field(description="Địa chỉ danh sách. / Where what it counts is listed.")

    @classmethod
    def of(cls, one: Indicator) -> Self:
        """Show an indicator."""
        what = "opinions" if one.is_of_opinions else "dossiers"
        drill_down = f"/v1/statistics/{what}/codes?indicator={one.key}"
        if one.is_of_procedures:
            only = "?complete=true" if "procedures_full" in one.top else ""
            drill_down = f"/v1/statistics/procedures/codes{only}"
        return cls(
            key=one.key,
            group=one.group,
            group_label=one.group.label,
            name=one.name.vi,
            name_en=one.name.en,
            measured_in=one.measured_in,
            unit=one.measured_in.label,
            definition=one.definition.vi,
            definition_en=one.definition.en,
            source=one.source,
            numerator=list(one.top),
            denominator=list(one.below),
            drill_down=drill_down,
        )


class ComparisonOut(Out):
    """Một nhóm ở hai kỳ. / One group in two periods; a difference is null where a value is."""

    group: dict[str, str | int]
    present: Values
    former: Values
    difference: Values

    @classmethod
    def of(cls, compared: Compared, by: Sequence[Dimension]) -> Self:
        """Show a comparison."""
        present, former = values_of(compared.present), values_of(compared.former)
        return cls(
            group={one.value: value for one, value in zip(by, compared.group, strict=True)},
            present=present,
            former=former,
            difference={key: _less(present[key], former[key]) for key in present},
        )


class CountedOut(Out):
    """Một hồ sơ được đếm, không có dữ liệu cá nhân. / A dossier that is counted, nobody named."""

    code: str
    agency: str
    procedure: str
    channel: Channel
    status: Status
    status_label: str
    received_at: Moment
    due_at: Moment | None
    limit_at: Moment | None = Field(
        description="Hạn dùng để tính, khi đang giải quyết. / The limit it is judged by, if open."
    )
    ended_at: Moment | None

    @classmethod
    def of(cls, found: Found) -> Self:
        """Show a dossier."""
        return cls(
            code=found.code,
            agency=found.agency,
            procedure=found.procedure,
            channel=found.channel,
            status=found.status,
            status_label=found.status.label,
            received_at=found.received_at,
            due_at=found.due_at,
            limit_at=found.past_from,
            ended_at=found.ended_at,
        )


class CountedOpinionOut(Out):
    """Một ý kiến được đếm, không có nội dung và người gửi. / An opinion that is counted."""

    code: str
    agency: str
    kind: OpinionKind
    kind_label: str
    received_at: Moment
    due_at: Moment
    answered_at: Moment | None
    score: int | None

    @classmethod
    def of(cls, fact: OpinionFact) -> Self:
        """Show an opinion."""
        return cls(
            code=fact.code,
            agency=fact.agency,
            kind=fact.kind,
            kind_label=fact.kind.label,
            received_at=fact.received_at,
            due_at=fact.due_at,
            answered_at=fact.answered_at,
            score=fact.score,
        )


class ObservationOut(Out):
    """Một giá trị cho trung tâm điều hành. / One value for a monitoring centre."""

    indicator: str
    group: IndicatorGroup
    name: str
    unit: str
    agency: str
    month: str
    value: float | None
    numerator: int
    denominator: int | None
    observed_at: Moment


class FeedOut(Out):
    """Số liệu điều hành (IOC). / What a monitoring centre reads every few minutes."""

    observed_at: Moment
    month: str
    observations: list[ObservationOut]


def values_of(figures: Mapping[str, int]) -> Values:
    """Return the value of every indicator."""
    return {key: one.value(figures) for key, one in INDICATORS.items()}


def _less(present: float | None, former: float | None) -> float | None:
    return None if present is None or former is None else round(present - former, 2)
