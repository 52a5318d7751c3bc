"""Asking for fees, and recording what was paid."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.dossiers.domain.act_errors import DuplicatePaymentError
from app.dossiers.domain.actors import Said
from app.dossiers.domain.deciding import IN_HAND, in_turn, moved
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Fee
from app.dossiers.domain.handling import ActName, FeeRequest, Payment, PaymentMethod
from app.dossiers.domain.statuses import Status

_ENDED: Final = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.RETURNED})


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid, in whole đồng; `paid_at` None means when it is recorded."""

    amount_vnd: int
    method: PaymentMethod
    reference: str | None = None
    paid_at: datetime | None = None


def ask_fee(dossier: Dossier, said: Said, fees: tuple[Fee, ...]) -> Dossier:
    """Ask for fees; the dossier waits until they are paid."""
    in_turn(dossier, ActName.ASK_FEE, IN_HAND | {Status.REGISTERED})
    number = len(dossier.handling.fee_requests) + 1
    asked = FeeRequest(number, said.happened_at, said.name, dossier.status, fees)
    requests = (*dossier.handling.fee_requests, asked)
    handling = replace(dossier.handling, fee_requests=requests)
    return replace(moved(dossier, said, Status.PAYMENT_REQUESTED), handling=handling)


def record_payment(dossier: Dossier, said: Said, paid: Paid) -> Dossier:
    """Record money that came; when it covers what was asked for, the dossier goes on.

    Raises:
        DuplicatePaymentError: if its reference was recorded before.
        OutOfTurnError: if the dossier has ended.
    """
    payments = dossier.handling.payments
    if paid.reference is not None and paid.reference in {one.reference for one in payments}:
        raise DuplicatePaymentError
    in_turn(dossier, ActName.RECORD_PAYMENT, set(Status) - _ENDED)
    new = Payment(
        number=len(payments) + 1,
        paid_at=paid.paid_at or said.happened_at,
        amount_vnd=paid.amount_vnd,
        method=paid.method,
        recorded_by=said.name,
        reference=paid.reference,
    )
    paying = replace(
        dossier,
        handling=replace(dossier.handling, payments=(*payments, new)),
        changed_at=said.now,
    )
    asked = paying.handling.fee_requests
    if dossier.status is not Status.PAYMENT_REQUESTED or not asked:
        return paying
    return moved(paying, said, asked[-1].asked_from) if paying.handling.is_settled else paying
