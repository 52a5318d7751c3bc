"""Taking over what the nation publishes."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from app.catalogue.domain import Difference, Fetched, difference
from app.catalogue.domain.differences import is_ours, refuse_mass_withdrawal, withdrawn
from app.catalogue.store import procedures, syncs
from app.codes import AgencyCode
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock

PROCEDURES = "procedures"


def list_syncs(connection: Connection, *, before: int | None, limit: int) -> Sequence[syncs.Sync]:
    """Return a page of synchronisations, the newest first."""
    return syncs.page(connection, before=before, limit=limit)


def take_procedures(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    fetched: Fetched,
    *,
    province: AgencyCode | None,
    share: float,
) -> Difference:
    """Take over what is new or changed, switch off what is no longer listed, and keep the diff.

    Raises:
        MassWithdrawalError: if more than `share` of the published procedures would be
            switched off.
    """
    kept = {
        one.code: one for one in procedures.every_full(connection) if is_ours(one.code, province)
    }
    found = difference(kept, fetched)
    refuse_mass_withdrawal(found, kept.values(), share=share)
    gone = {named.code for named in found.withdrawn}
    switched_off = [withdrawn(one) for code, one in kept.items() if code in gone]
    procedures.replace(connection, [*fetched.procedures, *switched_off])
    syncs.add(connection, clock, kind=PROCEDURES, difference=asdict(found))
    record(connection, clock, actor, Act("catalogue.sync", f"catalogue:{PROCEDURES}"))
    return found
