"""Dịch vụ công: what an agency offers of a procedure, at which level, and by which decision."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self

from app.codes import AgencyCode, ProcedureCode
from app.public_services.domain.errors import (
    OldLevelMismatchError,
    PriceWithoutPostError,
)


class Level(StrEnum):
    """Cấp thực hiện, declared from the highest; districts ended on 1 July 2025."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LEVELS[self]


_LEVELS: Final = {
    Level.MINISTRY: "Cấp bộ",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
}


class Kind(StrEnum):
    """How far a service goes online (NĐ 42/2022): only information, một phần, toàn trình."""

    INFORMATION = "information"
    PARTIAL = "partial"
    FULL = "full"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _KINDS[self]

    @property
    def is_online(self) -> bool:
        """Whether a dossier can be filed online."""
        return self is not Kind.INFORMATION


_KINDS: Final = {
    Kind.INFORMATION: "Cung cấp thông tin trực tuyến",
    Kind.PARTIAL: "Dịch vụ công trực tuyến một phần",
    Kind.FULL: "Dịch vụ công trực tuyến toàn trình",
}
OLD_LEVELS: Final[Mapping[int, Kind]] = {
    1: Kind.INFORMATION,
    2: Kind.INFORMATION,
    3: Kind.PARTIAL,
    4: Kind.FULL,
}
"""The levels of before NĐ 42/2022, as they are read today."""


class NationalData(StrEnum):
    """National data that a service looks up instead of asking for a paper."""

    POPULATION = "population"
    BUSINESS = "business"
    CIVIL_STATUS = "civil_status"
    SOCIAL_INSURANCE = "social_insurance"
    JUDICIAL_RECORD = "judicial_record"
    LAND = "land"
    TAX = "tax"
    DRIVING_LICENCE = "driving_licence"
    RESULT_STORE = "result_store"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _DATA[self]


_DATA: Final = {
    NationalData.POPULATION: "CSDL quốc gia về dân cư",
    NationalData.BUSINESS: "CSDL quốc gia về đăng ký doanh nghiệp",
    NationalData.CIVIL_STATUS: "CSDL hộ tịch điện tử",
    NationalData.SOCIAL_INSURANCE: "CSDL bảo hiểm",
    NationalData.JUDICIAL_RECORD: "CSDL lý lịch tư pháp",
    NationalData.LAND: "CSDL đất đai",
    NationalData.TAX: "CSDL thuế",
    NationalData.DRIVING_LICENCE: "CSDL giấy phép lái xe",
    NationalData.RESULT_STORE: "Kho dữ liệu điện tử của tổ chức, cá nhân",
}


@dataclass(frozen=True, slots=True)
class Post:
    """Bưu chính công ích: whether papers come and results go by post; prices in whole đồng.

    Raises:
        PriceWithoutPostError: if there is a price for what is not done by post.
    """

    receives: bool = False
    returns: bool = False
    receiving_price_vnd: int | None = None
    returning_price_vnd: int | None = None

    def __post_init__(self) -> None:
        if not self.receives and self.receiving_price_vnd is not None:
            raise PriceWithoutPostError("receiving_price_vnd")
        if not self.returns and self.returning_price_vnd is not None:
            raise PriceWithoutPostError("returning_price_vnd")


@dataclass(frozen=True, slots=True)
class Service:
    """What a decision says of a service, all of it: nothing is left over from the one before.

    `is_chosen` marks those chosen to go online first, whether or not they are online yet;
    `is_priority` those of the national list whose papers national data must replace.
    `old_level` is the level 1 to 4 that a decision of before NĐ 42/2022 names.

    Raises:
        OldLevelMismatchError: if the old level is read as another kind.
    """

    level: Level
    kind: Kind
    old_level: int | None = None
    is_open: bool = True
    on_national_portal: bool = False
    post: Post = field(default_factory=Post)
    online_payment: bool = False
    national_data: tuple[NationalData, ...] = ()
    is_priority: bool = False
    is_chosen: bool = False

    def __post_init__(self) -> None:
        if self.old_level is not None and OLD_LEVELS.get(self.old_level) is not self.kind:
            raise OldLevelMismatchError(self.old_level)

    @property
    def is_online(self) -> bool:
        """Whether a dossier can be filed online now."""
        return self.is_open and self.kind.is_online

    def facts(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """Return the service that gave `facts`."""
        kinds = {
            "level": Level(facts["level"]),
            "kind": Kind(facts["kind"]),
            "post": Post(**facts["post"]),
            "national_data": tuple(NationalData(one) for one in facts["national_data"]),
        }
        return cls(**{**facts, **kinds})


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """Which service: an agency's, of a procedure, both in the spelling of today.

    A decision for an agency also stands for every unit below it that has none of its own.
    """

    procedure: ProcedureCode
    agency: AgencyCode

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"service:{self.procedure}@{self.agency}"


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that decides: số, ngày ký, ngày hiệu lực; any day may be past or to come.

    `supersedes` is the number of an earlier decision on the same service, which counts no
    longer from the day on which this one takes effect.
    """

    number: str
    signed_on: date
    effective_from: date
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as recorded; it is never edited. `number` is given out in recording order."""

    number: int
    paper: Paper
    service: Service
    recorded_at: datetime

    @property
    def place(self) -> tuple[date, date, int]:
        """Where it stands in the order of taking effect."""
        return self.paper.effective_from, self.paper.signed_on, self.number

    def says(self, paper: Paper, service: Service) -> bool:
        """Tell whether it says just this."""
        return (self.paper, self.service) == (paper, service)


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision that shall be recorded; `at` is where it stood in what was sent."""

    procedure: ProcedureCode
    agency: AgencyCode
    paper: Paper
    service: Service
    digest: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file of decisions."""

    new: int
    unchanged: int
