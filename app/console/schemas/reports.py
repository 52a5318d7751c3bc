"""Where the page of reports leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.codes import AgencyCode
from app.console.schemas.links import Link
from app.reports.domain.summing import Overview


@dataclass(frozen=True, slots=True)
class Links:
    """The ways to other forms and periods of the same agency."""

    forms: Sequence[Link]
    periods: Sequence[Link]


def links_of(here: str, seen: Overview, agency: AgencyCode | None) -> Links:
    """Return the ways from a page; they keep the agency that was asked for."""
    form, period = seen.total.form, seen.total.period

    def address(**wanted: str) -> str:
        of_agency = {} if agency is None else {"don-vi": str(agency)}
        return f"{here}?{urlencode(wanted | of_agency)}"

    return Links(
        [
            Link(address(bieu=one.code), one.title.vi, one.code == form.code)
            for one, _ in seen.forms
        ],
        [
            Link(address(bieu=form.code, ky=one.label), one.name, one == period)
            for one in seen.periods
        ],
    )
