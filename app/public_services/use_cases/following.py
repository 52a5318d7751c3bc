"""Following a dossier: whoever holds its tracking code may ask to be told of changes."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.dossiers.domain.dossier import Dossier
from app.evidence.domain import SystemActor
from app.notices.domain.errors import UnknownFollowerError
from app.notices.domain.notices import Follower
from app.notices.use_cases import following
from app.notices.use_cases.following import Wish
from app.notices.use_cases.telling import Manner
from app.platform.clock import Clock
from app.platform.sealing import Sealer
from app.public_services.use_cases.opinions import PUBLIC
from app.public_services.use_cases.tracking import look_up


@dataclass(frozen=True, slots=True)
class Held:
    """A request of somebody who holds both codes of a dossier."""

    code: str
    tracking_code: str | None
    request_id: str


def follow(
    connection: Connection,
    clock: Clock,
    tools: tuple[Sealer, Manner],
    *,
    held: Held,
    wish: Wish,
) -> Follower:
    """Keep a wish to be told, and owe its address the code to confirm with.

    Raises:
        NotShownError: whatever is wrong with the codes.
        ChannelNotOfferedError, InvalidAddressError, TooManyFollowersError: by its rules.
    """
    dossier = look_up(connection, held.code, held.tracking_code).dossier
    actor = _actor(dossier, held)
    return following.ask(connection, clock, actor, tools, dossier=dossier, wish=wish)


def confirm(
    connection: Connection,
    clock: Clock,
    sealer: Sealer,
    *,
    held: Held,
    follower_id: str,
    code: str,
) -> Follower | None:
    """Take the code; None if it is wrong, which is counted.

    Raises:
        NotShownError: whatever is wrong with the codes of the dossier.
        UnknownFollowerError: if nobody may confirm so any more.
    """
    dossier = look_up(connection, held.code, held.tracking_code).dossier
    named = (dossier, follower_id)
    actor = _actor(dossier, held)
    return following.confirm(connection, clock, actor, sealer, named=named, code=code)


def end(
    connection: Connection, clock: Clock, sealer: Sealer, *, held: Held, follower_id: str
) -> Follower:
    """Tell a follower nothing more.

    Raises:
        NotShownError: whatever is wrong with the codes of the dossier.
        UnknownFollowerError: if the dossier has no such follower.
    """
    dossier = look_up(connection, held.code, held.tracking_code).dossier
    named = (dossier, follower_id)
    return following.end(connection, clock, _actor(dossier, held), sealer, named=named)


def known(follower: Follower | None) -> Follower:
    """Return a follower whose code was right.

    Raises:
        UnknownFollowerError: if it was not.
    """
    if follower is None:
        raise UnknownFollowerError
    return follower


def _actor(dossier: Dossier, held: Held) -> SystemActor:
    return SystemActor(PUBLIC, dossier.filing.agency.code.canonical, held.request_id)
