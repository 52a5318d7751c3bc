"""What anybody may see of dossiers: the holder of a code one of them, all people the lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from app.catalogue.domain import UnknownProcedureError
from app.catalogue.use_cases import find_procedure
from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers import store as dossiers
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.numbers import is_same_tracking_code
from app.dossiers.domain.owning import Account, is_owned_by
from app.dossiers.store import searches
from app.platform.clock import VIETNAM, Clock
from app.public_services.domain import NotShownError
from app.public_services.store import marks
from app.public_services.store import tracking as store

_BRANCH = 13
"""Digits of a branch's tax code."""


@dataclass(frozen=True, slots=True)
class Question:
    """Where a dossier stands, asked with a tracking code as it was given."""

    code: DossierCode
    tracking_code: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What is other whenever something else would be said of a dossier at the same moment."""

    version: int
    last_step: int | None
    procedure_name: str


def look_up(
    connection: Connection, code: str, tracking_code: str | None, account: Account | None = None
) -> store.Looked:
    """Return a dossier and its steps to whoever holds its tracking code, or owns it.

    Raises:
        NotShownError: whatever is wrong, so that nothing can be learnt by asking.
    """
    dossier = _found(connection, code)
    kept = None if dossier is None else dossier.tracking_code
    is_holder = is_same_tracking_code(kept, tracking_code or "")
    if dossier is None or not (is_holder or _is_owner(dossier, account)):
        raise NotShownError
    steps = [step for _, step in dossiers.steps_of(connection, dossier.code)]
    return store.Looked(dossier, steps, _procedure_name(connection, dossier))


def marks_of(connection: Connection, questions: Collection[Question]) -> Mapping[Question, Mark]:
    """Return the marks of the dossiers whose tracking codes were given; the others are absent."""
    found = marks.marked(connection, {question.code for question in questions})
    allowed: dict[Question, Mark] = {}
    for question in questions:
        one = found.get(question.code)
        kept = None if one is None else one.tracking_code
        if is_same_tracking_code(kept, question.tracking_code) and one is not None:
            name = one.procedure_name or _name_of(connection, one.procedure)
            allowed[question] = Mark(one.version, one.last_step, name)
    return allowed


def look_at(connection: Connection, known: Mapping[DossierCode, Mark]) -> Sequence[store.Looked]:
    """Return dossiers whole, each at least as new as its mark, which was read before."""
    if not known:
        return []
    found = dossiers.find_all(connection, known)
    steps = dossiers.steps_of_all(connection, known)
    return [
        store.Looked(one, steps.get(one.code, []), known[one.code].procedure_name) for one in found
    ]


def list_own(
    connection: Connection, account: Account, *, before: int | None, limit: int
) -> Sequence[tuple[int, store.Looked]]:
    """Return dossiers filed under a number that an account proves, the latest first.

    A dossier that is only linked to the account, but filed under another number, is not found so.
    """
    owners = [f"{kind.value}:{one}" for kind, number in account.numbers for one in _ways(number)]
    found = searches.of_owners(connection, owners, before=before, limit=limit)
    return [
        (number, store.Looked(one, [], _procedure_name(connection, one)))
        for number, one in found
        if is_owned_by(one, account)
    ]


def _ways(number: str) -> set[str]:
    """Return how a number may be written: a branch's tax code with a dash, or without."""
    plain = number.replace("-", "")
    return {number, plain, f"{plain[:10]}-{plain[10:]}" if len(plain) == _BRANCH else plain}


def _is_owner(dossier: Dossier, account: Account | None) -> bool:
    return account is not None and is_owned_by(dossier, account)


def list_dossiers(
    connection: Connection,
    clock: Clock,
    name: store.ListName,
    asked: tuple[date, AgencyCode | None],
    *,
    after: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[store.Listed]:
    """Return a page of a public list; the day says nothing of what is late, which is so now."""
    on, agency = asked
    return store.listed(connection, name, _day(clock, on), agency, after=after, limit=limit)


def count_day(
    connection: Connection, clock: Clock, on: date, agency: AgencyCode | None
) -> Sequence[store.Tally]:
    """Return by agency how many came in and were finished on a day, and how many are late now."""
    return store.tallies(connection, _day(clock, on), agency)


def _day(clock: Clock, on: date) -> store.Day:
    begins = datetime.combine(on, time(), VIETNAM)
    return store.Day(begins, begins + timedelta(days=1), clock.now())


def _found(connection: Connection, code: str) -> Dossier | None:
    try:
        return dossiers.find(connection, DossierCode(code))
    except ValueError:
        return None


def _procedure_name(connection: Connection, dossier: Dossier) -> str:
    """Return the catalogue's name: what a client writes there may name a person."""
    return _name_of(connection, dossier.filing.procedure.code)


def _name_of(connection: Connection, code: ProcedureCode) -> str:
    try:
        return find_procedure(connection, code, pointer="").name
    except UnknownProcedureError:
        return str(code)
