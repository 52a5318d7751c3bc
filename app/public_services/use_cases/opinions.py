"""Taking opinions in, answering and rating them, and showing how they fare."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.use_cases import working_calendar
from app.catalogue.use_cases import resolve_member
from app.dossiers.domain.deadlines import DeadlineRules, Duration, Unit, deadline
from app.dossiers.domain.numbers import day_of, is_same_tracking_code, new_tracking_code
from app.evidence.domain import Act, Actor, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.public_services.domain.opinions import (
    CODE,
    Opinion,
    OpinionNotShownError,
    Reply,
    Said,
    UnknownOpinionError,
    new_code,
)
from app.public_services.store import adoption
from app.public_services.store import opinions as store

PUBLIC = "system:public"
"""Who acts, as the evidence log names it, where nobody says who they are."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long an answer may take: so many working days, counted by these rules."""

    days: int
    rules: DeadlineRules


@dataclass(frozen=True, slots=True)
class Cause:
    """The request that causes an act and the SHA-256 of its body."""

    request_id: str
    digest: str


def take_from_public(
    connection: Connection, clock: Clock, cause: Cause, *, said: Said, terms: Terms
) -> Opinion:
    """Take an opinion in from anybody.

    Raises:
        UnknownMemberError, ClosedMemberError: if the agency cannot answer.
    """
    return _take(connection, clock, _anybody(said, cause), cause, (said, terms))


def take_at_counter(
    connection: Connection, clock: Clock, caller: Caller, cause: Cause, *, said: Said, terms: Terms
) -> Opinion:
    """Take an opinion in that was said at a counter.

    Raises:
        UnknownMemberError, ClosedMemberError: if the agency cannot answer.
        AgencyNotYoursError: if the caller may not act for the agency.
    """
    member = resolve_member(connection, clock, said.agency, pointer="/agency_code")
    caller.act_for(member.code, pointer="/agency_code")
    return _take(connection, clock, caller, cause, (said, terms))


def answer(
    connection: Connection, clock: Clock, caller: Caller, cause: Cause, *, code: str, reply: Reply
) -> Opinion:
    """Answer an opinion on the caller's agency or one below it.

    Raises:
        UnknownOpinionError: if it does not exist or is not the caller's.
        AlreadyAnsweredError, PersonalAnswerError: by its rules.
    """
    before = visible(store.lock(connection, code) if CODE.fullmatch(code) else None, caller)
    return _changed(connection, clock, caller, cause, before.answered(reply), "opinion.answer")


def rate(
    connection: Connection, clock: Clock, cause: Cause, *, codes: tuple[str, str], score: int
) -> Opinion:
    """Keep what the sender, who holds both codes, thought of the answer.

    Raises:
        OpinionNotShownError: whatever is wrong with the codes.
        NothingToRateError: if there is no answer yet, or a rating before.
    """
    code, secret = codes
    before = _held(store.lock(connection, code) if CODE.fullmatch(code) else None, secret)
    actor = _anybody(before.said, cause)
    return _changed(connection, clock, actor, cause, before.rated(score), "opinion.rate")


def look_up(connection: Connection, code: str, tracking_code: str | None) -> tuple[Opinion, str]:
    """Return an opinion and its agency's name to whoever holds its tracking code.

    Raises:
        OpinionNotShownError: whatever is wrong.
    """
    found = _held(_found(connection, code), tracking_code)
    return found, _named(connection, [(0, found)])[found.said.agency]


def show(connection: Connection, caller: Caller, code: str) -> Opinion:
    """Return an opinion.

    Raises:
        UnknownOpinionError: if it does not exist or is not the caller's.
    """
    return visible(_found(connection, code), caller)


def list_opinions(
    connection: Connection, caller: Caller | None, *, before: int | None, limit: int
) -> Sequence[tuple[int, Opinion, str]]:
    """Return a page of the caller's opinions, or of all for everybody, the newest first."""
    agency = None if caller is None else caller.member
    found = store.page(connection, agency, before=before, limit=limit)
    names = _named(connection, found)
    return [(number, one, names[one.said.agency]) for number, one in found]


def visible(opinion: Opinion | None, caller: Caller) -> Opinion:
    """Return an opinion if it is the caller's.

    Raises:
        UnknownOpinionError: if it does not exist or is not the caller's.
    """
    if opinion is None or not caller.may_see(opinion.said.agency):
        raise UnknownOpinionError
    return opinion


def _take(
    connection: Connection, clock: Clock, actor: Actor, cause: Cause, what: tuple[Said, Terms]
) -> Opinion:
    said, terms = what
    member = resolve_member(connection, clock, said.agency, pointer="/agency_code")
    now = clock.now()
    calendar = working_calendar(connection, terms.rules.hours)
    taken = Opinion(
        code=new_code(day_of(now)),
        tracking_code=new_tracking_code(),
        said=replace(said, agency=member.code),
        received_at=now,
        due_at=deadline(calendar, terms.rules, now, Duration(terms.days, Unit.WORKING_DAYS)),
        at_counter=actor.client_id != PUBLIC,
    )
    while not store.add(connection, taken):
        taken = replace(taken, code=new_code(day_of(now)))
    record(connection, clock, actor, Act("opinion.take", taken.subject, cause.digest))
    return taken


def _changed(
    connection: Connection, clock: Clock, actor: Actor, cause: Cause, after: Opinion, act: str
) -> Opinion:
    store.save(connection, after)
    record(connection, clock, actor, Act(act, after.subject, cause.digest))
    return after


def _found(connection: Connection, code: str) -> Opinion | None:
    return store.find(connection, code) if CODE.fullmatch(code) else None


def _held(opinion: Opinion | None, tracking_code: str | None) -> Opinion:
    kept = None if opinion is None else opinion.tracking_code
    is_holder = is_same_tracking_code(kept, tracking_code or "")
    if opinion is None or not is_holder:
        raise OpinionNotShownError
    return opinion


def _anybody(said: Said, cause: Cause) -> SystemActor:
    return SystemActor(PUBLIC, said.agency.canonical, cause.request_id)


def _named(connection: Connection, found: Sequence[tuple[int, Opinion]]) -> dict[str, str]:
    codes = {one.said.agency for _, one in found}
    return {str(code): str(code) for code in codes} | adoption.names(connection, codes)
