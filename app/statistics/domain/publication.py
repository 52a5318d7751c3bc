"""How completely procedures are published: the first group of QĐ 766/QĐ-TTg.

Counted is what the catalogue holds now, by the agency that publishes a procedure. A procedure that
names no publisher, neither in its record nor in its code, is nobody's here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.catalogue.domain.publication import Publication
from app.codes import AgencyCode
from app.dossiers.domain.measuring.figures import Dimension, FigureRow, Figures, Group
from app.statistics.domain.indicators import Indicator, IndicatorGroup, Measurement, Text

_OPEN: Final = IndicatorGroup.TRANSPARENCY
_OWN: Final = (
    "QĐ 766/QĐ-TTg; các phần của bản ghi: CSDLQG TTHC (đối chiếu dvcqg §5); phần bắt buộc: suy ra, "
    "LGSP_PUBLISHED_PARTS"
)
FIGURES: Final = ("procedures", "procedures_full", "parts", "parts_published")
"""What a row has: published procedures, those that lack nothing, and parts asked for and there."""

_ALL: Final = (
    Indicator(
        "procedures_published", _OPEN, Measurement.PROCEDURES,
        Text("Thủ tục hành chính đang công khai", "Published procedures"),
        Text(
            "Thủ tục mà cơ quan công bố và đang công khai (TRANGTHAI = 1) lúc này.",
            "Procedures that an agency publishes and that are public (TRANGTHAI = 1) now.",
        ),
        _OWN, ("procedures",), is_of_procedures=True,
    ),
    Indicator(
        "published_full_rate", _OPEN, Measurement.PERCENT,
        Text("Tỷ lệ thủ tục công khai đầy đủ", "Fully published"),
        Text(
            "Thủ tục đang công khai có đủ các phần bắt buộc của bản ghi ÷ thủ tục đang công khai.",
            "Published procedures with every required part of the record, of all published.",
        ),
        _OWN, ("procedures_full",), ("procedures",), is_of_procedures=True,
    ),
    Indicator(
        "published_parts_rate", _OPEN, Measurement.PERCENT,
        Text("Mức độ đầy đủ nội dung công khai", "How complete the records are"),
        Text(
            "Số phần bắt buộc có trong bản ghi ÷ số phần bắt buộc, cộng mọi thủ tục đang công "
            "khai.",
            "Required parts that are there, of all required, summed over published procedures.",
        ),
        _OWN, ("parts_published",), ("parts",), is_of_procedures=True,
    ),
)  # fmt: skip
PUBLICATION: Final[Mapping[str, Indicator]] = {one.key: one for one in _ALL}


class Facet(StrEnum):
    """By what publication is grouped, in the order in which groups are sorted."""

    AGENCY = "agency"
    LEVEL = "level"
    SECTOR = "sector"
    PROCEDURE = "procedure"

    @property
    def dimension(self) -> Dimension:
        """The dimension of the other figures that it is."""
        return Dimension(self.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose procedures: of one agency and all below it, perhaps of one sector."""

    agency: AgencyCode
    sector: str | None = None
    is_complete: bool | None = None


def of(every: Sequence[Publication], shown: Shown) -> list[tuple[AgencyCode, Publication]]:
    """Return the procedures that are sought, each with its publisher's canonical code."""
    return [
        (AgencyCode(one.agency.canonical), one)
        for one in every
        if one.agency is not None
        and one.agency.within(shown.agency)
        and shown.sector in {None, one.sector}
        and shown.is_complete in {None, one.is_complete}
    ]


def counted(
    every: Sequence[tuple[AgencyCode, Publication]], by: Sequence[Facet]
) -> Sequence[FigureRow]:
    """Return the figures of each group, in the order of the groups."""
    found: dict[Group, dict[str, int]] = {}
    for agency, one in every:
        sums = found.setdefault(_group(agency, one, by), dict.fromkeys(FIGURES, 0))
        for name, value in _figures(one).items():
            sums[name] += value
    return [FigureRow(group, found[group]) for group in sorted(found)]


def _figures(one: Publication) -> Figures:
    return {
        "procedures": 1,
        "procedures_full": int(one.is_complete),
        "parts": len(one.has) + len(one.lacks),
        "parts_published": len(one.has),
    }


def _group(agency: AgencyCode, one: Publication, by: Sequence[Facet]) -> Group:
    values: dict[Facet, str | int] = {
        Facet.AGENCY: str(agency),
        Facet.LEVEL: agency.count(".") + 1,
        Facet.SECTOR: one.sector,
        Facet.PROCEDURE: one.code.canonical,
    }
    return tuple(values[facet] for facet in Facet if facet in by)
