"""Asking to be told of a dossier, confirming it, ending it."""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from pydantic import SecretStr
from sqlalchemy import Connection

from app.dossiers.domain.dossier import Dossier
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.notices.domain.channels import Channel, masked
from app.notices.domain.errors import (
    ChannelNotOfferedError,
    InvalidAddressError,
    TooManyFollowersError,
    UnknownFollowerError,
)
from app.notices.domain.notices import Follower, Kind, Notice
from app.notices.store import followers
from app.notices.store import notices as store
from app.notices.use_cases.telling import Manner, facts_of, owe
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.sealing import Sealer

MOST: Final = 5
"""Followers of one dossier and all who asked within a day: a code goes to a stranger."""

_DAY: Final = timedelta(days=1)

GOOD_FOR: Final = timedelta(minutes=15)
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to be told: by which channel, where, and the code that they confirm with."""

    channel: Channel
    address: str
    code: str
    digest: str


def new_code() -> str:
    """Return a fresh code of six digits."""
    return f"{secrets.randbelow(10**6):06d}"


def ask(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    tools: tuple[Sealer, Manner],
    *,
    dossier: Dossier,
    wish: Wish,
) -> Follower:
    """Keep a wish, and owe its address the code; nothing else goes there until it is confirmed.

    Raises:
        ChannelNotOfferedError: if nothing is sent by the channel.
        InvalidAddressError: if the address is none of the channel.
        TooManyFollowersError: if the dossier has enough of them.
    """
    sealer, manner = tools
    if wish.channel not in manner.channels:
        raise ChannelNotOfferedError
    address = wish.channel.address(wish.address)
    if address is None:
        raise InvalidAddressError
    if followers.count(connection, dossier.code, since=clock.now() - _DAY) >= MOST:
        raise TooManyFollowersError(MOST)
    now = clock.now()
    follower = Follower(new_id(), dossier.code, wish.channel, masked(address), now, now + GOOD_FOR)
    secret = SecretStr(f"{address}\n{wish.code}")
    followers.add(connection, follower, sealer.seal(secret, about=follower.audience))
    facts = facts_of(connection, dossier, dossier.status, manner)
    _send_code(connection, clock, follower, dossier, facts)
    _note(connection, clock, actor, "notice.follow", dossier, wish.digest)
    return follower


def confirm(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    sealer: Sealer,
    *,
    named: tuple[Dossier, str],
    code: str,
) -> Follower | None:
    """Take the code that was sent; None if it is wrong, which is counted.

    Raises:
        UnknownFollowerError: if there is no such follower of the dossier that may still confirm.
    """
    dossier, follower_id = named
    follower, secret = _found(connection, sealer, dossier, follower_id)
    if follower.confirmed_at is not None:
        raise UnknownFollowerError
    if follower.tries >= _TRIES or clock.now() >= follower.code_until:
        raise UnknownFollowerError
    wanted = secret.partition("\n")[2]
    if not hmac.compare_digest(wanted.encode(), code.encode()):
        followers.save(connection, replace(follower, tries=follower.tries + 1))
        return None
    confirmed = replace(follower, confirmed_at=clock.now())
    followers.save(connection, confirmed)
    _note(connection, clock, actor, "notice.confirm", dossier, None)
    return confirmed


def end(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    sealer: Sealer,
    *,
    named: tuple[Dossier, str],
) -> Follower:
    """Tell a follower nothing more.

    Raises:
        UnknownFollowerError: if there is no such follower of the dossier.
    """
    dossier, follower_id = named
    follower, _ = _found(connection, sealer, dossier, follower_id)
    ended = replace(follower, ended_at=clock.now())
    followers.save(connection, ended)
    _note(connection, clock, actor, "notice.unfollow", dossier, None)
    return ended


def _send_code(
    connection: Connection,
    clock: Clock,
    follower: Follower,
    dossier: Dossier,
    facts: dict[str, Any],
) -> None:
    notice = Notice(
        notice_id=new_id(),
        dossier=dossier.code,
        agency=dossier.filing.agency.code,
        kind=Kind.CONFIRM,
        audience=follower.audience,
        step=0,
        facts=facts,
        due_at=clock.now(),
        created_at=clock.now(),
        recipient=follower.recipient,
    )
    store.add(connection, notice)
    owe(connection, clock, notice)


def _found(
    connection: Connection, sealer: Sealer, dossier: Dossier, follower_id: str
) -> tuple[Follower, str]:
    found = followers.find(connection, follower_id, keep=True)
    if found is None or found[0].dossier != dossier.code or found[0].ended_at is not None:
        raise UnknownFollowerError
    follower, sealed = found
    return follower, sealer.open(sealed, about=follower.audience).get_secret_value()


def _note(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    act: str,
    dossier: Dossier,
    digest: str | None,
) -> None:
    record(connection, clock, actor, Act(act, f"dossier:{dossier.code}", digest))
