"""The indicators as their page shows them: two periods, and one of them by agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from app.console.schemas.links import Link
from app.dossiers.domain.measuring.figures import Figures, Months
from app.dossiers.domain.measuring.tallies import month_of
from app.platform.clock import Clock
from app.statistics.domain.indicators import Indicator, IndicatorGroup
from app.statistics.domain.publication import PUBLICATION
from app.statistics.domain.table import INDICATORS

EVERY: Final[Mapping[str, Indicator]] = {**INDICATORS, **PUBLICATION}
DEFAULT: Final = "on_time_rate"
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in two periods; `former` and `difference` are None where nothing is said.

    `address` is the page with this indicator by agency.
    """

    indicator: Indicator
    present: float | None
    former: float | None
    difference: float | None
    address: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person asks for: the page's own words."""

    indicator: str
    months: Months
    agency: str

    def address(self, here: str, **other: str) -> str:
        """Return the page with something else asked for."""
        said = {"chi-tieu": self.indicator, "tu": self.months.first, "den": self.months.last}
        of_agency = {"don-vi": self.agency} if self.agency else {}
        return f"{here}?{urlencode(said | of_agency | other)}"


def lines_of(
    here: str, asking: Asking, figures: tuple[Figures, Figures], publication: Figures
) -> Sequence[tuple[IndicatorGroup, Sequence[Line]]]:
    """Return every indicator by group; that of publication is so now and has no period before."""
    present, former = figures
    lines = [
        _line(one, one.value(present), one.value(former), asking.address(here, **{"chi-tieu": key}))
        for key, one in INDICATORS.items()
    ]
    lines += [
        _line(one, one.value(publication), None, asking.address(here, **{"chi-tieu": key}))
        for key, one in PUBLICATION.items()
    ]
    return [
        (group, [line for line in lines if line.indicator.group is group])
        for group in IndicatorGroup
    ]


def _line(one: Indicator, present: float | None, former: float | None, address: str) -> Line:
    is_said = present is not None and former is not None
    difference = round((present or 0) - (former or 0), 2) if is_said else None
    return Line(one, present, former, difference, address)


def periods_of(here: str, asking: Asking, clock: Clock) -> Sequence[Link]:
    """Return the ways to this and the eleven months before, and to both years they are of."""
    last = month_of(clock.now())
    year = int(last[:4])
    singly = Months(f"{year - 1}-{last[5:]}", last).singly[-_MONTHS:]
    found = [(f"tháng {int(one[5:])}/{one[:4]}", Months(one, one)) for one in reversed(singly)]
    found += [(f"năm {one}", Months(f"{one}-01", f"{one}-12")) for one in (year, year - 1)]
    return [
        Link(asking.address(here, tu=of.first, den=of.last), name, of == asking.months)
        for name, of in found
    ]


def period_name(months: Months) -> str:
    """Return how people name months."""
    if months.first == months.last:
        return f"tháng {int(months.first[5:])}/{months.first[:4]}"
    first, last = (f"{int(one[5:])}/{one[:4]}" for one in (months.first, months.last))
    return f"từ tháng {first} đến tháng {last}"
