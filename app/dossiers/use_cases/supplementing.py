"""Asking for papers and receiving them.

Each raises as its rule in `domain/supplementing.py` does, and `UnknownDossierError`; for papers
that name files as `readying.ready` does.
"""

from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain import supplementing
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.supplementing import Brought, Missing
from app.dossiers.use_cases.acting import Done, Order, perform
from app.dossiers.use_cases.promising import ground_of
from app.dossiers.use_cases.readying import Bringing, own, ready
from app.platform.clock import Clock


def ask_supplement(
    connection: Connection, clock: Clock, caller: Caller, order: Order, missing: Missing
) -> Done:
    """Ask the owner for papers; the time does not count until they are there."""
    ground = ground_of(connection, order.cause.rules)

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        asked = supplementing.ask_supplement(dossier, said, ground, missing)
        return asked, "; ".join([missing.content, *missing.papers])

    return perform(connection, clock, caller, order, ActName.ASK_SUPPLEMENT, change)


def receive_supplement(
    connection: Connection, clock: Clock, caller: Caller, order: Order, brought: Brought
) -> Done:
    """Receive the papers of a round; the due date follows the mode that is set."""
    ground = ground_of(connection, order.cause.rules)

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        bringing = Bringing(dossier.filing.applicant, dossier.code, order.cause.reuse_days)
        papers = ready(connection, clock, caller, bringing, brought.papers, at="/papers")
        received = supplementing.receive_supplement(
            dossier, said, ground, replace(brought, papers=papers)
        )
        own(connection, dossier.code, papers)
        return received, brought.note or None

    return perform(connection, clock, caller, order, ActName.RECEIVE_SUPPLEMENT, change)
