"""Invented citizens: one family and a neighbour, as the population database would hold them."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from mock_ngsp.ngsp.seed import Place

HOME: Final = Place()


@dataclass(frozen=True, slots=True)
class Relative:
    """Another person as somebody's record names them; `relation` is to the head of a household."""

    name: str
    number: str = ""
    card: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen; `born` is yyyyMMdd, or yyyy where only the year is known."""

    number: str
    name: str
    born: str
    sex: str
    card: str = ""
    married: str = "1"
    birthplace: Place = HOME
    residence: Place = HOME
    father: Relative | None = None
    mother: Relative | None = None
    spouse: Relative | None = None
    head: Relative | None = None
    household: str = "GD000001"
    insurance: str = ""
    """Mã số BHXH, which is the health-insurance number too."""
    card_state: str = "1"

    def shown(self) -> dict[str, Any]:
        """As the control API gives it."""
        return asdict(self)


_WIFE: Final = Relative("Nguyễn Thị Giả Định", "000000000001", relation="CH02")
_HUSBAND: Final = Relative("Trần Văn Ví Dụ", "000000000002", "000000002", "CH01")

PEOPLE: Final = (
    Citizen(
        "000000000001", "Nguyễn Thị Giả Định", "19900101", "2", married="2",
        father=Relative("Nguyễn Văn Giả", "000000000005"), spouse=_HUSBAND, head=_HUSBAND,
        insurance="0000000001",
    ),
    Citizen(
        "000000000002", "Trần Văn Ví Dụ", "19850615", "1", card="000000002", married="2",
        spouse=_WIFE, head=_HUSBAND, insurance="0000000002",
    ),
    Citizen(
        "000000000006", "Trần Thị Thử Nghiệm", "20150320", "2", father=_HUSBAND, mother=_WIFE,
        head=Relative("Trần Văn Ví Dụ", "000000000002", "000000002", "CH03"),
        insurance="0000000006",
    ),
    Citizen(
        "000000000005", "Nguyễn Văn Giả", "1950", "1", card="000000005", household="GD000002",
        insurance="0000000005", card_state="0",
    ),
)  # fmt: skip
