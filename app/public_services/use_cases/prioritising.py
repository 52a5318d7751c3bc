"""Taking lists of priorities over, and how services stand to the one in force."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from app.codes import AgencyCode
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock
from app.public_services.domain.offers import Imported, Wish
from app.public_services.domain.priorities import (
    ListedProcedure,
    PriorityList,
    PriorityListDiffersError,
)
from app.public_services.store import priorities as store
from app.public_services.use_cases.deciding import import_decisions

Standing = tuple[PriorityList, Sequence[ListedProcedure]]


def import_services(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    wishes: Sequence[Wish],
    lists: Sequence[tuple[PriorityList, str]],
) -> Imported:
    """Take over the decisions and lists of a file, each list with the file's SHA-256; or nothing.

    What is known just so is left alone.

    Raises:
        UnknownProcedureError, UnknownMemberError, UnknownDecisionError, DecisionDiffersError: as
            `import_decisions` does.
        PriorityListDiffersError: if a list was imported before with other content.
    """
    done = import_decisions(connection, clock, actor, wishes)
    new = 0
    for place, (given, digest) in enumerate(lists):
        known = store.find(connection, given.paper_number)
        if known is not None and known != given:
            raise PriorityListDiffersError(known, f"/priority_lists/{place}")
        if known is None:
            store.add(connection, given, at=clock.now())
            act = Act("priority-list.import", given.subject, digest)
            record(connection, clock, actor, act)
            new += 1
    return Imported(done.new + new, done.unchanged + len(lists) - new)


def standing(connection: Connection, on: date, agency: AgencyCode | None) -> Standing | None:
    """Return the list in force on a day, with how each procedure is offered; None without one."""
    found = store.in_force(connection, on)
    if found is None:
        return None
    top = None if agency is None else agency.canonical
    return found, store.listed(connection, found.procedures, on, top)
