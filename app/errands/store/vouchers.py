"""Every statement on tax vouchers; what they say of people is sealed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.codes import DossierCode
from app.errands.domain.tax import TaxVoucher, TaxWord, Totals
from app.errands.tables import tax_notices, tax_vouchers
from app.platform.inserting import insert_new


@dataclass(frozen=True, slots=True)
class Kept:
    """A voucher, whose it is, and what is sealed of it."""

    dossier: DossierCode
    voucher: TaxVoucher
    sealed: bytes


def dossiers_told(connection: Connection, notice: str) -> Sequence[DossierCode]:
    """Return the dossiers that were told of a tax notice with this number."""
    statement = select(tax_notices.c.dossier).where(tax_notices.c.number == notice)
    return [DossierCode(code) for code in connection.scalars(statement)]


def keep(connection: Connection, kept: Kept, identity: str) -> None:
    """Keep a voucher in place of the one of the same identity, whose id stays."""
    values = _values(kept)
    if insert_new(connection, tax_vouchers, values | {"identity": identity}):
        return
    del values["id"]
    mine = tax_vouchers.c.identity == identity
    connection.execute(update(tax_vouchers).where(mine).values(**values))


def find(connection: Connection, voucher_id: str) -> Kept | None:
    """Return a voucher."""
    wanted = select(tax_vouchers).where(tax_vouchers.c.id == voucher_id)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _kept_of(row)


def find_identical(connection: Connection, identity: str) -> Kept | None:
    """Return the voucher of an identity."""
    wanted = select(tax_vouchers).where(tax_vouchers.c.identity == identity)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _kept_of(row)


def every(connection: Connection) -> Sequence[tuple[str, bytes]]:
    """Return what is sealed of all vouchers, by their ids."""
    rows = connection.execute(select(tax_vouchers.c.id, tax_vouchers.c.sealed))
    return [(row.id, bytes(row.sealed)) for row in rows]


def reseal(connection: Connection, voucher_id: str, sealed: bytes) -> None:
    """Keep the same under another key."""
    mine = tax_vouchers.c.id == voucher_id
    connection.execute(update(tax_vouchers).where(mine).values(sealed=sealed))


def of_dossier(connection: Connection, code: DossierCode) -> Sequence[Kept]:
    """Return the vouchers of a dossier in the order in which they came."""
    wanted = select(tax_vouchers).where(tax_vouchers.c.dossier == code)
    ordered = wanted.order_by(tax_vouchers.c.noted_at, tax_vouchers.c.id)
    return [_kept_of(row) for row in connection.execute(ordered)]


def _values(kept: Kept) -> dict[str, Any]:
    plain = {name: getattr(kept.voucher, name) for name in kept.voucher.__slots__}
    totals = asdict(plain.pop("totals"))
    word = kept.voucher.word.value
    return plain | totals | {"word": word, "dossier": str(kept.dossier), "sealed": kept.sealed}


def _kept_of(row: Row[Any]) -> Kept:
    plain = {name: getattr(row, name) for name in TaxVoucher.__slots__ if name != "totals"}
    totals = Totals(**{name: getattr(row, name) for name in Totals.__slots__})
    known = {"word": TaxWord(row.word), "is_paid": bool(row.is_paid), "totals": totals}
    return Kept(DossierCode(row.dossier), TaxVoucher(**plain | known), bytes(row.sealed))
