"""By which user id our Official Account knows the owner of a dossier."""

from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store as dossiers
from app.dossiers.use_cases.owing import visible
from app.evidence.domain import Act
from app.evidence.store import record
from app.notices.domain.channels import Channel, masked
from app.notices.domain.errors import InvalidUserIdError
from app.notices.store import owners
from app.platform.clock import Clock
from app.platform.sealing import Sealer, UnopenableError


@dataclass(frozen=True, slots=True)
class Known:
    """What a caller tells of a dossier's owner: their user id, None to forget it."""

    code: DossierCode
    user: SecretStr | None
    digest: str


def keep_user(
    connection: Connection, clock: Clock, caller: Caller, sealer: Sealer, *, told: Known
) -> tuple[DossierCode, str | None]:
    """Keep the user id of a dossier's owner, sealed, or forget it; return it as it may be shown.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        InvalidUserIdError: if it is none.
    """
    code = visible(dossiers.lock(connection, told.code), caller).code
    recipient = None
    if told.user is None:
        owners.forget(connection, code)
    else:
        user = Channel.OA.address(told.user.get_secret_value())
        if user is None:
            raise InvalidUserIdError
        recipient = masked(user)
        sealed = sealer.seal(SecretStr(user), about=about_user(code))
        owners.keep(connection, clock, code, sealed, recipient)
    record(connection, clock, caller, Act("notice.user", f"dossier:{code}", told.digest))
    return code, recipient


def user_of(connection: Connection, sealer: Sealer | None, code: DossierCode) -> str | None:
    """Return the user id of a dossier's owner; None if there is none that we can read."""
    found = owners.find(connection, code)
    if found is None or sealer is None:
        return None
    try:
        return sealer.open(found[0], about=about_user(code)).get_secret_value()
    except UnopenableError:
        return None


def about_user(code: DossierCode) -> str:
    """Return what a user id is sealed for."""
    return f"oa-user:{code}"
