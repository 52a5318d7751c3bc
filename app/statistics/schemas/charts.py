"""One indicator as a bar chart: SVG drawn here, readable without colours and by screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from app.statistics.domain.indicators import Indicator
from app.statistics.domain.telling import Told

MOST: Final = 40
"""Bars on one chart; what is left out is said below it."""

_BAR: Final = 420
_LABEL: Final = 46
"""Characters of a label."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length in pixels, and what stands beside it."""

    label: str
    length: float
    text: str


def chart_of(indicator: Indicator, rows: Sequence[Told], period: str) -> str:
    """Return the chart of an indicator, the greatest value first; groups without one are last."""
    valued = [(told, indicator.value(told.row.figures)) for told in rows]
    valued.sort(key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    most = max((value or 0 for _, value in valued), default=0) or 1
    bars = [_bar(told, value, most, indicator) for told, value in valued[:MOST]]
    return _template().render(
        indicator=indicator, bars=bars, period=period, left_out=len(valued) - len(bars)
    )


def _bar(told: Told, value: float | None, most: float, indicator: Indicator) -> Bar:
    said = "không có số liệu" if value is None else f"{value:g} {indicator.measured_in.label}"
    return Bar(_label(told), round(_BAR * (value or 0) / most, 1), said)


def _label(told: Told) -> str:
    words = [told.agency_name, told.procedure_name]
    found = " · ".join(word for word in words if word)
    found = found or " · ".join(str(one) for one in told.row.group) or "Tất cả"
    return found if len(found) <= _LABEL else f"{found[: _LABEL - 1]}…"


@cache
def _template() -> Template:
    loader = PackageLoader("app.statistics", "pages")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("chart.svg")
