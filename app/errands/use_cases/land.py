"""What the land system is owed of a dossier, and what it says of it."""

from collections.abc import Iterable

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers.use_cases import files
from app.dossiers.use_cases import show as show_dossier
from app.errands import store
from app.errands.domain import Errand, Facts, Kind, New, State, Told
from app.errands.domain.land import (
    NotHandedOverError,
    PapersTooLargeError,
    Receipt,
    Telling,
    handover_facts,
    return_facts,
    supplement_facts,
)
from app.errands.store import land
from app.errands.use_cases.owing import place
from app.platform.clock import Clock
from app.platform.ids import new_id


def hand_over(connection: Connection, clock: Clock, caller: Caller, told: Telling) -> Errand:
    """Owe the land system a dossier, once.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
        NothingToTellError: if it is not in hand.
        PapersTooLargeError: if its papers do not go into one message.
        NumberTakenError: if it was handed over before.
    """
    dossier = show_dossier(connection, caller, told.dossier)
    facts = handover_facts(dossier, told.said)
    _weigh(connection, facts["papers"], told.most)
    return place(connection, clock, caller, _wanted(told, Kind.LAND_HANDOVER, facts))


def tell_supplement(connection: Connection, clock: Clock, caller: Caller, told: Telling) -> Errand:
    """Owe the land system the papers of a round, once.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NotHandedOverError: if the land system does not have it.
        NothingToTellError: if no papers came.
        PapersTooLargeError: if they do not go into one message.
        NumberTakenError: if it was told of that round before.
    """
    dossier = show_dossier(connection, caller, told.dossier)
    there = _number_there(connection, told.dossier)
    number, facts = supplement_facts(dossier, there, told.said["round"])
    _weigh(connection, facts["papers"], told.most)
    wanted = _wanted(told, Kind.LAND_SUPPLEMENT, facts, str(number))
    return place(connection, clock, caller, wanted)


def tell_return(connection: Connection, clock: Clock, caller: Caller, told: Telling) -> Errand:
    """Owe the land system that the owner has the result, once for each time.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NotHandedOverError: if the land system does not have it.
        NothingToTellError: if the result is not returned.
        NumberTakenError: if it was told before.
    """
    dossier = show_dossier(connection, caller, told.dossier)
    there = _number_there(connection, told.dossier)
    returned_at, facts = return_facts(dossier, there)
    wanted = _wanted(told, Kind.LAND_RETURN, facts, f"{returned_at:%Y%m%d%H%M%S}")
    return place(connection, clock, caller, wanted)


def correct(connection: Connection, clock: Clock, caller: Caller, told: Telling) -> Errand:
    """Owe the land system what is wrong with a result; the same words once.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NotHandedOverError: if the land system does not have it.
        NumberTakenError: if it was told the same before.
    """
    show_dossier(connection, caller, told.dossier)
    there = _number_there(connection, told.dossier)
    facts = told.said | {"number": there, "happened_at": clock.now().isoformat()}
    wanted = _wanted(told, Kind.LAND_CORRECTION, facts, told.digest[:16])
    return place(connection, clock, caller, wanted)


def find_held(
    connection: Connection, caller: Caller, *, system: str, number: str
) -> DossierCode | None:
    """Return the dossier that a land system has under a number: our code, or one of its own."""
    own = land.received(connection, system=system, number=number)
    found = store.lock_numbered(connection, Kind.LAND_HANDOVER, str(own or number))
    if found is None or found.dossier is None or not caller.may_see(found.agency):
        return None
    return found.dossier


def note_receipt(connection: Connection, clock: Clock, caller: Caller, receipt: Receipt) -> None:
    """Note that the land system has a dossier which it took itself."""
    dossier = show_dossier(connection, caller, receipt.dossier)
    land.add_receipt(
        connection, clock, system=receipt.system, number=receipt.number, code=receipt.dossier
    )
    errand = Errand(
        id=new_id(),
        kind=Kind.LAND_HANDOVER,
        number=str(dossier.code),
        agency=dossier.filing.agency.code,
        dossier=dossier.code,
        facts={"number": receipt.number, "dossier": str(dossier.code)},
        created_at=clock.now(),
        state=State.ACCEPTED,
        reference=receipt.number,
        told_at=clock.now(),
    )
    store.add(connection, errand)


def note_word(connection: Connection, clock: Clock, code: DossierCode, told: Told) -> None:
    """Note what the land system says of a dossier that it has."""
    errand = store.lock_numbered(connection, Kind.LAND_HANDOVER, str(code))
    if errand is None:
        raise NotHandedOverError
    if store.note(connection, errand.id, told, now=clock.now()):
        store.save(connection, errand.stands(told, now=clock.now()))


def _number_there(connection: Connection, code: DossierCode) -> str:
    errand = store.lock_numbered(connection, Kind.LAND_HANDOVER, str(code))
    if errand is None:
        raise NotHandedOverError
    return str(errand.facts["number"])


def _weigh(connection: Connection, papers: Iterable[Facts], most: int) -> None:
    held = (files.open_file(connection, one["file"]) for one in papers if one["file"])
    if sum(file.size for file in held) > most:
        raise PapersTooLargeError(most)


def _wanted(told: Telling, kind: Kind, facts: Facts, which: str | None = None) -> New:
    return New(
        kind,
        facts,
        told.digest,
        number=None if which is None else f"{told.dossier}/{which}",
        dossier=told.dossier,
        group=str(told.dossier),
        pointer="/dossier_code",
    )
