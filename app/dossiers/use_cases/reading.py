"""Reading dossiers and their progress."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import MemberNotFoundError
from app.catalogue.use_cases import show_member
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.use_cases.owing import visible


def show(connection: Connection, caller: Caller, code: DossierCode) -> Dossier:
    """Return a dossier.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    return visible(store.find(connection, code), caller)


def list_dossiers(
    connection: Connection, caller: Caller, wanted: store.Wanted, *, after: int, limit: int
) -> Sequence[tuple[int, Dossier]]:
    """Return at most so many dossiers that are the caller's, each with its number, in order."""
    if wanted.agency is not None:
        with suppress(MemberNotFoundError):
            member = show_member(connection, code=wanted.agency)
            wanted = replace(wanted, agency=member.code)
    return store.listed(connection, caller.member, wanted, after=after, limit=limit)


def show_progress(
    connection: Connection, caller: Caller, code: DossierCode
) -> Sequence[tuple[int, Step]]:
    """Return the progress of a dossier, each row with its number, in order.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    show(connection, caller, code)
    return store.steps_of(connection, code)
