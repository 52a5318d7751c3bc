"""Placing errands and cancelling them: what is owed to the service is written in the same act."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.use_cases import show as show_dossier
from app.errands import store
from app.errands.domain import (
    Cancellation,
    Errand,
    Kind,
    New,
    NumberTakenError,
    Told,
    UnknownErrandError,
)
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue
from app.platform.clock import Clock
from app.platform.ids import new_id

TOPIC_POSTAL_ORDER: Final = "errands.postal_order"
TOPIC_JUDICIAL_RECORD: Final = "errands.judicial_record"
TOPIC_JUDICIAL_RETURN: Final = "errands.judicial_return"
TOPIC_CATALOGUE_ROWS: Final = "errands.catalogue_rows"
TOPIC_FILE_TRACKING: Final = "errands.file_tracking"
TOPIC_LAND: Final = "errands.land"

PLACE: Final = "place"
CANCEL: Final = "cancel"

_TOPICS: Final[Mapping[Kind, str]] = {
    Kind.POSTAL_ORDER: TOPIC_POSTAL_ORDER,
    Kind.JUDICIAL_RECORD: TOPIC_JUDICIAL_RECORD,
    Kind.JUDICIAL_RETURN: TOPIC_JUDICIAL_RETURN,
    Kind.CATALOGUE_ROWS: TOPIC_CATALOGUE_ROWS,
    Kind.FILE_TRACKING: TOPIC_FILE_TRACKING,
    Kind.LAND_HANDOVER: TOPIC_LAND,
    Kind.LAND_SUPPLEMENT: TOPIC_LAND,
    Kind.LAND_RETURN: TOPIC_LAND,
    Kind.LAND_CORRECTION: TOPIC_LAND,
    Kind.LAND_VOUCHER: TOPIC_LAND,
}


def place(connection: Connection, clock: Clock, caller: Caller, wanted: New) -> Errand:
    """Place an errand: the service is owed it from now on.

    Raises:
        UnknownDossierError: if its dossier does not exist or is not the caller's.
        AgencyNotYoursError: if the caller may not act for its agency.
        NumberTakenError: if an errand of this kind has its number.
    """
    agency = _agency_of(connection, caller, wanted)
    errand = Errand(
        id=new_id(),
        kind=wanted.kind,
        number=wanted.number or str(wanted.dossier),
        agency=agency,
        dossier=wanted.dossier,
        facts=wanted.facts,
        created_at=clock.now(),
    )
    if not store.add(connection, errand):
        raise NumberTakenError(wanted.pointer if wanted.number else "/dossier_code")
    _owe(connection, clock, errand, PLACE, wanted.group or errand.number)
    record(connection, clock, caller, Act("errand.place", subject_of(errand), wanted.digest))
    return errand


def cancel(connection: Connection, clock: Clock, caller: Caller, asked: Cancellation) -> Errand:
    """Cancel an order: the service is owed that too, behind the order itself.

    Raises:
        UnknownErrandError: if there is none, or it is not the caller's, or no order.
        EndedErrandError: if it is over.
        NotCancellableError: if it was refused, or is being cancelled.
    """
    found = store.lock(connection, asked.errand_id)
    if found is None or not caller.may_see(found.agency) or found.kind is not Kind.POSTAL_ORDER:
        raise UnknownErrandError
    errand = found.cancelling()
    store.save(connection, errand)
    why = Told(CANCEL, f"Yêu cầu huỷ: {asked.reason}", ends=False, event=CANCEL)
    store.note(connection, errand.id, why, now=clock.now())
    _owe(connection, clock, errand, CANCEL, errand.number)
    record(connection, clock, caller, Act("errand.cancel", subject_of(errand), asked.digest))
    return errand


def subject_of(errand: Errand) -> str:
    """Return how the evidence log and kept answers name an errand."""
    return f"errand:{errand.id}"


def _agency_of(connection: Connection, caller: Caller, wanted: New) -> AgencyCode:
    if wanted.dossier is not None:
        return show_dossier(connection, caller, wanted.dossier).filing.agency.code
    agency = wanted.agency or caller.member
    caller.act_for(agency, pointer="/agency_code")
    return agency


def _owe(connection: Connection, clock: Clock, errand: Errand, act: str, group: str) -> None:
    message = Owed(
        message_id=new_id(),
        topic=_TOPICS[errand.kind],
        key=f"{errand.kind.lane}:{group}",
        body={
            "errand": errand.id,
            "kind": errand.kind.value,
            "act": act,
            "number": errand.number,
            "facts": errand.facts,
        },
    )
    enqueue(connection, clock, message)
