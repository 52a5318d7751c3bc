"""Dossiers that a ministry's system runs, pulled into our store: each once, told by it alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.use_cases import current_member
from app.codes import AgencyCode, DossierCode
from app.dossiers import store
from app.dossiers.domain.carrying import check_record
from app.dossiers.domain.dossier import Dossier, Ends, National, NationalState, Step, staff_of
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.domain.filing import Agency, Facts, Filing
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.intake import Entry
from app.dossiers.domain.received import ReceivedFile
from app.dossiers.domain.statuses import Status
from app.dossiers.store import received
from app.dossiers.use_cases.arriving import take_in
from app.dossiers.use_cases.following import follow
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import Cause, subject_of
from app.dossiers.use_cases.receiving import hold, papers_of
from app.dossiers.use_cases.submitting import completed, opened
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


class Taken(StrEnum):
    """What pulling one dossier came to."""

    NEW = "new"
    MOVED = "moved"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Pulled:
    """A dossier as the ministry tells it; `content` is its row, untouched.

    `unit` is whose it is where that is one of ours, else it is of the agency in `filing`.
    """

    code: DossierCode
    filing: Filing
    status: Status
    content: Facts
    unit: AgencyCode | None
    files: Sequence[ReceivedFile]


def is_pulled(connection: Connection, code: DossierCode) -> bool:
    """Tell whether a dossier is here already, whoever brought it."""
    return store.find(connection, code) is not None


def pull(
    connection: Connection, clock: Clock, ministry: Caller, *, pulled: Pulled, cause: Cause
) -> Taken:
    """Take a dossier over, or what is new of one: the ministry's word on its status counts.

    The nation is told nothing of it by us, now or later: the ministry tells it, and it counts once.

    Raises:
        DuplicateDossierError: if a dossier that came otherwise has its code.
        CarriedMoveError: if no way leads to its status from where it stands here.
        ProblemError: for a procedure or agency that cannot be.
    """
    present = store.lock(connection, pulled.code)
    if present is None:
        _take(connection, clock, ministry, pulled, cause)
        return Taken.NEW
    if present.filing.came_in.entry is not Entry.MINISTRY:
        raise DuplicateDossierError(pulled.code)
    (known,) = received.notices_of(connection, pulled.code)
    if known.content == pulled.content:
        return Taken.UNCHANGED
    check_record(pulled.code, present.status, pulled.status)
    received.replace_notice(connection, clock, reference=pulled.code, content=pulled.content)
    if pulled.status is present.status:
        return Taken.UNCHANGED
    _move(connection, clock, ministry, present, pulled.status, cause)
    return Taken.MOVED


def _take(
    connection: Connection, clock: Clock, ministry: Caller, pulled: Pulled, cause: Cause
) -> None:
    filing = replace(pulled.filing, attachments=papers_of(pulled.files))
    unit = None if pulled.unit is None else current_member(connection, clock, pulled.unit)
    if unit is not None and unit.code.within(ministry.member):
        filing = replace(filing, agency=Agency(unit.code, unit.name))
    filing = completed(connection, clock, ministry, filing)
    began = opened(clock, pulled.code, filing, cause)
    dossier = replace(
        began,
        status=pulled.status,
        ends=Ends().at(pulled.status, clock.now()),
        national=National(NationalState.BY_OTHERS, new_id()),
    )
    take_in(connection, clock, ministry, dossier, cause)
    hold(connection, clock, ministry, dossier=dossier, came=pulled.files)
    received.add_notice(
        connection, clock, reference=pulled.code, code=pulled.code, content=pulled.content
    )


def _move(
    connection: Connection,
    clock: Clock,
    ministry: Caller,
    present: Dossier,
    wanted: Status,
    cause: Cause,
) -> None:
    now = clock.now()
    moved = replace(present, status=wanted, ends=present.ends.at(wanted, now), changed_at=now)
    step = Step(
        status=wanted,
        happened_at=now,
        staff_name=staff_of(present.filing, None),
        content=f"{wanted.label} (theo hệ thống của bộ)",
        act=ActName.PROGRESS,
    )
    moved = save(connection, cause.rules, present, moved, step)
    store.add_step(connection, present.code, step)
    record(connection, clock, ministry, Act("dossier.pull", subject_of(present.code), cause.digest))
    follow(connection, clock, ministry, moved, cause, happened_at=now)
