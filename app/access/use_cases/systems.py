"""Connecting systems that sign their calls: their secret is used again, so it is kept sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import SecretStr
from sqlalchemy import Connection

from app.access.domain import Reach, System, SystemTakenError, UnknownSystemError, reach_of
from app.access.store import systems
from app.access.store.systems import Sealed
from app.codes import AgencyCode
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.sealing import Sealer, UnopenableError


@dataclass(frozen=True, slots=True)
class Connecting:
    """A request to connect a system.

    Without `since` its inbox begins now, or when it was first connected if it was before.
    """

    system_id: str
    member: AgencyCode
    root: AgencyCode | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A system in force, the units whose inbox it has, and the secrets that prove its calls."""

    system: System
    reach: Reach
    secrets: tuple[SecretStr, ...]


def register(
    connection: Connection, clock: Clock, sealer: Sealer, *, asked: Connecting, secret: SecretStr
) -> System:
    """Add a system, or connect one of the same member again that was revoked.

    Raises:
        SystemTakenError: if another has the id, or one in force has the member or the root.
    """
    now = clock.now()
    former = systems.find(connection, asked.system_id)
    begins = now if former is None else former[0].since
    system = System(
        asked.system_id, asked.member, asked.root, created_at=now, since=asked.since or begins
    )
    for other in systems.every(connection):
        if _collides(other, system):
            raise SystemTakenError(other.system_id)
    sealed = sealer.seal(secret, about=_about(system.system_id))
    if former is None:
        systems.add(connection, system, sealed)
        _note(connection, clock, system.system_id, act="system.register")
    else:
        systems.renew(connection, system, sealed)
        _note(connection, clock, system.system_id, act="system.reconnect")
    return system


def rotate(
    connection: Connection,
    clock: Clock,
    sealer: Sealer,
    *,
    system_id: str,
    secret: SecretStr,
    overlap: timedelta,
) -> datetime:
    """Give a system a new secret; return until when the one before it is good too.

    Raises:
        UnknownSystemError: if no system in force has this id.
    """
    until = clock.now() + overlap
    sealed = sealer.seal(secret, about=_about(system_id))
    if not systems.rotate(connection, system_id, sealed, until=until):
        raise UnknownSystemError
    _note(connection, clock, system_id, act="system.rotate")
    return until


def revoke(connection: Connection, clock: Clock, *, system_id: str) -> None:
    """Take a system's access away.

    Raises:
        UnknownSystemError: if there is no such system.
    """
    if not systems.revoke(connection, system_id, at=clock.now()):
        raise UnknownSystemError
    _note(connection, clock, system_id, act="system.revoke")


def reseal(connection: Connection, clock: Clock, sealer: Sealer) -> int:
    """Encrypt every kept secret under the present key; return of how many systems.

    Raises:
        UnopenableError: if one was sealed under a key we do not have; nothing was changed.
    """
    every = systems.sealed(connection)
    for system_id, kept in every.items():
        about = _about(system_id)
        former = None if kept.former is None else _anew(sealer, kept.former, about)
        secret = _anew(sealer, kept.secret, about)
        systems.reseal(connection, system_id, Sealed(secret, former))
        _note(connection, clock, system_id, act="system.reseal")
    return len(every)


def unopenable(connection: Connection, sealer: Sealer) -> list[str]:
    """Return the ids of systems whose secret was sealed under a key we do not have."""
    found = []
    for system_id, kept in systems.sealed(connection).items():
        try:
            sealer.open(bytes(kept.secret), about=_about(system_id))
        except UnopenableError:
            found.append(system_id)
    return found


def recognise(
    connection: Connection, clock: Clock, sealer: Sealer, *, system_id: str
) -> Known | None:
    """Return a system in force with the secrets that are good now.

    Raises:
        UnopenableError: if a secret was sealed under a key we do not have.
    """
    found = systems.find(connection, system_id)
    if found is None or found[0].revoked_at is not None:
        return None
    system, sealed = found
    kept = [sealed.secret]
    if sealed.former is not None and sealed.former_until and clock.now() < sealed.former_until:
        kept.append(sealed.former)
    return Known(
        system,
        reach_of(system, systems.every(connection)),
        tuple(sealer.open(bytes(one), about=_about(system_id)) for one in kept),
    )


def _collides(other: System, system: System) -> bool:
    if other.system_id == system.system_id:
        return other.revoked_at is None or other.member != system.member
    is_same_root = system.root is not None and other.root == system.root
    return other.revoked_at is None and (other.member == system.member or is_same_root)


def _anew(sealer: Sealer, sealed: bytes, about: str) -> bytes:
    return sealer.seal(sealer.open(bytes(sealed), about=about), about=about)


def _about(system_id: str) -> str:
    return f"system:{system_id}"


def _note(connection: Connection, clock: Clock, system_id: str, *, act: str) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, f"system:{system_id}"))
