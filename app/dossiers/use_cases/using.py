"""Writing into a dossier which national data was used for it."""

from collections.abc import Callable

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.national_data import NationalUse, use_data
from app.dossiers.use_cases.acting import Done, Order, perform
from app.platform.clock import Clock


def use_national_data(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    order: Order,
    told: Callable[[Dossier], tuple[NationalUse, str]],
) -> Done:
    """Write a use of national data into a dossier, whatever its status.

    `told` returns the use and the name of the database, looking at the dossier for what is
    verified of its owner.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
    """

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        use, name = told(dossier)
        return use_data(dossier, said, use), name

    return perform(connection, clock, caller, order, ActName.USE_NATIONAL_DATA, change)
