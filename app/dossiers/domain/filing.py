"""What was filed: it stays as it is, whatever becomes of the dossier."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.errors import (
    DueTooEarlyError,
    IntakeMismatchError,
    InvalidIdentityError,
)
from app.dossiers.domain.facts import facts_of, from_facts
from app.dossiers.domain.intake import Intake, IntakeSource
from app.dossiers.domain.reuse import Reuse

Facts = dict[str, Any]
"""A record as plain JSON values, for the database and for messages owed."""


class Channel(StrEnum):
    """Kênh thực hiện: how the dossier came in."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"


class ApplicantKind(StrEnum):
    """Loại đối tượng: who the owner is; declared in the order of the national codes 1 to 4."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    STATE_AGENCY = "state_agency"
    ORGANISATION = "organisation"


class IdentityType(StrEnum):
    """Loại giấy tờ of the owner's identity number."""

    CITIZEN_ID = "citizen_id"
    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    OTHER = "other"


class ResultDelivery(StrEnum):
    """Hình thức trả kết quả."""

    DIRECT = "direct"
    POSTAL = "postal"


class FeeKind(StrEnum):
    """Lệ phí (fee) is a fixed due, phí (charge) pays for a service."""

    FEE = "fee"
    CHARGE = "charge"


_FORMS: Final = {
    IdentityType.CITIZEN_ID: (re.compile(r"[0-9]{12}"), "phải có 12 chữ số", "12 digits"),
    IdentityType.IDENTITY_CARD: (re.compile(r"[0-9]{9}"), "phải có 9 chữ số", "9 digits"),
    IdentityType.TAX_CODE: (
        re.compile(r"[0-9]{10}(?:-?[0-9]{3})?|[0-9]{12}"),
        "phải có 10, 12 hoặc 13 chữ số",
        "10, 12 or 13 digits",
    ),
}


