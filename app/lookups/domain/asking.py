"""A question to a national service: what for, by whom, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.lookups.domain.reasons import NoReasonError


class Service(StrEnum):
    """The services that are asked; each has a scope `lookups:<service>` and four problems."""

    ENTERPRISES = "enterprises"
    POPULATION = "population"
    CATALOGUES = "catalogues"
    POSTAL = "postal"
    LICENCES = "licences"
    VEHICLES = "vehicles"
    CIVIL_STATUS = "civil-status"
    INSURANCE = "insurance"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _NAMES[self][0]

    @property
    def label_en(self) -> str:
        """The English name."""
        return _NAMES[self][1]


_NAMES: Final = {
    Service.ENTERPRISES: ("CSDLQG về đăng ký doanh nghiệp", "the national business register"),
    Service.CATALOGUES: ("Danh mục dùng chung quốc gia", "the national shared catalogues"),
    Service.LICENCES: ("Hệ thống giấy phép lái xe", "the driving-licence system"),
    Service.VEHICLES: ("Hệ thống hồ sơ vận tải", "the vehicle-badge system"),
    Service.POSTAL: ("Dịch vụ bưu chính công ích", "the public postal service"),
    Service.POPULATION: ("CSDLQG về dân cư", "the national population database"),
    Service.CIVIL_STATUS: ("Hệ thống hộ tịch điện tử", "the national civil-status system"),
    Service.INSURANCE: ("Cơ sở dữ liệu bảo hiểm xã hội", "the social insurance database"),
}


class Outcome(StrEnum):
    """What came of a question; `asked` while nobody knows."""

    ASKED = "asked"
    FOUND = "found"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    MALFORMED = "malformed"
    SLOW = "slow"
    DOWN = "down"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _OUTCOMES[self]


_OUTCOMES: Final = {
    Outcome.ASKED: "Đã hỏi, chưa rõ kết quả",
    Outcome.FOUND: "Có dữ liệu",
    Outcome.NOT_FOUND: "Không có dữ liệu khớp",
    Outcome.REFUSED: "Dịch vụ từ chối",
    Outcome.MALFORMED: "Dịch vụ trả lời sai quy cách",
    Outcome.SLOW: "Dịch vụ trả lời quá chậm",
    Outcome.DOWN: "Không kết nối được dịch vụ",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody asks: a purpose, and the dossier it is for or the reason in words.

    `agency` is the unit that asks, None for the client's own member; `officer` who asks there.

    Raises:
        NoReasonError: if there is neither a dossier nor a reason in words.
    """

    purpose: str
    dossier: DossierCode | None = None
    stated: str | None = None
    agency: AgencyCode | None = None
    officer: str | None = None

    def __post_init__(self) -> None:
        if self.dossier is None and not (self.stated or "").strip():
            raise NoReasonError


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which service; `about` is a keyed hash of who or what it is about.

    Without a reason it is not about a person.
    """

    service: Service
    operation: str
    about: str
    reason: Reason | None = None

    @property
    def act(self) -> str:
        """How the evidence log names it."""
        return f"lookup.{self.service}.{self.operation}"


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question that was asked. Of its answer only the outcome is kept."""

    id: str
    question: Question
    client_id: str
    member: AgencyCode
    unit: AgencyCode
    asked_at: datetime
    outcome: Outcome = Outcome.ASKED
    answered_at: datetime | None = None
    procedure: ProcedureCode | None = None
    """That of the dossier it is for, while it is asked."""
    grant: str | None = None
    """The broker's grant behind it, where there is one."""

    @property
    def officer(self) -> str | None:
        """Who asks at the unit, if it was said."""
        return None if self.question.reason is None else self.question.reason.officer


def subject_of(look_up_id: str) -> str:
    """Return how the evidence log names a look-up."""
    return f"lookup:{look_up_id}"
