"""Dossiers that were filed elsewhere, and the feed their one-stop systems read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers import store
from app.dossiers.domain.carrying import Carried
from app.dossiers.domain.dossier import Dossier, National, NationalState, first_step
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.domain.measuring.tallies import change_of
from app.dossiers.store.arrivals import Arrival, add_arrival, arrived
from app.dossiers.use_cases.measuring import remeasured
from app.dossiers.use_cases.owing import Cause, subject_of
from app.dossiers.use_cases.submitting import Draft, completed, opened, submit
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import inbox
from app.platform.clock import Clock
from app.platform.ids import new_id

NATION: Final = "system:dvcqg"
"""Who acts when the national portal sends a dossier down."""


def arrive(
    connection: Connection, clock: Clock, nation: Caller, *, carried: Carried, cause: Cause
) -> Dossier:
    """Take a dossier over from the national portal, once however often it is sent.

    Nothing is owed for it until somebody acts on it: the portal has what it sent.

    Raises:
        DuplicateDossierError: if it came before, or its code is taken.
        ProblemError: for an agency or procedure that cannot be; it may be sent again.
    """
    if not inbox.accept(connection, clock, sender=NATION, message_id=carried.code):
        raise DuplicateDossierError(carried.code)
    filing = completed(connection, clock, nation, carried.filing)
    known = National(NationalState.DELIVERED, new_id(), delivered_at=clock.now())
    began = replace(opened(clock, carried.code, filing, cause), national=known)
    return take_in(connection, clock, nation, began, cause)


def take_in(
    connection: Connection, clock: Clock, sender: Caller, dossier: Dossier, cause: Cause
) -> Dossier:
    """Store a dossier that was born elsewhere, with its first row and its place in the feed.

    Raises:
        DuplicateDossierError: if its code is taken.
    """
    began = first_step(dossier.filing)
    first = replace(began, status=dossier.status, content=dossier.status.label)
    dossier = remeasured(connection, cause.rules, dossier, first)
    if not store.add(connection, dossier, change_of(None, dossier)):
        raise DuplicateDossierError(dossier.code)
    store.add_step(connection, dossier.code, first)
    add_arrival(connection, clock, province=sender.member, code=dossier.code)
    record(connection, clock, sender, Act("dossier.arrive", subject_of(dossier.code), cause.digest))
    return dossier


def arrive_elsewhere(
    connection: Connection, clock: Clock, caller: Caller, *, draft: Draft, cause: Cause
) -> Dossier:
    """Take a dossier in that another system of ours received, and put it into the feed.

    Raises:
        ProblemError: for an agency or procedure that cannot be, as `submit` does.
    """
    dossier = submit(connection, clock, caller, draft=draft, cause=cause)
    province = AgencyCode(dossier.filing.agency.code.root)
    add_arrival(connection, clock, province=province, code=dossier.code)
    return dossier


def read_feed(
    connection: Connection, member: AgencyCode, *, after: int, limit: int
) -> Sequence[Arrival]:
    """Return at most so many dossiers born at the portal that are a member's, behind a number."""
    return arrived(connection, member, after=after, limit=limit)
