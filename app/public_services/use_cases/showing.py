"""Showing and counting services."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.catalogue.domain import ProcedureNotFoundError, UnknownProcedureError
from app.catalogue.use_cases import find_procedure, show_procedure
from app.codes import AgencyCode, ProcedureCode
from app.public_services.domain.coverage import Wanted
from app.public_services.domain.offers import Decision, Offer
from app.public_services.store import decisions as kept
from app.public_services.store import offers as store


def list_services(
    connection: Connection, wanted: Wanted, *, after: tuple[str, str] | None, limit: int
) -> Sequence[store.Offered]:
    """Return a page of services as they are on a day."""
    return store.page(connection, wanted, after=after, limit=limit)


def show_service(
    connection: Connection, procedure: ProcedureCode, agency: AgencyCode | None, wanted: Wanted
) -> store.Shown:
    """Return a procedure and its services on a day.

    With an agency it is the one service that stands for it: its own, or that of the nearest
    above it; there may be none.

    Raises:
        ProcedureNotFoundError: if the catalogue does not know the procedure.
    """
    code = _known(connection, procedure)
    full = show_procedure(connection, code=code)
    if agency is None:
        return store.Shown(full, store.of_procedure(connection, wanted, code, None))
    line = [agency.canonical, *AgencyCode(agency.canonical).ancestors]
    found = store.of_procedure(connection, wanted, code, line)
    return store.Shown(full, sorted(found, key=lambda one: -len(one.offer.agency))[:1])


def list_decisions(
    connection: Connection,
    procedure: ProcedureCode,
    agency: AgencyCode | None,
    *,
    after: int,
    limit: int,
) -> Sequence[tuple[Offer, Decision]]:
    """Return a page of the decisions on a procedure, each with its service, as recorded.

    Raises:
        ProcedureNotFoundError: if the catalogue does not know the procedure.
    """
    code = _known(connection, procedure)
    whose = None if agency is None else agency.canonical
    found = kept.of_procedure(connection, code, agency=whose, after=after, limit=limit)
    return [(Offer(code, AgencyCode(one)), decision) for one, decision in found]


def _known(connection: Connection, procedure: ProcedureCode) -> ProcedureCode:
    try:
        return find_procedure(connection, procedure, pointer="path").code
    except UnknownProcedureError:
        raise ProcedureNotFoundError from None
