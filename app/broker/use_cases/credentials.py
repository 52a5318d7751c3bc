"""Keeping credentials for services: their secret is used again, so it is kept sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import Connection

from app.broker.domain.credentials import (
    Credential,
    CredentialKind,
    CredentialTakenError,
    UnknownCredentialError,
    complete,
)
from app.broker.store import credentials as store
from app.broker.store import registered
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Keeping:
    """A request to keep a credential; what its kind does not need said may be left out."""

    name: str
    kind: CredentialKind
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A credential with its secret."""

    credential: Credential
    secret: SecretStr


def keep(
    connection: Connection, clock: Clock, sealer: Sealer, *, asked: Keeping, secret: SecretStr
) -> Credential:
    """Keep a credential.

    Raises:
        CredentialRefusedError: if what it says does not make one of its kind.
        CredentialTakenError: if one in force has the name.
    """
    now = clock.now()
    facts = complete(asked.kind, asked.facts)
    credential = Credential(asked.name, asked.kind, facts, created_at=now, changed_at=now)
    if store.find(connection, asked.name) is not None:
        raise CredentialTakenError(asked.name)
    store.add(connection, credential, sealer.seal(secret, about=_about(asked.name)))
    _note(connection, clock, asked.name, act="credential.keep")
    return credential


def rotate(
    connection: Connection, clock: Clock, sealer: Sealer, *, name: str, secret: SecretStr
) -> None:
    """Keep a new secret in the place of the old one.

    Raises:
        UnknownCredentialError: if no credential in force has this name.
    """
    sealed = sealer.seal(secret, about=_about(name))
    if not store.change(connection, name, sealed, at=clock.now()):
        raise UnknownCredentialError
    _note(connection, clock, name, act="credential.rotate")


def close(connection: Connection, clock: Clock, *, name: str) -> None:
    """Forget a secret; services that want it cannot be called any more.

    Raises:
        UnknownCredentialError: if no credential in force has this name.
    """
    if not store.close(connection, name, at=clock.now()):
        raise UnknownCredentialError
    _note(connection, clock, name, act="credential.close")


def reseal(connection: Connection, clock: Clock, sealer: Sealer) -> int:
    """Encrypt every kept secret under the present key; return how many.

    Raises:
        UnopenableError: if one was sealed under a key we do not have; nothing was changed.
    """
    names = [one.name for one in store.every(connection) if one.closed_at is None]
    for name in names:
        found = store.find(connection, name)
        if found is not None:
            secret = sealer.open(found[1], about=_about(name))
            store.change(connection, name, sealer.seal(secret, about=_about(name)), at=None)
            _note(connection, clock, name, act="credential.reseal")
    return len(names)


def missing(connection: Connection) -> Mapping[str, Sequence[str]]:
    """Return the credentials that open versions want and nobody kept, by the versions' keys.

    Only what is shown to an upstream that is called counts.
    """
    known = {one.name for one in store.every(connection) if one.closed_at is None}
    wanted = {
        service.key: {one.credential for one in service.reached if one.credential is not None}
        for _, service in registered.open_ones(connection)
    }
    return {key: sorted(names - known) for key, names in wanted.items() if names - known}


def open_(connection: Connection, sealer: Sealer, *, name: str) -> Opened | None:
    """Return a credential in force with its secret.

    Raises:
        UnopenableError: if it was sealed under a key we do not have.
    """
    found = store.find(connection, name)
    if found is None:
        return None
    return Opened(found[0], sealer.open(found[1], about=_about(name)))


def _about(name: str) -> str:
    return f"credential:{name}"


def _note(connection: Connection, clock: Clock, name: str, *, act: str) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, _about(name)))
