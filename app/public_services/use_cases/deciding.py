"""Recording decisions on services."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import (
    MemberNotFoundError,
    ProcedureNotFoundError,
    UnknownMemberError,
    UnknownProcedureError,
)
from app.catalogue.use_cases import find_procedure, show_member
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock
from app.public_services.domain.errors import (
    DecisionDiffersError,
    DecisionRepeatedError,
    UnknownDecisionError,
)
from app.public_services.domain.offers import Decision, Imported, Offer, Wish
from app.public_services.domain.periods import periods_of
from app.public_services.store import decisions as store


def decide(
    connection: Connection, clock: Clock, caller: Caller, wish: Wish
) -> tuple[Offer, Decision]:
    """Record a decision; the status of the service at every date follows at once.

    Raises:
        ProcedureNotFoundError, UnknownMemberError: by the catalogue.
        AgencyNotYoursError: if the caller may not act for the agency.
        UnknownDecisionError: if it supersedes what is no decision on this service.
        DecisionDiffersError, DecisionRepeatedError: if it was recorded before.
    """
    offer = _offer(connection, wish)
    caller.act_for(offer.agency, pointer="/agency_code")
    decision, is_new = _record(connection, clock, caller, offer, wish)
    if not is_new:
        raise DecisionRepeatedError(decision.number)
    return offer, decision


def import_decisions(
    connection: Connection, clock: Clock, actor: Actor, wishes: Sequence[Wish]
) -> Imported:
    """Record every decision of a file, or none; those recorded before just so are left alone.

    Raises:
        UnknownProcedureError, UnknownMemberError: by the catalogue.
        UnknownDecisionError: if one supersedes what is no decision on its service.
        DecisionDiffersError: if one was recorded before with other content.
    """
    offers = [_offer(connection, wish) for wish in wishes]
    for offer in sorted(set(offers)):
        store.lock(connection, offer)  # always in one order, so that two imports cannot deadlock
    new = 0
    for offer, wish in zip(offers, wishes, strict=True):
        _, is_new = _record(connection, clock, actor, offer, wish)
        new += is_new
    return Imported(new, len(wishes) - new)


def _offer(connection: Connection, wish: Wish) -> Offer:
    """Return which service is meant; its agency may be closed by now, as districts are."""
    try:
        procedure = find_procedure(connection, wish.procedure, pointer=f"{wish.at}/procedure_code")
    except UnknownProcedureError:
        if wish.at:
            raise
        raise ProcedureNotFoundError from None
    try:
        member = show_member(connection, code=wish.agency)
    except MemberNotFoundError:
        raise UnknownMemberError(wish.agency, f"{wish.at}/agency_code") from None
    return Offer(procedure.code, member.code)


def _record(
    connection: Connection, clock: Clock, actor: Actor, offer: Offer, wish: Wish
) -> tuple[Decision, bool]:
    """Return the decision and whether it is new."""
    service = store.lock(connection, offer)
    known = store.of_service(connection, service)
    paper = wish.paper
    for one in known:
        if (one.paper.number, one.paper.effective_from) == (paper.number, paper.effective_from):
            if one.says(paper, wish.service):
                return one, False
            raise DecisionDiffersError(one.number)
    if paper.supersedes is not None and paper.supersedes not in {one.number for one in known}:
        raise UnknownDecisionError
    added = store.add(connection, service, paper=paper, content=wish.service, at=clock.now())
    store.keep_periods(connection, service, periods_of([*known, added]))
    record(connection, clock, actor, Act("service.decide", offer.subject, wish.digest))
    return added, True
