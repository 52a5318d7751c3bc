"""What came of tax notices by the national portal: matched to a dossier, kept, and read."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from pydantic import SecretStr
from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store as dossiers
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.use_cases import Cause
from app.dossiers.use_cases import show as show_dossier
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.noting import note
from app.errands import store
from app.errands.domain import Errand, Kind, New
from app.errands.domain.tax import (
    AmbiguousTaxNoticeError,
    Payer,
    ShownVoucher,
    ToldVoucher,
    UnknownTaxNoticeError,
)
from app.errands.store import vouchers
from app.errands.store.vouchers import Kept
from app.errands.use_cases.owing import place
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import inbox
from app.platform.clock import Clock
from app.platform.sealing import Sealer, UnopenableError

_PORTAL: Final = Actor(ActorKind.SYSTEM, "Cổng Dịch vụ công quốc gia")


@dataclass(frozen=True, slots=True)
class Terms:
    """Why a voucher is kept now, and whether the land system is owed it."""

    cause: Cause
    hands_on: bool


def take_voucher(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    sealer: Sealer,
    told: ToldVoucher,
    terms: Terms,
) -> bool:
    """Keep a voucher with the dossier that was told of its notice; False if it came before.

    The same payment told otherwise takes the place of the first. The land system is owed it, if
    it has the dossier and that is set.

    Raises:
        UnknownTaxNoticeError: if no dossier of the caller's was told of the notice.
        AmbiguousTaxNoticeError: if several were.
    """
    if not inbox.accept(connection, clock, sender=caller.client_id, message_id=told.identity):
        return False
    code = _matched(connection, caller, told.voucher.notice)
    # The errand before the dossier, as the land system's own words lock them.
    held = _held(connection, code) if terms.hands_on else None
    dossiers.lock(connection, code)
    identity = _identity_of(told)
    before = vouchers.find_identical(connection, identity)
    known = None if before is None else before.voucher
    voucher = told.voucher if known is None else replace(told.voucher, id=known.id)
    sealed = sealer.seal(SecretStr(json.dumps(asdict(told.payer))), about=_about(voucher.id))
    vouchers.keep(connection, Kept(code, voucher, sealed), identity)
    if known is None or known.text != voucher.text:
        happened_at = min(voucher.paid_at or clock.now(), clock.now())
        order = Order(code, _PORTAL, terms.cause, happened_at, content=voucher.text)
        note(connection, clock, caller, order)
    act = Act("dossier.tax_voucher.keep", f"dossier:{code}", terms.cause.digest)
    record(connection, clock, caller, act)
    if held is not None:
        wanted = _handing_on(held, code, replace(told, voucher=voucher), terms)
        place(connection, clock, caller, wanted)
    return True


def list_tax_vouchers(
    connection: Connection, caller: Caller, sealer: Sealer | None, code: DossierCode
) -> Sequence[ShownVoucher]:
    """Return what came of the tax notices of a dossier, in the order in which it came.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    show_dossier(connection, caller, code)
    found = vouchers.of_dossier(connection, code)
    return [ShownVoucher(one.voucher, payer_of(one, sealer)) for one in found]


def payer_of(kept: Kept, sealer: Sealer | None) -> Payer | None:
    """Return what is sealed of a voucher; None without the key that it was sealed under."""
    if sealer is None:
        return None
    try:
        text = sealer.open(kept.sealed, about=_about(kept.voucher.id)).get_secret_value()
    except UnopenableError:
        return None
    return Payer(**json.loads(text))


def reseal_vouchers(connection: Connection, sealer: Sealer) -> int:
    """Encrypt what is sealed of vouchers under the present key; return of how many.

    Raises:
        UnopenableError: if one was sealed under a key we do not have; nothing was changed.
    """
    every = vouchers.every(connection)
    for voucher_id, sealed in every:
        vouchers.reseal(connection, voucher_id, sealer.anew(sealed, about=_about(voucher_id)))
    return len(every)


def find_voucher(connection: Connection, voucher_id: str) -> Kept | None:
    """Return a voucher as it is kept now."""
    return vouchers.find(connection, voucher_id)


def _held(connection: Connection, code: DossierCode) -> Errand | None:
    return store.lock_numbered(connection, Kind.LAND_HANDOVER, str(code))


def _handing_on(held: Errand, code: DossierCode, told: ToldVoucher, terms: Terms) -> New:
    """Return what the land system is owed; who paid is read when it is sent."""
    return New(
        Kind.LAND_VOUCHER,
        {"number": held.facts["number"], "voucher": told.voucher.id},
        terms.cause.digest,
        number=f"{code}/{told.identity[-16:]}",
        dossier=code,
        group=str(code),
    )


def _matched(connection: Connection, caller: Caller, notice: str) -> DossierCode:
    told = dossiers.find_all(connection, vouchers.dossiers_told(connection, notice))
    mine = [one.code for one in told if caller.may_see(one.filing.agency.code)]
    if not mine:
        raise UnknownTaxNoticeError
    if len(mine) > 1:
        raise AmbiguousTaxNoticeError
    return mine[0]


def _identity_of(told: ToldVoucher) -> str:
    marks = json.dumps([*told.voucher.marks, told.payer.receipt])
    return hashlib.sha256(marks.encode()).hexdigest()


def _about(voucher_id: str) -> str:
    return f"tax-voucher:{voucher_id}"
