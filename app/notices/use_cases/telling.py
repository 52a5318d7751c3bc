"""Owing notices of what happened to dossiers: one for each act and audience."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from app.catalogue.domain import UnknownProcedureError
from app.catalogue.use_cases import find_procedure
from app.dossiers import store as dossiers
from app.dossiers.domain.dossier import Dossier, NationalState
from app.dossiers.domain.filing import Applicant
from app.dossiers.domain.statuses import Status
from app.dossiers.store import changes
from app.dossiers.store.changes import Change
from app.exchange import cursors
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue, hasten
from app.notices.domain.channels import Channel, masked
from app.notices.domain.notices import OWNER, Follower, Notice, Pace, State, Template
from app.notices.store import followers, owners
from app.notices.store import notices as store
from app.notices.use_cases.templates import by_act
from app.platform.clock import VIETNAM, Clock
from app.platform.fencing import Sight
from app.platform.ids import new_id

TOPIC: Final = "notices.send"
CURSOR: Final = "notices.dossiers"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a province tells: by which channels, the first that reaches, when, and from where.

    `address` is where people look a dossier up; the code is added to it.
    """

    channels: tuple[Channel, ...]
    pace: Pace
    address: str
    to_owners: bool = True


def seen(connection: Connection) -> tuple[Sight, bool]:
    """Look at how far the rows of progress go, and whether any is behind the cursor."""
    sight = changes.sight(connection)
    return sight, sight.newest > cursors.read(connection, CURSOR)


def tell(connection: Connection, clock: Clock, manner: Manner, *, up_to: int, at_most: int) -> int:
    """Owe notices of what happened up to a fence; return at how many rows was looked."""
    after = cursors.read(connection, CURSOR)
    if not manner.channels:
        cursors.move(connection, CURSOR, up_to)
        return 0
    found = changes.since(connection, after, up_to=up_to, at_most=at_most)
    for change in found:
        template = by_act().get(change.act.value)
        is_news = clock.now() - change.happened_at < manner.pace.latest
        if template is not None and is_news:
            _tell_of(connection, clock, manner, change, template)
    cursors.move(connection, CURSOR, found[-1].number if len(found) == at_most else up_to)
    return len(found)


def addresses_of(
    applicant: Applicant, channels: tuple[Channel, ...], user: str | None = None
) -> Iterator[tuple[Channel, str]]:
    """Yield where the owner of a dossier is reached, in the order of the channels.

    `user` is by which id our Official Account knows them.
    """
    others = {Channel.EMAIL: applicant.email, Channel.OA: user}
    for channel in channels:
        if (address := channel.address(others.get(channel, applicant.phone))) is not None:
            yield channel, address


def facts_of(
    connection: Connection, dossier: Dossier, status: Status, manner: Manner
) -> dict[str, Any]:
    """Return what fills a template; nothing of it names a person."""
    due = dossier.due_at
    return {
        "code": dossier.code,
        "procedure": _procedure_name(connection, dossier),
        "agency": dossier.filing.agency.name,
        "status": status.label,
        "due": due and f"{due.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
        "url": f"{manner.address}{dossier.code}",
    }


def owe(connection: Connection, clock: Clock, notice: Notice) -> None:
    """Owe the message of a notice."""
    owed = Owed(f"notice:{notice.notice_id}", TOPIC, notice.lane, {"notice": notice.notice_id})
    enqueue(connection, clock, owed)


def _tell_of(
    connection: Connection, clock: Clock, manner: Manner, change: Change, template: Template
) -> None:
    dossier = dossiers.find(connection, change.dossier)
    if dossier is None or not _is_ours_to_tell(dossier):
        return
    facts = facts_of(connection, dossier, change.status, manner)
    for audience, recipient in _audiences(connection, dossier, manner):
        now = clock.now()
        last = store.last_sent_at(connection, dossier.code, audience)
        notice = Notice(
            notice_id=new_id(),
            dossier=dossier.code,
            agency=dossier.filing.agency.code,
            kind=template.kind,
            audience=audience,
            step=change.number,
            facts=facts,
            due_at=manner.pace.due(now, waits=template.waits, last_sent=last),
            created_at=now,
            recipient=recipient,
        )
        _add(connection, clock, notice)


def _add(connection: Connection, clock: Clock, notice: Notice) -> None:
    if notice.recipient is None:
        store.add(connection, replace(notice, state=State.WITHHELD, reason="no-address"))
    elif store.add(connection, notice):
        if store.merge_waiting(connection, notice):
            hasten(connection, clock, notice.lane)
        owe(connection, clock, notice)


def _audiences(
    connection: Connection, dossier: Dossier, manner: Manner
) -> Iterator[tuple[str, str | None]]:
    """Yield who is told, each with their masked address, if they have one."""
    if manner.to_owners and not store.is_silent(connection, dossier.code):
        yield OWNER, _recipient(connection, dossier, manner.channels)
    found: Mapping[str, Follower] = {
        one.audience: one for one in followers.of_dossier(connection, dossier.code)
    }
    for audience, follower in found.items():
        if follower.channel in manner.channels:
            yield audience, follower.recipient


def _recipient(
    connection: Connection, dossier: Dossier, channels: tuple[Channel, ...]
) -> str | None:
    """Return where the owner is reached first, masked; None if nowhere."""
    found = {one: masked(text) for one, text in addresses_of(dossier.filing.applicant, channels)}
    if Channel.OA in channels and (kept := owners.find(connection, dossier.code)) is not None:
        found[Channel.OA] = kept[1]
    return next((found[channel] for channel in channels if channel in found), None)


def _is_ours_to_tell(dossier: Dossier) -> bool:
    """Tell whether nobody else does: a ministry's system, or the whole that it is a part of."""
    is_others = dossier.national.state is NationalState.BY_OTHERS
    return not is_others and dossier.handling.part_of is None


def _procedure_name(connection: Connection, dossier: Dossier) -> str:
    """Return the catalogue's name: what a client writes there may name a person."""
    code = dossier.filing.procedure.code
    try:
        return find_procedure(connection, code, pointer="").name
    except UnknownProcedureError:
        return str(code)
