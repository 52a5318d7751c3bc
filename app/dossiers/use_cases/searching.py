"""Searching what a person was given before, with purpose and consent written down."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain.reusing import EarlierResult, Question, Search, owner_key, results_of
from app.dossiers.store import searches
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id

_MOST: Final = 100
"""Dossiers looked through, the latest first."""


def search_results(
    connection: Connection, clock: Clock, caller: Caller, question: Question
) -> tuple[Search, Sequence[EarlierResult]]:
    """Return a person's earlier results in the whole province, whichever agency gave them.

    Raises:
        ConsentAheadError: if the consent lies in the future.
    """
    question.consent.check(clock.now())
    search = Search(
        id=new_id(),
        member=caller.member,
        owner=owner_key(question.identity),
        purpose=question.purpose,
        consent=question.consent,
        searched_at=clock.now(),
    )
    wanted = question.result_codes
    found = [
        result
        for dossier in searches.ended_of(connection, search.owner, at_most=_MOST)
        for result in results_of(dossier)
        if not wanted or result.paper.result_code in wanted
    ]
    searches.add(connection, search, client_id=caller.client_id, found=len(found))
    act = Act("result.search", f"result-search:{search.id}", question.person)
    record(connection, clock, caller, act)
    return search, found
