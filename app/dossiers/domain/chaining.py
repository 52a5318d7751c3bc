"""Opening the parts of a dossier in their order, and what a part's own progress changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.actors import ActorKind, Said
from app.dossiers.domain.chain_errors import PartOrderError
from app.dossiers.domain.deciding import IN_HAND, in_turn
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Agency, Channel, FiledProcedure, Filing, Times
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.parts import Part, PartState, state_of
from app.dossiers.domain.statuses import Status


def add_parts(dossier: Dossier, said: Said, wanted: Sequence[Part]) -> Dossier:
    """Add parts behind those there are; `after` of each names parts before it, of these or those.

    Raises:
        PartOrderError: if one waits for itself, a later one, or none that there is.
        OutOfTurnError: if the dossier is not in hand.
    """
    in_turn(dossier, ActName.OPEN_PARTS, IN_HAND)
    first = len(dossier.handling.parts) + 1
    numbered = [replace(part, number=place) for place, part in enumerate(wanted, first)]
    for place, part in enumerate(numbered):
        if any(not 1 <= before < part.number for before in part.after):
            raise PartOrderError(place)
    return _with(dossier, (*dossier.handling.parts, *numbered), said.now)


def openable(dossier: Dossier) -> tuple[Part, ...]:
    """Return the parts that wait for nothing any more."""
    done = {part.number for part in dossier.handling.parts if part.state is PartState.DONE}
    return tuple(
        part
        for part in dossier.handling.parts
        if part.state is PartState.WAITING and done.issuperset(part.after)
    )


def opened(dossier: Dossier, number: int, code: DossierCode, now: datetime) -> Dossier:
    """Return the whole after one part became a dossier of its own."""
    return _changed(dossier, number, now, state=PartState.OPEN, code=code)


def handed_over(dossier: Dossier, part: Part, agency: AgencyCode, now: datetime) -> Dossier:
    """Return the whole after a part went to the agency that took the place of its own."""
    before = part.agency_before or part.agency
    return _changed(dossier, part.number, now, agency=agency, agency_before=before)


def unreceived(dossier: Dossier, part: Part, now: datetime) -> Dossier:
    """Return the whole after nobody is left to receive a part: a person must look at it."""
    return _changed(dossier, part.number, now, state=PartState.REFUSED)


def followed(whole: Dossier, part: Dossier, number: int, now: datetime) -> Dossier:
    """Return the whole after one of its parts moved or got another due date."""
    return _changed(whole, number, now, state=state_of(part.status), due_at=part.due_at)


def finished_by_parts(whole: Dossier, *, happened_at: datetime, now: datetime) -> Dossier:
    """Return the whole finished if it is in process and its last part is done; else as it is."""
    if whole.status is not Status.PROCESSING or not whole.handling.are_parts_done:
        return whole
    return whole.move(Status.FINISHED, ActorKind.SYSTEM, happened_at=happened_at, now=now)


def filing_of(whole: Dossier, part: Part, opened_at: datetime) -> Filing:
    """Return the part as its agency receives it: online, with the papers of the whole."""
    return replace(
        whole.filing,
        procedure=FiledProcedure(part.procedure, part.name, "", ""),
        agency=Agency(part.agency, ""),
        channel=Channel.ONLINE,
        times=Times(opened_at, submitted_at=opened_at, due_at=part.due_at),
        fees=(),
        intake=None,
    )


def _changed(dossier: Dossier, number: int, now: datetime, **changes: object) -> Dossier:
    parts = tuple(
        replace(part, **changes) if part.number == number else part  # type: ignore[arg-type]
        for part in dossier.handling.parts
    )
    return _with(dossier, parts, now)


def _with(dossier: Dossier, parts: tuple[Part, ...], now: datetime) -> Dossier:
    return replace(dossier, handling=replace(dossier.handling, parts=parts), changed_at=now)
