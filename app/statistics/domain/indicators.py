"""The indicators, in the five groups of QĐ 766/QĐ-TTg, each with its definition and source.

A value is a number of dossiers, a share of two such numbers, or a mean. The Vietnamese text is the
one that people read. `statistics/domain/table.py` holds the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Figures = Mapping[str, int]


class IndicatorGroup(StrEnum):
    """The five groups of QĐ 766/QĐ-TTg."""

    TRANSPARENCY = "transparency"
    PROGRESS = "progress"
    DIGITISATION = "digitisation"
    ONLINE = "online"
    SATISFACTION = "satisfaction"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    IndicatorGroup.TRANSPARENCY: "Công khai, minh bạch",
    IndicatorGroup.PROGRESS: "Tiến độ, kết quả giải quyết",
    IndicatorGroup.DIGITISATION: "Số hóa hồ sơ",
    IndicatorGroup.ONLINE: "Cung cấp dịch vụ trực tuyến, thanh toán trực tuyến",
    IndicatorGroup.SATISFACTION: "Mức độ hài lòng",
}


class Measurement(StrEnum):
    """What a value is."""

    DOSSIERS = "dossiers"
    OPINIONS = "opinions"
    PROCEDURES = "procedures"
    PERCENT = "percent"
    WORKING_HOURS = "working_hours"
    SCORE = "score"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _UNITS[self]


_UNITS = {
    Measurement.DOSSIERS: "hồ sơ",
    Measurement.OPINIONS: "ý kiến",
    Measurement.PROCEDURES: "thủ tục",
    Measurement.PERCENT: "%",
    Measurement.WORKING_HOURS: "giờ làm việc",
    Measurement.SCORE: "điểm (1–5)",
}
_HOUR = 3600
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Vietnamese, and in English beside it."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """Một chỉ tiêu: `top` and `below` name figures that are summed; no `below` is a plain number.

    A drill-down lists the dossiers of `counts`: those of `top`, unless that is a sum of something
    else than dossiers. Where `is_of_opinions` it lists opinions instead, and procedures where
    `is_of_procedures`.
    """

    key: str
    group: IndicatorGroup
    measured_in: Measurement
    name: Text
    definition: Text
    source: str
    top: tuple[str, ...]
    below: tuple[str, ...] = ()
    drills_below: bool = False
    is_of_opinions: bool = False
    is_of_procedures: bool = False

    @property
    def counts(self) -> tuple[str, ...]:
        """Figures whose dossiers a drill-down lists."""
        return self.below if self.drills_below else self.top

    def value(self, figures: Figures) -> float | None:
        """Return the value; None for a share of nothing. Shares and means to two places."""
        top = sum(figures[name] for name in self.top)
        if not self.below:
            return top
        below = sum(figures[name] for name in self.below)
        if not below:
            return None
        match self.measured_in:
            case Measurement.PERCENT:
                return round(_WHOLE * top / below, 2)
            case Measurement.WORKING_HOURS:
                return round(top / below / _HOUR, 2)
            case _:
                return round(top / below, 2)
