"""Putting off, finishing, returning the result, rating.

Each raises as its rule in `domain/ending.py` does, and `UnknownDossierError`; for results that
name files as `readying.own_results` does.
"""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain import ending
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.ending import Apology, Delivery, Opinion
from app.dossiers.domain.handling import ActName, ResultPaper
from app.dossiers.use_cases.acting import Done, Order, perform
from app.dossiers.use_cases.promising import ground_of
from app.dossiers.use_cases.readying import own_results
from app.platform.clock import Clock

Changed = tuple[Dossier, str | None]


def extend(
    connection: Connection, clock: Clock, caller: Caller, order: Order, apology: Apology
) -> Done:
    """Put the due date off, once, with an apology."""
    ground = ground_of(connection, order.cause.rules)

    def change(dossier: Dossier, said: Said) -> Changed:
        return ending.extend(dossier, said, ground, apology), apology.reason

    return perform(connection, clock, caller, order, ActName.EXTEND, change)


def finish(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    order: Order,
    results: tuple[ResultPaper, ...],
) -> Done:
    """End the handling, with the papers of the result if there are any."""

    def change(dossier: Dossier, said: Said) -> Changed:
        finished = ending.finish(dossier, said, results)
        own_results(connection, caller, dossier.code, results)
        return finished, None

    return perform(connection, clock, caller, order, ActName.FINISH, change)


def return_result(
    connection: Connection, clock: Clock, caller: Caller, order: Order, delivery: Delivery
) -> Done:
    """Return the result to its owner."""

    def change(dossier: Dossier, said: Said) -> Changed:
        returned = ending.return_result(dossier, said, delivery)
        own_results(connection, caller, dossier.code, delivery.results)
        return returned, delivery.way.label.lower()

    return perform(connection, clock, caller, order, ActName.RETURN, change)


def rate(
    connection: Connection, clock: Clock, caller: Caller, order: Order, opinion: Opinion
) -> Done:
    """Keep what the owner thought; the nation is not told (its fields are not public)."""

    def change(dossier: Dossier, said: Said) -> Changed:
        return ending.rate(dossier, said, opinion), f"{opinion.score}/5"

    return perform(connection, clock, caller, order, ActName.RATE, change)
