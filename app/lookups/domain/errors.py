"""Why there is no answer: four problems for each service, named after it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from app.lookups.domain.asking import LookUp, Outcome, Service
from app.platform.errors import (
    NoAnswerInTimeError,
    ProblemError,
    UnavailableError,
    UnusableAnswerError,
)

_AGAIN: Final = 30
"""Seconds after which a service that is down or slow may be asked again."""


class ServiceRefusedError(UnusableAnswerError):
    """The service refuses us: our credentials, our right to it, or the question itself."""


class ServiceMalformedError(UnusableAnswerError):
    """The service's answer is not what it is described as."""


class ServiceSlowError(NoAnswerInTimeError):
    """The service did not answer in time."""


class ServiceDownError(UnavailableError):
    """The service, or the gateway before it, cannot be reached."""


_KINDS: Final[Mapping[Outcome, tuple[type[ProblemError], str, str]]] = {
    Outcome.REFUSED: (ServiceRefusedError, "từ chối trả lời", "refuses to answer"),
    Outcome.MALFORMED: (ServiceMalformedError, "trả lời sai quy cách", "answers unreadably"),
    Outcome.SLOW: (ServiceSlowError, "trả lời quá chậm", "is too slow"),
    Outcome.DOWN: (ServiceDownError, "đang mất kết nối", "cannot be reached"),
}
_ADVICE: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.REFUSED: ("quản trị viên cần xem quyền khai thác.", "its administrator must see to it"),
    Outcome.MALFORMED: ("quản trị viên cần xem lại kết nối.", "its administrator must see to it"),
    Outcome.SLOW: ("hãy thử lại sau.", "try again later"),
    Outcome.DOWN: ("hãy thử lại sau.", "try again later"),
}


def _named(service: Service, outcome: Outcome) -> type[ProblemError]:
    base, words, words_en = _KINDS[outcome]
    said = {
        "slug": f"{service}-{outcome}",
        "title": f"{service.label} {words}",
        "title_en": f"{service.label_en[0].upper()}{service.label_en[1:]} {words_en}",
        "__doc__": f"For {service.label_en}: {base.__doc__}",
        "__module__": __name__,
    }
    return type(f"{service.name.title().replace('_', '')}{base.__name__}", (base,), said)


PROBLEMS: Final[Mapping[tuple[Service, Outcome], type[ProblemError]]] = {
    (service, outcome): _named(service, outcome) for service in Service for outcome in _KINDS
}


def outcome_of(problem: ProblemError) -> Outcome | None:
    """Return what a question came to whose problem this is; None for any other problem."""
    return next((outcome for (_, outcome), kind in PROBLEMS.items() if kind is type(problem)), None)


def problem_of(
    look_up: LookUp, outcome: Outcome, code: str, retry_after: timedelta | None
) -> ProblemError:
    """Return the problem of a question without an answer; `code` is a short machine word."""
    service = look_up.question.service
    kind = PROBLEMS[service, outcome]
    advice, advice_en = _ADVICE[outcome]
    wait = None if retry_after is None else int(retry_after.total_seconds())
    if wait is None and outcome in {Outcome.SLOW, Outcome.DOWN}:
        wait = _AGAIN
    return kind(
        f"{kind.title}; {advice}",
        f"{kind.title_en}; {advice_en}.",
        extensions={"service": service.value, "code": code, "lookup_id": look_up.id},
        retry_after=wait,
    )
