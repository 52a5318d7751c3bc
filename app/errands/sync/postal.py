"""Postal orders as VNPost reads them, and its events as we do."""

from app.errands.domain import Facts, Told
from app.errands.domain.texts import kept
from app.exchange.ngsp.wire.postal import Event, Order, WaybillOrder
from app.platform.settings import Settings


def order_of(facts: Facts, *, number: str, customer: str) -> Order:
    """Return an order; one under a waybill number of ours is another message."""
    sender, receiver = facts["sender"], facts["receiver"]
    values = {
        "customer": customer,
        "number": number,
        "cash_on_delivery": facts["cash_on_delivery_vnd"],
        "sender_province": sender["province_code"],
        "sender_district": sender["district_code"],
        "sender_address": sender["address"],
        "sender_name": sender["name"],
        "sender_email": sender["email"],
        "sender_phone": sender["phone"],
        "sender_note": facts["note"],
        "content": facts["content"],
        "receiver_name": receiver["name"],
        "receiver_address": receiver["address"],
        "receiver_phone": receiver["phone"],
        "receiver_province": receiver["province_code"],
        "receiver_district": receiver["district_code"],
        "receiver_email": receiver["email"],
    }
    if facts["waybill"]:
        return WaybillOrder(**values, item=facts["waybill"])
    return Order(**values)


def told_of(event: Event, settings: Settings) -> Told:
    """Return what an event says of its order."""
    ends = (*settings.postal_final_statuses, *settings.postal_cancelled_statuses)
    return Told(
        code=kept(event.code, 40),
        name=kept(event.words),
        ends=event.code in ends,
        result={"waybill": kept(event.item)} if event.item else None,
        event=event.id.value,
        happened_at=kept(event.happened_at, 40),
    )
