"""Opening parts of a dossier in other agencies."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain import chaining
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.parts import Part
from app.dossiers.use_cases.acting import Done, Order, perform
from app.dossiers.use_cases.following import open_waiting
from app.dossiers.use_cases.submitting import judged
from app.platform.clock import Clock


def open_parts(
    connection: Connection, clock: Clock, caller: Caller, order: Order, parts: tuple[Part, ...]
) -> Done:
    """Give other agencies their parts; those that wait for others are opened when these are done.

    Raises:
        PartOrderError: if the order is not possible.
        OutOfTurnError: if the dossier is not in hand.
        UnknownMemberError: if an agency does not exist.
        UnknownProcedureError: if a procedure does not exist.
        UnknownDossierError: if the dossier does not exist or is not the caller's.
    """

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        whole = chaining.add_parts(dossier, said, parts)
        for place, part in enumerate(parts):
            filing = chaining.filing_of(whole, part, said.happened_at)
            judged(connection, clock, filing, within=f"/parts/{place}")
        whole = open_waiting(
            connection, clock, caller, whole, order.cause, happened_at=said.happened_at
        )
        return whole, "; ".join(part.name for part in parts)

    return perform(connection, clock, caller, order, ActName.OPEN_PARTS, change)
