"""Acts that decide: accept, refuse, forward, send back, stop, resume, withdraw.

Each raises as its rule in `domain/deciding.py` does, and `UnknownDossierError`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain import deciding
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import ActName
from app.dossiers.use_cases.acting import Done, Order, perform
from app.dossiers.use_cases.promising import promised
from app.platform.clock import Clock

Changed = tuple[Dossier, str | None]


@dataclass(frozen=True, slots=True)
class Return:
    """To whom a dossier is sent back, and why."""

    to_counter: bool
    reason: str


def accept(
    connection: Connection, clock: Clock, caller: Caller, order: Order, due_at: datetime | None
) -> Done:
    """Accept a registered dossier; without a due date it gets one by its procedure."""

    def change(dossier: Dossier, said: Said) -> Changed:
        accepted = deciding.accept(dossier, said, due_at)
        rules, since = order.cause.rules, said.happened_at
        return promised(connection, rules, accepted, accepted_at=since), None

    return perform(connection, clock, caller, order, ActName.ACCEPT, change)


def refuse(connection: Connection, clock: Clock, caller: Caller, order: Order, reason: str) -> Done:
    """Refuse a dossier with the reason."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return deciding.refuse(dossier, said, reason), reason

    return perform(connection, clock, caller, order, ActName.REFUSE, change)


def forward(
    connection: Connection, clock: Clock, caller: Caller, order: Order, receiver: str
) -> Done:
    """Pass a dossier on to a department or person."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return deciding.forward(dossier, said), receiver

    return perform(connection, clock, caller, order, ActName.FORWARD, change)


def send_back(
    connection: Connection, clock: Clock, caller: Caller, order: Order, back: Return
) -> Done:
    """Send a dossier back with the reason."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return deciding.send_back(dossier, said, to_counter=back.to_counter), back.reason

    return perform(connection, clock, caller, order, ActName.SEND_BACK, change)


def stop(connection: Connection, clock: Clock, caller: Caller, order: Order, reason: str) -> Done:
    """Stop handling a dossier with the reason."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return deciding.stop(dossier, said, reason), reason

    return perform(connection, clock, caller, order, ActName.STOP, change)


def resume(
    connection: Connection, clock: Clock, caller: Caller, order: Order, reason: str | None
) -> Done:
    """Take a stopped dossier up again."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return deciding.resume(dossier, said), reason

    return perform(connection, clock, caller, order, ActName.RESUME, change)


def withdraw(
    connection: Connection, clock: Clock, caller: Caller, order: Order, reason: str
) -> Done:
    """Give a dossier back at its owner's wish."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return deciding.withdraw(dossier, said, reason), reason

    return perform(connection, clock, caller, order, ActName.WITHDRAW, change)
