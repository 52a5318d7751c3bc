"""Keeping tax notices of dossiers, and reading them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers.use_cases import show as show_dossier
from app.errands.domain.tax import TaxNotice
from app.errands.store import land
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


def keep_tax_notices(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    code: DossierCode,
    notices: Sequence[TaxNotice],
    digest: str,
) -> int:
    """Keep notices of a dossier, each number once; return how many are new.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
    """
    show_dossier(connection, caller, code)
    new = [land.keep_notice(connection, code, notice) for notice in notices]
    record(connection, clock, caller, Act("dossier.tax_notices.keep", f"dossier:{code}", digest))
    return sum(new)


def list_tax_notices(
    connection: Connection, caller: Caller, code: DossierCode
) -> Sequence[TaxNotice]:
    """Return the tax notices of a dossier in the order of their results.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    show_dossier(connection, caller, code)
    return land.notices_of(connection, code)
