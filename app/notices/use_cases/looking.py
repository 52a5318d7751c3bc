"""Seeing what was told, and silencing a dossier."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store as dossiers
from app.dossiers.domain.dossier import Dossier
from app.dossiers.use_cases.owing import visible
from app.evidence.domain import Act
from app.evidence.store import record
from app.notices.domain.notices import Notice
from app.notices.store import notices as store
from app.platform.clock import Clock


def page(
    connection: Connection, caller: Caller, *, dossier: str | None, before: int | None, limit: int
) -> Sequence[tuple[int, Notice]]:
    """Return notices of the caller's dossiers, the newest first."""
    return store.page(connection, caller.member, dossier=dossier, before=before, limit=limit)


def silence(
    connection: Connection, clock: Clock, caller: Caller, digest: str, *, code: str
) -> DossierCode:
    """Keep that a dossier's owner wants no notices; followers are told all the same.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    dossier = visible(_locked(connection, code), caller)
    store.silence(connection, clock, dossier.code)
    record(connection, clock, caller, Act("notice.silence", f"dossier:{dossier.code}", digest))
    return dossier.code


def _locked(connection: Connection, code: str) -> Dossier | None:
    try:
        return dossiers.lock(connection, DossierCode(code))
    except ValueError:
        return None
