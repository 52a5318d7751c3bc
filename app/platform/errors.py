"""Base classes of every refusal: categories, not HTTP numbers.

A slice derives its errors from one category and states the fact in two languages;
`platform/problems.py` alone knows which status each category has.

    ProblemError
    ├── MalformedError        the request cannot be read at all
    ├── UnauthenticatedError  who calls is not known
    ├── ForbiddenError        known, but may not do this
    ├── NotFoundError         does not exist, or is not yours: the caller cannot tell which
    ├── GoneError             was the caller's once, and is withdrawn
    ├── ConflictError         true, but not in the present state
    ├── TooLargeError         over a size limit
    ├── UnsupportedError      a media type or version that is not read here
    ├── RefusedError          read, understood and against a rule
    ├── TooManyError          over a rate
    ├── NoRoomError           there is no room to keep it
    ├── UnusableAnswerError   a system behind us refused, or answered what cannot be used
    ├── NoAnswerInTimeError   a system behind us is too slow
    └── UnavailableError      cannot be done now; the same request may succeed later
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Invalid:
    """One wrong place in a request: a JSON pointer (or XPath) and why, in both languages."""

    pointer: str
    detail: str
    detail_en: str


class ProblemError(Exception):
    """A named fact that stops an act.

    `slug` is stable and becomes the problem's type; `detail` is Vietnamese, for a person,
    `detail_en` says the same in English. Neither may carry personal data.
    """

    slug: ClassVar[str] = ""
    title: ClassVar[str] = ""
    title_en: ClassVar[str] = ""

    def __init__(
        self,
        detail: str,
        detail_en: str,
        *,
        errors: Sequence[Invalid] = (),
        extensions: Mapping[str, str | int | None] = MappingProxyType({}),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail_en)
        self.detail = detail
        self.detail_en = detail_en
        self.errors = tuple(errors)
        self.extensions = dict(extensions)
        self.retry_after = retry_after


class MalformedError(ProblemError):
    """The request cannot be read."""


class UnauthenticatedError(ProblemError):
    """Who calls is not known."""


class ForbiddenError(ProblemError):
    """The caller is known and may not do this."""


class NotFoundError(ProblemError):
    """It does not exist, or it is not the caller's."""


class GoneError(ProblemError):
    """It was there for the caller, and has been withdrawn."""


class ConflictError(ProblemError):
    """The present state does not allow it."""


class TooLargeError(ProblemError):
    """The request is over a size limit."""


class UnsupportedError(ProblemError):
    """A media type or version that is not read here."""


class RefusedError(ProblemError):
    """The request was understood and is against a rule."""


class TooManyError(ProblemError):
    """The caller asks too often."""


class NoRoomError(ProblemError):
    """There is no room left to keep what came."""


class UnusableAnswerError(ProblemError):
    """A system behind us refused, or its answer cannot be used."""


class NoAnswerInTimeError(ProblemError):
    """A system behind us did not answer in time."""


class UnavailableError(ProblemError):
    """It cannot be done now."""