_SOURCES: Final = {
    Channel.COUNTER: (IntakeSource.COUNTER,),
    Channel.ONLINE: (IntakeSource.PORTAL, IntakeSource.ZALO),
    Channel.POSTAL: (IntakeSource.POST,),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that names a person or a body.

    Raises:
        InvalidIdentityError: if the number does not have the form of its kind.
    """

    kind: IdentityType
    number: str

    def __post_init__(self) -> None:
        if self.kind not in _FORMS:
            return
        form, wanted, wanted_en = _FORMS[self.kind]
        if form.fullmatch(self.number) is None:
            raise InvalidIdentityError(wanted, wanted_en)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Chủ hồ sơ."""

    kind: ApplicantKind
    full_name: str
    identity: Identity | None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """Giấy tờ nộp kèm: the nation fetches the file from `url` itself.

    A file that is held here has a `file_id` and no `url`: links to it are made when needed.
    """

    component_code: str
    name: str
    url: str
    digitised: bool
    file_id: str = ""
    reuse: Reuse | None = None
    is_from_store: bool = False
    """Taken from the owner's national personal store (kho dữ liệu cá nhân)."""


@dataclass(frozen=True, slots=True)
class Fee:
    """Phí, lệ phí; the amount in whole đồng."""

    code: str
    name: str
    amount_vnd: int
    kind: FeeKind


@dataclass(frozen=True, slots=True)
class FiledProcedure:
    """The procedure as the dossier names it."""

    code: ProcedureCode
    name: str
    sector_code: str
    sector_name: str

    def completed(self, *, name: str, sector_code: str, sector_name: str) -> "FiledProcedure":
        """Return it with what it left empty."""
        return replace(
            self,
            name=self.name or name,
            sector_code=self.sector_code or sector_code,
            sector_name=self.sector_name or sector_name,
        )


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency that handles the dossier."""

    code: AgencyCode
    name: str


@dataclass(frozen=True, slots=True)
class Times:
    """Submitted by the owner, received by the agency, promised to the owner.

    Raises:
        DueTooEarlyError: if promised before received.
    """

    received_at: datetime
    submitted_at: datetime | None = None
    due_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.due_at is not None and self.due_at < self.received_at:
            raise DueTooEarlyError(self.received_at)


@dataclass(frozen=True, slots=True)
class Filing:
    """One application as filed.

    Raises:
        IntakeMismatchError: if it did not come in through a door of its channel.
    """

    procedure: FiledProcedure
    agency: Agency
    channel: Channel
    applicant: Applicant
    summary: str
    times: Times
    result_delivery: ResultDelivery
    attachments: tuple[Attachment, ...] = ()
    fees: tuple[Fee, ...] = ()
    intake: Intake | None = None
    national: Facts = field(default_factory=dict)
    """The national record as a carrying system words it, where we know less than it says."""

    def __post_init__(self) -> None:
        if self.intake is not None and self.intake.source not in _SOURCES[self.channel]:
            raise IntakeMismatchError(_SOURCES[self.channel])
        if self.intake is not None and self.intake.entry and self.channel is not Channel.ONLINE:
            raise IntakeMismatchError(_SOURCES[Channel.ONLINE])

    @property
    def came_in(self) -> Intake:
        """How it came in; what nobody said follows from the channel."""
        return self.intake or Intake(_SOURCES[self.channel][0])

    def facts(self) -> Facts:
        """Return it as JSON values."""
        return {
            "procedure": _plain(self.procedure),
            "agency": _plain(self.agency),
            "channel": self.channel.value,
            "applicant": _plain(self.applicant) | {"identity": _identity(self.applicant)},
            "summary": self.summary,
            "times": {name: in_text(moment) for name, moment in _plain(self.times).items()},
            "result_delivery": self.result_delivery.value,
            "attachments": [_paper(one) for one in self.attachments],
            "fees": [_plain(fee) for fee in self.fees],
            "intake": facts_of(self.intake),
            "national": self.national,
        }

    @classmethod
    def of(cls, facts: Facts) -> Self:
        """Return the filing that gave `facts`."""
        return cls(
            procedure=FiledProcedure(
                **facts["procedure"] | {"code": ProcedureCode(facts["procedure"]["code"])}
            ),
            agency=Agency(AgencyCode(facts["agency"]["code"]), facts["agency"]["name"]),
            channel=Channel(facts["channel"]),
            applicant=_applicant(facts["applicant"]),
            summary=facts["summary"],
            times=Times(**{name: from_text(text) for name, text in facts["times"].items()}),
            result_delivery=ResultDelivery(facts["result_delivery"]),
            attachments=tuple(_attachment(one) for one in facts["attachments"]),
            fees=tuple(Fee(**fee | {"kind": FeeKind(fee["kind"])}) for fee in facts["fees"]),
            intake=from_facts(Intake, said) if (said := facts.get("intake")) else None,
            national=facts.get("national", {}),
        )


def in_text(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601."""
    return None if moment is None else moment.isoformat()


def from_text(text: str | None) -> Any:
    """Return the moment of an ISO 8601 text."""
    return None if text is None else datetime.fromisoformat(text)


def _plain(value: Any) -> Facts:
    return {name: getattr(value, name) for name in value.__slots__}


def _paper(attachment: Attachment) -> Facts:
    return _plain(attachment) | {"reuse": attachment.reuse and facts_of(attachment.reuse)}


def _attachment(facts: Facts) -> Attachment:
    reuse = facts.get("reuse")
    return Attachment(**facts | {"reuse": reuse and from_facts(Reuse, reuse)})


def _identity(applicant: Applicant) -> Facts | None:
    return None if applicant.identity is None else _plain(applicant.identity)


def _applicant(facts: Facts) -> Applicant:
    found = facts["identity"]
    identity = found and Identity(IdentityType(found["kind"]), found["number"])
    return Applicant(**facts | {"kind": ApplicantKind(facts["kind"]), "identity": identity})
