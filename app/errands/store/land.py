"""Every statement on tax notices, and on dossiers that the land system took."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from app.codes import DossierCode
from app.errands.domain.tax import TaxNotice
from app.errands.tables import land_receipts, tax_notices
from app.platform.clock import Clock
from app.platform.inserting import insert_new


def keep_notice(connection: Connection, code: DossierCode, notice: TaxNotice) -> bool:
    """Keep a notice of a dossier in place of the one with its number; False if there was one."""
    said = {name: getattr(notice, name) for name in notice.__slots__}
    if insert_new(connection, tax_notices, said | {"dossier": str(code)}):
        return True
    columns = tax_notices.c
    connection.execute(
        update(tax_notices)
        .where(columns.dossier == code, columns.number == notice.number)
        .values(**said)
    )
    return False


def notices_of(connection: Connection, code: DossierCode) -> Sequence[TaxNotice]:
    """Return the notices of a dossier in the order of their results."""
    columns = tax_notices.c
    statement = (
        select(*(columns[name] for name in TaxNotice.__slots__))
        .where(columns.dossier == code)
        .order_by(columns.resulted_at, columns.number)
    )
    return [TaxNotice(**row) for row in connection.execute(statement).mappings()]


def add_receipt(
    connection: Connection, clock: Clock, *, system: str, number: str, code: DossierCode
) -> bool:
    """Keep under which number a land system took a dossier; False if the number is taken."""
    row = {"system": system, "number": number, "dossier": str(code), "taken_at": clock.now()}
    return insert_new(connection, land_receipts, row)


def received(connection: Connection, *, system: str, number: str) -> DossierCode | None:
    """Return the dossier that a land system took under a number of its own."""
    columns = land_receipts.c
    found = connection.scalar(
        select(columns.dossier).where(columns.system == system, columns.number == number)
    )
    return None if found is None else DossierCode(found)
