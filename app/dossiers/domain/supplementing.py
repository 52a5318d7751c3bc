"""Rounds of supplements: asking for papers that are missing, and receiving them."""

from dataclasses import dataclass, replace

from app.dossiers.domain.act_errors import SupplementClosedError, UnknownSupplementError
from app.dossiers.domain.actors import Said
from app.dossiers.domain.deadlines import (
    AfterSupplement,
    Duration,
    Suspension,
    Unit,
    deadline,
)
from app.dossiers.domain.deciding import IN_HAND, in_turn, moved
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.handling import ActName, Supplement, SupplementReceipt
from app.dossiers.domain.promises import Ground
from app.dossiers.domain.statuses import Status


@dataclass(frozen=True, slots=True)
class Missing:
    """What an owner is asked for; `days` are the working days they have, None the usual ones."""

    content: str
    papers: tuple[str, ...] = ()
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What an owner brought in answer to a round."""

    number: int
    note: str
    papers: tuple[Attachment, ...] = ()


def ask_supplement(dossier: Dossier, said: Said, ground: Ground, missing: Missing) -> Dossier:
    """Ask for papers; from now on the time does not count."""
    in_turn(dossier, ActName.ASK_SUPPLEMENT, IN_HAND | {Status.REGISTERED})
    window = Duration(missing.days or ground.rules.supplement_days, Unit.WORKING_DAYS)
    asked = Supplement(
        number=len(dossier.handling.supplements) + 1,
        asked_at=said.happened_at,
        asked_by=said.name,
        asked_from=dossier.status,
        content=missing.content,
        answer_by=deadline(ground.calendar, ground.rules, said.happened_at, window),
        papers=missing.papers,
    )
    rounds = (*dossier.handling.supplements, asked)
    handling = replace(dossier.handling, supplements=rounds)
    return replace(moved(dossier, said, Status.SUPPLEMENT_REQUESTED), handling=handling)


def receive_supplement(dossier: Dossier, said: Said, ground: Ground, brought: Brought) -> Dossier:
    """Receive the papers of a round, also late ones; the due date follows the mode that is set.

    Raises:
        UnknownSupplementError: if there is no such round.
        SupplementClosedError: if they came before.
        OutOfTurnError: if the dossier no longer waits for papers.
    """
    asked = _awaited(dossier, brought.number)
    in_turn(dossier, ActName.RECEIVE_SUPPLEMENT, {Status.SUPPLEMENT_REQUESTED})
    back = moved(dossier, said, _where_to(asked, ground))
    promise = back.promise
    if asked.asked_from is not Status.REGISTERED:
        waited = Suspension(asked.asked_at, max(asked.asked_at, said.happened_at))
        promise = promise.after_wait(ground, waited, now=said.now)
    receipt = SupplementReceipt(
        received_at=said.happened_at,
        received_by=said.name,
        note=brought.note,
        papers=brought.papers,
        due_before=dossier.due_at,
        due_after=promise.due_at,
    )
    rounds = (*dossier.handling.supplements[:-1], replace(asked, receipt=receipt))
    handling = replace(dossier.handling, supplements=rounds)
    return replace(back, promise=promise, handling=handling)


def _awaited(dossier: Dossier, number: int) -> Supplement:
    if not 1 <= number <= len(dossier.handling.supplements):
        raise UnknownSupplementError
    asked = dossier.handling.open_supplement
    if asked is None or asked.number != number:
        raise SupplementClosedError
    return asked


def _where_to(asked: Supplement, ground: Ground) -> Status:
    """Return the status that follows: by decree the period begins anew, so does the handling."""
    anew = ground.rules.after_supplement is AfterSupplement.RECOMPUTE
    return Status.ACCEPTED if anew and asked.asked_from in IN_HAND else asked.asked_from
