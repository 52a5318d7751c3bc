"""Acts that only decide: accept, refuse, forward, send back, stop, resume, withdraw."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.dossiers.domain.act_errors import OutOfTurnError
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import ActName, Grounds
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.statuses import Status

IN_HAND: Final = frozenset({Status.ACCEPTED, Status.PROCESSING})
OPEN: Final = IN_HAND | {
    Status.REGISTERED,
    Status.SUPPLEMENT_REQUESTED,
    Status.PAYMENT_REQUESTED,
}


def in_turn(dossier: Dossier, act: ActName, turns: Collection[Status]) -> None:
    """Demand that a dossier stands where an act belongs.

    Raises:
        OutOfTurnError: if it does not.
    """
    if dossier.status not in turns:
        raise OutOfTurnError(act, dossier.status, turns)


def moved(dossier: Dossier, said: Said, wanted: Status) -> Dossier:
    """Return the dossier in a new status; raises as `Dossier.move` does."""
    return dossier.move(wanted, said.kind, happened_at=said.happened_at, now=said.now)


def accept(dossier: Dossier, said: Said, due_at: datetime | None) -> Dossier:
    """Accept what was registered; a due date given now is the one that counts."""
    in_turn(dossier, ActName.ACCEPT, {Status.REGISTERED})
    accepted = moved(dossier, said, Status.ACCEPTED)
    if due_at is None:
        return accepted
    promise = Promise.given(due_at, counted_from=said.happened_at, now=said.now)
    return replace(accepted, promise=promise)


def refuse(dossier: Dossier, said: Said, reason: str) -> Dossier:
    """Refuse what was registered, or what papers were not brought for in time."""
    in_turn(dossier, ActName.REFUSE, {Status.REGISTERED, Status.SUPPLEMENT_REQUESTED})
    handling = replace(dossier.handling, refusal=_grounds(dossier, said, reason))
    return replace(moved(dossier, said, Status.REJECTED), handling=handling)


def forward(dossier: Dossier, said: Said) -> Dossier:
    """Pass it on for handling."""
    in_turn(dossier, ActName.FORWARD, IN_HAND)
    return moved(dossier, said, Status.PROCESSING)


def send_back(dossier: Dossier, said: Said, *, to_counter: bool) -> Dossier:
    """Send it back to who handled it before, or to the counter."""
    turns = {Status.PROCESSING, Status.PAYMENT_REQUESTED, Status.FINISHED}
    in_turn(dossier, ActName.SEND_BACK, turns)
    return moved(dossier, said, Status.ACCEPTED if to_counter else Status.PROCESSING)


def stop(dossier: Dossier, said: Said, reason: str) -> Dossier:
    """Stop handling it, for a reason."""
    in_turn(dossier, ActName.STOP, IN_HAND | {Status.PAYMENT_REQUESTED})
    handling = replace(dossier.handling, stop=_grounds(dossier, said, reason))
    return replace(moved(dossier, said, Status.STOPPED), handling=handling)


def resume(dossier: Dossier, said: Said) -> Dossier:
    """Take a stopped dossier up again where it was stopped."""
    in_turn(dossier, ActName.RESUME, {Status.STOPPED})
    stopped = dossier.handling.stop
    at_counter = stopped is not None and stopped.present is Status.ACCEPTED
    return moved(dossier, said, Status.ACCEPTED if at_counter else Status.PROCESSING)


def withdraw(dossier: Dossier, said: Said, reason: str) -> Dossier:
    """Give it back at its owner's wish."""
    in_turn(dossier, ActName.WITHDRAW, OPEN)
    handling = replace(dossier.handling, withdrawal=_grounds(dossier, said, reason))
    return replace(moved(dossier, said, Status.WITHDRAWN), handling=handling)


def _grounds(dossier: Dossier, said: Said, reason: str) -> Grounds:
    return Grounds(reason, said.happened_at, said.name, dossier.status)
