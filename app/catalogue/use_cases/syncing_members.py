"""Taking a directory of others over: what is new, renamed or closed there; nothing is deleted."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.catalogue.domain import (
    Catalogue,
    DirectoryDifference,
    InconsistentCatalogueError,
    Listed,
    Member,
    compare,
    faults_of,
)
from app.catalogue.store import members
from app.catalogue.use_cases.finding import today
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock

_PORTION = 5_000


def find_difference(
    connection: Connection, clock: Clock, listed: Sequence[Listed]
) -> DirectoryDifference:
    """Return what a directory says otherwise; changes nothing."""
    return compare(listed, _every(connection), today(clock))


def sync_members(
    connection: Connection, clock: Clock, actor: Actor, listed: Sequence[Listed], *, digest: str
) -> DirectoryDifference:
    """Take over what a directory says otherwise; a repeat changes nothing and leaves no entry.

    Raises:
        InconsistentCatalogueError: if the result would contradict itself; nothing was changed.
    """
    found = find_difference(connection, clock, listed)
    if not found.changes:
        return found
    changed = found.members
    referred = [code for one in changed for code in (one.parent, one.successor) if code]
    faults = faults_of(
        Catalogue(tuple(changed), ()),
        known=members.known_codes(connection, referred),
        holders=members.holders(connection, [one.qcvn for one in changed if one.qcvn]),
    )
    if faults:
        raise InconsistentCatalogueError(faults[:50])
    members.replace(connection, changed)
    record(connection, clock, actor, Act("catalogue.sync", "catalogue", digest))
    return found


def _every(connection: Connection) -> dict[str, Member]:
    found: dict[str, Member] = {}
    after: str | None = None
    while True:
        portion = members.page(connection, members.MembersWanted(), after=after, limit=_PORTION)
        found |= {member.code: member for member in portion}
        if len(portion) < _PORTION:
            return found
        after = str(portion[-1].code)
