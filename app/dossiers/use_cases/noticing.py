"""Filling the forms of receipts and notices."""

from datetime import timedelta

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.notices import Case, Form, Notice, notice_of
from app.dossiers.domain.promises import start_of_day
from app.dossiers.use_cases.reading import show

_LONGEST_REGISTER = 2000


def show_notice(connection: Connection, caller: Caller, code: DossierCode, form: Form) -> Notice:
    """Return a form filled for a dossier.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NoticeUnavailableError: if what the form tells of did not happen.
    """
    dossier = show(connection, caller, code)
    steps = [step for _, step in store.steps_of(connection, code)]
    register = _register(connection, dossier) if form is Form.REGISTER else []
    return notice_of(form, Case(dossier, steps, register))


def _register(connection: Connection, dossier: Dossier) -> list[Dossier]:
    """Return what the dossier's agency received on its day, in the order it came."""
    agency = dossier.filing.agency.code
    first = start_of_day(dossier.filing.times.received_at)
    wanted = store.Wanted(received_from=first, received_to=first + timedelta(days=1))
    found = store.listed(connection, agency, wanted, after=0, limit=_LONGEST_REGISTER)
    return [one for _, one in found if one.filing.agency.code == agency]
