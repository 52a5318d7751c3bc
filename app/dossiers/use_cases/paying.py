"""Asking for fees and recording payments.

Each raises as its rule in `domain/paying.py` does, and `UnknownDossierError`.
"""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain import paying
from app.dossiers.domain.actors import Said
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Fee
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.paying import Paid
from app.dossiers.use_cases.acting import Done, Order, perform
from app.platform.clock import Clock


def ask_fee(
    connection: Connection, clock: Clock, caller: Caller, order: Order, fees: tuple[Fee, ...]
) -> Done:
    """Ask the owner for fees; the dossier waits for them."""

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        return paying.ask_fee(dossier, said, fees), "; ".join(fee.name for fee in fees)

    return perform(connection, clock, caller, order, ActName.ASK_FEE, change)


def record_payment(
    connection: Connection, clock: Clock, caller: Caller, order: Order, paid: Paid
) -> Done:
    """Record money that came; when it covers what was asked for, the dossier goes on."""

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        amount = f"{paid.amount_vnd:,}".replace(",", ".")
        words = f"{amount} đồng, {paid.method.label.lower()}"
        return paying.record_payment(dossier, said, paid), words

    return perform(connection, clock, caller, order, ActName.RECORD_PAYMENT, change)
