"""Registering and closing destinations, and noting what was forwarded."""

from sqlalchemy import Connection

from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.facades.forwarding import store
from app.facades.forwarding.domain import (
    Destination,
    DestinationTakenError,
    UnknownDestinationError,
)
from app.platform.clock import Clock


def register(connection: Connection, clock: Clock, *, dstcode: str, url: str) -> Destination:
    """Add a destination.

    Raises:
        DestinationTakenError: if one in force has the code.
    """
    if store.find(connection, dstcode) is not None:
        raise DestinationTakenError(dstcode)
    destination = Destination(dstcode, url, clock.now())
    store.add(connection, destination)
    _note(connection, clock, dstcode, act="destination.register")
    return destination


def close(connection: Connection, clock: Clock, *, dstcode: str) -> None:
    """Let nobody reach a destination any more.

    Raises:
        UnknownDestinationError: if none in force has the code.
    """
    if not store.close(connection, dstcode, at=clock.now()):
        raise UnknownDestinationError
    _note(connection, clock, dstcode, act="destination.close")


def find(connection: Connection, dstcode: str) -> Destination:
    """Return the destination in force with this code.

    Raises:
        UnknownDestinationError: if there is none.
    """
    found = store.find(connection, dstcode)
    if found is None:
        raise UnknownDestinationError
    return found


def forwarded(dstcode: str, digest: str, outcome: str) -> Act:
    """Return what the log says of a forwarded call: the digest of its body, never the body."""
    return Act("service.forward", _subject(dstcode), digest, outcome)


def _subject(dstcode: str) -> str:
    return f"destination:{dstcode}"


def _note(connection: Connection, clock: Clock, dstcode: str, *, act: str) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, _subject(dstcode)))
