"""Forms: shown, and taken over from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.catalogue.domain import Member
from app.catalogue.store.members import MembersWanted
from app.catalogue.use_cases import list_members, today
from app.codes import AgencyCode
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock
from app.reports.domain.errors import UnknownPeriodError
from app.reports.domain.forms import Form, FormDiffersError, UnknownFormError, sound
from app.reports.domain.periods import Period
from app.reports.domain.summing import Unit
from app.reports.store import forms as store

_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Imported:
    """How many versions of forms were new, and how many known just so."""

    new: int
    unchanged: int


def list_forms(connection: Connection) -> Sequence[Form]:
    """Return the last version of each form."""
    return list(store.current(connection).values())


def show_form(connection: Connection, code: str, version: int | None = None) -> Form:
    """Return a form, its last version where none is named.

    Raises:
        UnknownFormError: if there is none.
    """
    every = store.every(connection)
    if version is None:
        version = max((number for one, number in every if one == code), default=0)
    found = every.get((code, version))
    if found is None:
        raise UnknownFormError
    return found


def import_forms(
    connection: Connection, clock: Clock, actor: Actor, digest: str, given: Sequence[Form]
) -> Imported:
    """Add versions of forms, all or none; a version that is known stays as it is.

    Raises:
        UnsoundFormError: if a form contradicts itself.
        FormDiffersError: if a version is known and says something else.
    """
    new = 0
    for form in map(sound, given):
        known = store.every(connection).get((form.code, form.version))
        if known is not None and known != form:
            raise FormDiffersError(form)
        if known is None:
            store.add(connection, form, at=clock.now())
            record(connection, clock, actor, Act("report-form.import", form.subject, digest))
            new += 1
    return Imported(new, len(given) - new)


def period_of(form: Form, label: str, *, pointer: str) -> Period:
    """Return a period of a form; `pointer` is where it stood.

    Raises:
        UnknownPeriodError: if the form's cycle has no such period.
    """
    try:
        return Period.of(form.cycle, label)
    except ValueError:
        raise UnknownPeriodError(pointer) from None


def period_or_last(form: Form, clock: Clock, label: str, *, pointer: str) -> Period:
    """Return a period of a form; the last one that has ended where none is named ("").

    Raises:
        UnknownPeriodError: if the form's cycle has no such period.
    """
    if label:
        return period_of(form, label, pointer=pointer)
    return Period.containing(form.cycle, today(clock)).previous


def owes(form: Form, member: Member, day: date) -> bool:
    """Tell whether a member owes a form for a period that ends on a day."""
    return len(member.code.ancestors) + 1 == form.level and member.is_open(day)


def members_of(connection: Connection, top: AgencyCode) -> Sequence[Member]:
    """Return every member at or below one, closed ones too, by their codes."""
    return list_members(connection, MembersWanted(root=top), after=None, limit=_ALL)


def units(form: Form, period: Period, members: Sequence[Member]) -> Sequence[Unit]:
    """Return those of some members that owe a form for a period."""
    return [Unit(one.code, one.name) for one in members if owes(form, one, period.ends_on)]
