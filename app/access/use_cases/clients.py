"""Registering, revoking and recognising clients."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from sqlalchemy import Connection

from app.access.domain import Client, Scope, UnknownClientError, UnknownScopeError
from app.access.store import clients as store
from app.codes import AgencyCode
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id

_NOBODY = "0" * 64


def register(
    connection: Connection, clock: Clock, *, name: str, member: AgencyCode, scopes: Iterable[str]
) -> tuple[Client, str]:
    """Add a client and return it with its secret, which cannot be read again.

    Raises:
        UnknownScopeError: if a scope does not exist.
    """
    client = Client(
        client_id=f"client-{new_id()}",
        name=name,
        member=member,
        scopes=frozenset(_scope(scope) for scope in scopes),
        created_at=clock.now(),
    )
    secret = secrets.token_urlsafe(32)
    store.add(connection, client, secret_hash=hash_of(secret))
    _note(connection, clock, client.client_id, act="client.register")
    return client, secret


def revoke(connection: Connection, clock: Clock, *, client_id: str) -> None:
    """Take a client's access away; its tokens end with it.

    Raises:
        UnknownClientError: if there is no such client.
    """
    if not store.revoke(connection, client_id, at=clock.now()):
        raise UnknownClientError
    _note(connection, clock, client_id, act="client.revoke")


def recognise(connection: Connection, *, client_id: str, secret: str) -> Client | None:
    """Return the client if the secret is its own and it is not revoked."""
    found = store.find(connection, client_id)
    kept = _NOBODY if found is None else found[1]
    same = hmac.compare_digest(kept, hash_of(secret))
    if found is None or not same or found[0].revoked_at is not None:
        return None
    return found[0]


def is_in_good_standing(connection: Connection, *, client_id: str) -> bool:
    """Tell whether the client exists and is not revoked."""
    found = store.find(connection, client_id)
    return found is not None and found[0].revoked_at is None


def hash_of(secret: str) -> str:
    """Return what is kept of a secret: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _scope(text: str) -> Scope:
    try:
        return Scope(text)
    except ValueError:
        raise UnknownScopeError(text) from None


def _note(connection: Connection, clock: Clock, client_id: str, *, act: str) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, f"client:{client_id}"))
