"""How a promotion notice stands, told to the nation in the service for such dossiers."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.dossiers.domain.dossier import Step
from app.dossiers.domain.facts import from_facts
from app.dossiers.domain.filing import Facts
from app.dossiers.domain.handling import Handling
from app.dossiers.domain.intake import Entry
from app.dossiers.domain.statuses import Status
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.wire import NationalDossierStatus, StatusPaper
from app.exchange.messages import Message
from app.exchange.outcomes import Outcome

_CODES: Final[Mapping[Status, str]] = {Status.REJECTED: "11"}
"""Statuses whose code is another in this service."""

_WITH_RESULTS: Final = frozenset({Status.FINISHED, Status.RETURNED})


def is_notice(record: Facts) -> bool:
    """Tell whether a dossier came as a promotion notice."""
    intake = record["filing"].get("intake") or {}
    return bool(intake.get("entry") == Entry.PROMOTION)


async def tell_statuses(client: DvcqgClient, messages: Sequence[Message]) -> Outcome:
    """Tell the nation every row of a batch of acts, one after the other, until one is not taken.

    An act without a row, such as a later due date, has no place in this service.
    """
    return await client.report_statuses(
        [
            status_of(message.body["record"], row)
            for message in messages
            for row in message.body["progress"]
        ]
    )


def status_of(record: Facts, row: Facts) -> NationalDossierStatus:
    """Return one status as the nation reads it, with the papers of the result at the end."""
    step, intake = Step.of(row), record["filing"]["intake"]
    handling = from_facts(Handling, record.get("handling", {}))
    results = handling.results if step.status in _WITH_RESULTS else ()
    return NationalDossierStatus(
        status=_CODES.get(step.status, str(step.status.code)),
        national_code=intake["reference"],
        own_code=record["code"],
        account_id=intake.get("account"),
        content=step.content,
        happened_at=step.happened_at,
        papers=tuple(
            StatusPaper(file_name=paper.name, url=paper.url, component_code=paper.component_code)
            for paper in results
            if paper.url
        ),
    )
