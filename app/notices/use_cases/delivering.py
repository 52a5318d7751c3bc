"""What is needed to send a notice, and what came of it."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.dossiers import store as dossiers
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.notices.domain.channels import Channel
from app.notices.domain.notices import OWNER, Notice, State
from app.notices.store import followers
from app.notices.store import notices as store
from app.notices.use_cases.owning import user_of
from app.notices.use_cases.telling import Manner, addresses_of
from app.platform.clock import Clock
from app.platform.sealing import Sealer

_LONGEST_REASON: Final = 100


@dataclass(frozen=True, slots=True)
class Order:
    """A notice with the addresses that it may go to, the preferred one first.

    `holder` is the owner's name, which only a template of Zalo asks for; `secret` the code of one
    who is to confirm.
    """

    notice: Notice
    addresses: tuple[tuple[Channel, str], ...]
    holder: str = ""
    secret: str = ""


def load(
    connection: Connection, manner: Manner, sealer: Sealer | None, *, notice_id: str
) -> Order | None:
    """Return what is to be sent; None if it is owed no more.

    Raises:
        UnopenableError: if a follower was sealed under a key we do not have.
    """
    notice = store.find(connection, notice_id)
    if notice is None or notice.state is not State.OWED:
        return None
    if notice.audience == OWNER:
        dossier = dossiers.find(connection, notice.dossier)
        if dossier is None or store.is_silent(connection, notice.dossier):
            return Order(notice, ())
        applicant, user = dossier.filing.applicant, None
        if Channel.OA in manner.channels:
            user = user_of(connection, sealer, dossier.code)
        addresses = tuple(addresses_of(applicant, manner.channels, user))
        return Order(notice, addresses, applicant.full_name)
    found = followers.find(connection, notice.audience.partition(":")[2])
    if found is None or found[0].ended_at is not None or sealer is None:
        return Order(notice, ())
    address, _, secret = (
        sealer.open(found[1], about=notice.audience).get_secret_value().partition("\n")
    )
    return Order(notice, ((found[0].channel, address),), secret=secret)


def sent(
    connection: Connection,
    clock: Clock,
    *,
    notice_id: str,
    reached: tuple[Channel, str],
    refused: str | None,
) -> None:
    """Note which channel took a notice for whom, masked; `refused` is why one before it did not."""
    notice = store.find(connection, notice_id, keep=True)
    if notice is None:
        return
    done = replace(
        notice,
        state=State.SENT,
        channel=reached[0],
        recipient=reached[1],
        attempts=notice.attempts + 1,
        sent_at=clock.now(),
        reason=refused and refused[:_LONGEST_REASON],
    )
    store.save(connection, done)
    _note(connection, clock, done, "notice.send")


def failed(connection: Connection, clock: Clock, *, notice_id: str, reason: str) -> None:
    """Note that a notice cannot be sent by any channel, or is too old to be."""
    notice = store.find(connection, notice_id, keep=True)
    if notice is not None and notice.state is State.OWED:
        gone = replace(
            notice,
            state=State.FAILED,
            reason=reason[:_LONGEST_REASON],
            attempts=notice.attempts + 1,
        )
        store.save(connection, gone)
        _note(connection, clock, gone, "notice.fail")


def deferred(connection: Connection, *, notice_id: str, reason: str) -> None:
    """Note an attempt that is worth another."""
    notice = store.find(connection, notice_id, keep=True)
    if notice is not None and notice.state is State.OWED:
        again = replace(notice, attempts=notice.attempts + 1, reason=reason[:_LONGEST_REASON])
        store.save(connection, again)


def _note(connection: Connection, clock: Clock, notice: Notice, act: str) -> None:
    actor = SystemActor("system:notices", notice.agency.canonical)
    record(connection, clock, actor, Act(act, f"dossier:{notice.dossier}"))
