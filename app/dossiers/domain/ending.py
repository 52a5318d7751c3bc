"""Putting off, finishing, returning the result, and what the owner thought of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.dossiers.domain.act_errors import AlreadyRatedError, NoElectronicResultError
from app.dossiers.domain.actors import Said
from app.dossiers.domain.deadlines import LateApology
from app.dossiers.domain.deciding import IN_HAND, in_turn, moved
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import (
    ActName,
    Extension,
    Handover,
    Rating,
    ResultPaper,
    ReturnWay,
)
from app.dossiers.domain.promise_errors import LateApologyError
from app.dossiers.domain.promises import Ground, day_in_vietnam
from app.dossiers.domain.statuses import Status


@dataclass(frozen=True, slots=True)
class Apology:
    """Why a due date cannot be kept, and the new one."""

    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a result is returned, with papers of it that were not named before."""

    way: ReturnWay
    recipient: str | None = None
    tracking_number: str | None = None
    results: tuple[ResultPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the owner thought: 1 (worst) to 5."""

    score: int
    comment: str | None = None


def extend(dossier: Dossier, said: Said, ground: Ground, apology: Apology) -> Dossier:
    """Put the due date off, once, with an apology; raises as `Promise.extended` does.

    What counts is when it was decided, not when we were told.

    Raises:
        LateApologyError: if it comes on the due day or later, and that is set to be refused.
    """
    in_turn(dossier, ActName.EXTEND, IN_HAND | {Status.PAYMENT_REQUESTED})
    promise = dossier.promise.extended(ground, apology.due_at, now=said.happened_at)
    extension = Extension(
        reason=apology.reason,
        happened_at=said.happened_at,
        decided_by=said.name,
        due_before=dossier.promise.decisions[-1].due_at,
        due_after=apology.due_at,
        is_late=_is_late(dossier, said, ground),
    )
    handling = replace(dossier.handling, extension=extension)
    return replace(dossier, promise=promise, handling=handling, changed_at=said.now)


def _is_late(dossier: Dossier, said: Said, ground: Ground) -> bool:
    """Tell whether an apology comes later than the day before, where that is looked at."""
    rule, due_at = ground.rules.late_apology, dossier.due_at
    if rule is LateApology.OFF or due_at is None:
        return False
    is_late = day_in_vietnam(said.happened_at) >= day_in_vietnam(due_at)
    if is_late and rule is LateApology.REFUSE:
        raise LateApologyError(due_at)
    return is_late


def finish(dossier: Dossier, said: Said, results: tuple[ResultPaper, ...]) -> Dossier:
    """End the handling; the result lies ready."""
    in_turn(dossier, ActName.FINISH, IN_HAND | {Status.PAYMENT_REQUESTED})
    handling = replace(dossier.handling, results=results)
    return replace(moved(dossier, said, Status.FINISHED), handling=handling)


def return_result(dossier: Dossier, said: Said, delivery: Delivery) -> Dossier:
    """Return the result to its owner.

    Raises:
        NoElectronicResultError: if it shall be electronic and no file is named.
        OutOfTurnError: if the dossier is not finished.
    """
    in_turn(dossier, ActName.RETURN, {Status.FINISHED})
    results = (*dossier.handling.results, *delivery.results)
    if delivery.way is ReturnWay.ELECTRONIC and not any(paper.has_file for paper in results):
        raise NoElectronicResultError
    handover = Handover(
        returned_at=said.happened_at,
        returned_by=said.name,
        way=delivery.way,
        recipient=delivery.recipient,
        tracking_number=delivery.tracking_number,
    )
    handling = replace(dossier.handling, results=results, handover=handover)
    return replace(moved(dossier, said, Status.RETURNED), handling=handling)


def rate(dossier: Dossier, said: Said, opinion: Opinion) -> Dossier:
    """Keep what the owner thought of a dossier that has ended.

    Raises:
        AlreadyRatedError: if it was rated before.
    """
    in_turn(dossier, ActName.RATE, {Status.REJECTED, Status.FINISHED, Status.RETURNED})
    if dossier.handling.rating is not None:
        raise AlreadyRatedError
    rating = Rating(opinion.score, said.happened_at, opinion.comment)
    handling = replace(dossier.handling, rating=rating)
    return replace(dossier, handling=handling, changed_at=said.now)
