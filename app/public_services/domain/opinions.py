"""Phản ánh, kiến nghị: what people say of how they are served, and what is answered."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from app.codes import AgencyCode
from app.platform.errors import ConflictError, Invalid, NotFoundError, RefusedError

CODE: Final = re.compile(r"PA\d{6}-[2-9A-HJKMNP-TV-Z]{8}", re.ASCII)
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LONG_NUMBER: Final = re.compile(r"(?:\d[\s.\-]?){9,}")
_MAIL: Final = re.compile(r"\S@\S")
_SHORTEST: Final = 4


class OpinionKind(StrEnum):
    """Phản ánh tells of something, kiến nghị asks for a change, khiếu nại of a dossier."""

    REPORT = "report"
    PROPOSAL = "proposal"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _KINDS[self]


_KINDS: Final = {
    OpinionKind.REPORT: "Phản ánh",
    OpinionKind.PROPOSAL: "Kiến nghị",
    OpinionKind.COMPLAINT: "Khiếu nại về giải quyết hồ sơ",
}


class OpinionState(StrEnum):
    """Whether it was answered."""

    RECEIVED = "received"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return "Đã trả lời" if self is OpinionState.ANSWERED else "Đang xem xét"


class OpinionNotShownError(NotFoundError):
    """No opinion with this code is shown for this tracking code."""

    slug = "opinion-not-shown"
    title = "Không tra cứu được phản ánh, kiến nghị"
    title_en = "No opinion to show"

    def __init__(self) -> None:
        super().__init__(
            "Mã phản ánh hoặc mã tra cứu không đúng; gửi mã tra cứu ở tiêu đề X-Tracking-Code.",
            "The code or the tracking code is wrong; send the latter as X-Tracking-Code.",
        )


class UnknownOpinionError(NotFoundError):
    """The opinion does not exist, or is not the caller's."""

    slug = "unknown-opinion"
    title = "Không có phản ánh, kiến nghị này"
    title_en = "Unknown opinion"

    def __init__(self) -> None:
        super().__init__(
            "Không có phản ánh, kiến nghị mang mã này trong phạm vi của bạn.",
            "No opinion that is yours has this code.",
        )


class AlreadyAnsweredError(ConflictError):
    """It was answered before; an answer is not changed."""

    slug = "opinion-answered"
    title = "Đã trả lời"
    title_en = "It was answered"

    def __init__(self) -> None:
        super().__init__("Phản ánh, kiến nghị đã được trả lời.", "The opinion was answered.")


class NothingToRateError(ConflictError):
    """It was not answered yet, or rated before."""

    slug = "nothing-to-rate"
    title = "Chưa thể đánh giá"
    title_en = "Nothing to rate"

    def __init__(self) -> None:
        super().__init__(
            "Chỉ đánh giá một lần, sau khi đã có trả lời.",
            "An answer is rated once, when it is there.",
        )


class PersonalAnswerError(RefusedError):
    """What shall be published has something personal in it."""

    slug = "published-answer-personal"
    title = "Bản công khai có thông tin cá nhân"
    title_en = "The published answer is personal"

    def __init__(self) -> None:
        super().__init__(
            "Bản công khai không được có tên, địa chỉ, số điện thoại, thư điện tử hay số giấy tờ.",
            "What is published may hold no name, address, telephone, e-mail or identity number.",
            errors=[Invalid("/published", "có thông tin cá nhân", "something personal")],
        )


@dataclass(frozen=True, slots=True)
class Sender:
    """Who says it, as far as they say; known to the agency alone."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion as it was said, about an agency and perhaps one dossier."""

    kind: OpinionKind
    agency: AgencyCode
    content: str
    sender: Sender
    dossier: str | None = None


@dataclass(frozen=True, slots=True)
class OpinionFact:
    """What is counted of an opinion: nothing that was said in it, and nobody.

    `procedure`, `sector` and `channel` are those of the dossier that it is about; None without
    one that is known here.
    """

    number: int
    code: str
    agency: AgencyCode
    kind: OpinionKind
    received_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    procedure: str | None = None
    sector: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to who said it, and what of it everybody may read."""

    content: str
    answered_by: str
    answered_at: datetime
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion with its deadline, its answer and what the sender thought of that."""

    code: str
    tracking_code: str
    said: Said
    received_at: datetime
    due_at: datetime
    at_counter: bool
    reply: Reply | None = None
    score: int | None = None

    @property
    def state(self) -> OpinionState:
        """Whether it was answered."""
        return OpinionState.RECEIVED if self.reply is None else OpinionState.ANSWERED

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"opinion:{self.code}"

    def is_late(self, now: datetime) -> bool:
        """Tell whether the answer is, or was, past its deadline."""
        return (now if self.reply is None else self.reply.answered_at) > self.due_at

    def answered(self, reply: Reply) -> Self:
        """Return it with its answer.

        Raises:
            AlreadyAnsweredError: if it has one.
            PersonalAnswerError: if what shall be published names somebody.
        """
        if self.reply is not None:
            raise AlreadyAnsweredError
        if reply.published is not None and _is_personal(reply.published, self.said.sender):
            raise PersonalAnswerError
        return replace(self, reply=reply)

    def rated(self, score: int) -> Self:
        """Return it with what the sender thought of the answer, 1 (worst) to 5.

        Raises:
            NothingToRateError: if there is no answer yet, or a rating before.
        """
        if self.reply is None or self.score is not None:
            raise NothingToRateError
        return replace(self, score=score)


def new_code(day: str) -> str:
    """Return a code for an opinion of a day `yyMMdd` that cannot be guessed from another."""
    return f"PA{day}-{''.join(secrets.choice(_LETTERS) for _ in range(8))}"


def _is_personal(text: str, sender: Sender) -> bool:
    """Tell whether a text has a long number, an e-mail address or what the sender gave.

    It cannot know the names of others: those who publish look themselves.
    """
    if _LONG_NUMBER.search(text) or _MAIL.search(text):
        return True
    plain = _plain(text)
    return any(given in plain for given in _given(sender))


def _given(sender: Sender) -> Sequence[str]:
    every = (sender.name, sender.phone, sender.email, sender.address)
    return [_plain(one) for one in every if one and len(_plain(one)) >= _SHORTEST]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
