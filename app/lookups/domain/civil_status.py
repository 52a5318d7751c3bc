"""Đăng ký hộ tịch: what is submitted to the Ministry of Justice, and what comes back."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.codes import DossierCode
from app.lookups.domain.citizens import Sex


class RegistrationKind(StrEnum):
    """What is registered."""

    BIRTH = "birth"
    DEATH = "death"
    MARRIAGE = "marriage"


class RegistrationState(StrEnum):
    """Where a registration stands."""

    WAITING = "waiting"
    SUPPLEMENT = "supplement"
    ELIGIBLE = "eligible"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _STATES[self]


_STATES: Final = {
    RegistrationState.WAITING: "Chờ xử lý",
    RegistrationState.SUPPLEMENT: "Cần bổ sung",
    RegistrationState.ELIGIBLE: "Đủ điều kiện",
    RegistrationState.DONE: "Hoàn thành",
    RegistrationState.REFUSED: "Từ chối",
    RegistrationState.FAILED: "Lỗi",
}


@dataclass(frozen=True, slots=True)
class Parent:
    """Mother or father, or one of two who marry, as forms name them."""

    full_name: str = field(repr=False)
    born_on: date | None = field(default=None, repr=False)
    ethnicity: str | None = None
    nationality: str | None = None
    residence: str | None = field(default=None, repr=False)
    paper_kind: str | None = None
    paper_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks for the registration."""

    full_name: str = field(repr=False)
    paper_number: str | None = field(default=None, repr=False)
    relation: str | None = None
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Birth:
    """The form of a birth."""

    full_name: str = field(repr=False)
    sex: Sex
    born_on: date = field(repr=False)
    requester: Requester
    birthplace: str | None = field(default=None, repr=False)
    home_town: str | None = field(default=None, repr=False)
    ethnicity: str | None = None
    nationality: str | None = None
    mother: Parent | None = None
    father: Parent | None = None


@dataclass(frozen=True, slots=True)
class Death:
    """The form of a death; the notice (giấy báo tử) is what the registration rests on."""

    deceased: Parent
    sex: Sex
    died_on: date = field(repr=False)
    requester: Requester
    died_at: str | None = field(default=None, repr=False)
    cause: str | None = field(default=None, repr=False)
    notice_kind: str | None = None
    notice_number: str | None = None


@dataclass(frozen=True, slots=True)
class Marriage:
    """The form of a marriage; the requester is one of the two."""

    husband: Parent
    wife: Parent
    requester: Requester


@dataclass(frozen=True, slots=True)
class AttachedPaper:
    """A paper that goes with a submission, in base64."""

    title: str = field(repr=False)
    file_name: str = field(repr=False)
    content: str = field(repr=False)
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A form under a dossier's code; `unit` is the ministry's number of who registers it."""

    code: DossierCode
    unit: int
    form: Birth | Death | Marriage
    papers: tuple[AttachedPaper, ...] = ()

    @property
    def kind(self) -> RegistrationKind:
        """What is registered."""
        return _KINDS[type(self.form)]


_KINDS: Final = {
    Birth: RegistrationKind.BIRTH,
    Death: RegistrationKind.DEATH,
    Marriage: RegistrationKind.MARRIAGE,
}


@dataclass(frozen=True, slots=True)
class CivilRegistration:
    """Where a registration stands, and what it came to; the paper is a PDF in base64."""

    state: RegistrationState
    note: str | None = None
    number: str | None = None
    book: str | None = None
    page: str | None = None
    registered_on: date | None = None
    citizen_id: str | None = field(default=None, repr=False)
    paper: str | None = field(default=None, repr=False)
