"""Reading errands."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers.use_cases import show as show_dossier
from app.errands import store
from app.errands.domain import Errand, NoPaperError, UnknownErrandError
from app.errands.use_cases.owing import subject_of
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


def show(connection: Connection, caller: Caller, errand_id: str) -> Errand:
    """Return an errand.

    Raises:
        UnknownErrandError: if there is none, or it is not the caller's.
    """
    errand = store.find(connection, errand_id)
    if errand is None or not caller.may_see(errand.agency):
        raise UnknownErrandError
    return errand


def show_events(
    connection: Connection, caller: Caller, errand_id: str
) -> tuple[Errand, Sequence[store.Event]]:
    """Return an errand with what was told of it, in order.

    Raises:
        UnknownErrandError: if there is none, or it is not the caller's.
    """
    return show(connection, caller, errand_id), store.events_of(connection, errand_id)


def list_of_dossier(connection: Connection, caller: Caller, code: DossierCode) -> Sequence[Errand]:
    """Return the errands of a dossier, the newest first.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    show_dossier(connection, caller, code)
    return store.of_dossier(connection, code)


def hand_out(connection: Connection, clock: Clock, caller: Caller, errand_id: str) -> Errand:
    """Return an errand whose paper is handed out, and write down that it was.

    Raises:
        UnknownErrandError: if there is none, or it is not the caller's.
        NoPaperError: if it brought none.
    """
    errand = show(connection, caller, errand_id)
    if not (errand.result or {}).get("pdf"):
        raise NoPaperError
    record(connection, clock, caller, Act("errand.result.read", subject_of(errand)))
    return errand
