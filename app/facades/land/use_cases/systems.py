"""Land systems that may call: registering, revoking, recognising."""

import hmac

from sqlalchemy import Connection

from app.access.use_cases import hash_of
from app.codes import AgencyCode
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.facades.land import store
from app.facades.land.domain import (
    LandSystem,
    LandSystemTakenError,
    SecurityCodeRefusedError,
    UnknownLandSystemError,
)
from app.platform.clock import Clock


def register(
    connection: Connection, clock: Clock, *, name: str, member: AgencyCode, code: str
) -> LandSystem:
    """Let a land system call with a code; only its hash is kept.

    Raises:
        LandSystemTakenError: if a system has this name or this code, perhaps a revoked one.
    """
    system = LandSystem(name, member, clock.now())
    if not store.add(connection, system, code_hash=hash_of(code)):
        raise LandSystemTakenError
    _note(connection, clock, "land-system.register", name)
    return system


def revoke(connection: Connection, clock: Clock, *, name: str) -> None:
    """Let a land system call no more.

    Raises:
        UnknownLandSystemError: if none of this name is in force.
    """
    if not store.revoke(connection, name, at=clock.now()):
        raise UnknownLandSystemError
    _note(connection, clock, "land-system.revoke", name)


def recognise(connection: Connection, *, code: str) -> LandSystem:
    """Return the system whose code this is; every hash is looked at, each in constant time.

    Raises:
        SecurityCodeRefusedError: if it is nobody's.
    """
    given, found = hash_of(code), None
    for system, kept in store.in_force(connection):
        if hmac.compare_digest(given, kept):
            found = system
    if found is None:
        raise SecurityCodeRefusedError
    return found


def _note(connection: Connection, clock: Clock, act: str, name: str) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, f"land-system:{name}"))
