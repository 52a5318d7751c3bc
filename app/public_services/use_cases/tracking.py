"""What a citizen may see of a dossier."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.numbers import is_same_tracking_code
from app.public_services.domain import NotShownError


def look_up(
    connection: Connection, code: str, tracking_code: str | None
) -> tuple[Dossier, Sequence[Step]]:
    """Return a dossier and its steps to whoever holds its tracking code.

    Raises:
        NotShownError: whatever is wrong, so that nothing can be learnt by asking.
    """
    dossier = _found(connection, code)
    kept = None if dossier is None else dossier.tracking_code
    is_holder = is_same_tracking_code(kept, tracking_code or "")
    if dossier is None or not is_holder:
        raise NotShownError
    steps = [step for _, step in store.steps_of(connection, dossier.code)]
    return dossier, steps


def _found(connection: Connection, code: str) -> Dossier | None:
    try:
        return store.find(connection, DossierCode(code))
    except ValueError:
        return None
