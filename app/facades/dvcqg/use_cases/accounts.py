"""Accounts and sessions of provincial systems."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from app.access import store as access
from app.access.domain import Client, UnknownClientError
from app.access.use_cases import hash_of
from app.evidence.domain import DONE, Act, Actor, SystemActor
from app.evidence.store import record
from app.facades.dvcqg import store
from app.facades.dvcqg.domain import (
    Account,
    AccountTakenError,
    LoginRefusedError,
    SessionEndedError,
    UnknownAccountError,
)
from app.platform.clock import Clock

_COST: Final = 2**14
_NOBODY: Final = "00$00"
"""Stands in for the hash of an account that does not exist, so that both cost the same."""


def register(
    connection: Connection, clock: Clock, *, username: str, client_id: str, password: str
) -> Account:
    """Add an account that acts as a client.

    Raises:
        UnknownClientError: if there is no such client, or it is revoked.
        AccountTakenError: if the name is taken.
    """
    found = access.find(connection, client_id)
    if found is None or found[0].revoked_at is not None:
        raise UnknownClientError
    if store.find(connection, username) is not None:
        raise AccountTakenError
    account = Account(username, client_id, clock.now())
    store.add(connection, account, password_hash=hashed(password))
    _note(connection, clock, "portal-account.register", client_id)
    return account


def revoke(connection: Connection, clock: Clock, *, username: str) -> None:
    """Take an account's access away; its sessions end with it.

    Raises:
        UnknownAccountError: if there is no such account.
    """
    found = store.find(connection, username)
    if found is None:
        raise UnknownAccountError
    store.revoke(connection, username, at=clock.now())
    _note(connection, clock, "portal-account.revoke", found[0].client_id)


def find_hash(connection: Connection, *, username: str) -> str:
    """Return the hash to hold a password against; one that nothing fits for nobody."""
    found = store.find(connection, username)
    if found is None or found[0].revoked_at is not None:
        return _NOBODY
    return found[1]


def hashed(password: str) -> str:
    """Return what is kept of a password, which a person may have chosen: scrypt with salt."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_scrypt(password, salt).hex()}"


def fits(password: str, kept: str) -> bool:
    """Tell whether a password is the one a hash was made of; takes tens of milliseconds."""
    salt, _, digest = kept.partition("$")
    made = _scrypt(password, bytes.fromhex(salt))
    return hmac.compare_digest(made.hex(), digest)


def open_session(
    connection: Connection, clock: Clock, *, username: str, lifetime: timedelta, request_id: str
) -> str:
    """Start a session and return it; it cannot be read again.

    Raises:
        LoginRefusedError: if the account, or the client it acts as, was revoked meanwhile.
    """
    found = store.find(connection, username)
    if found is None or found[0].revoked_at is not None:
        raise LoginRefusedError
    client = access.find(connection, found[0].client_id)
    if client is None or client[0].revoked_at is not None:
        raise LoginRefusedError
    now = clock.now()
    store.forget_sessions(connection, ended_by=now)
    session = secrets.token_urlsafe(24)
    ends_at = now + lifetime
    store.open_session(connection, username, session_hash=hash_of(session), ends_at=ends_at)
    actor = _Client(client[0], request_id)
    record(connection, clock, actor, Act("portal.login", f"client:{actor.client_id}"))
    return session


def client_of(connection: Connection, clock: Clock, *, session: str) -> Client:
    """Return the client that a session acts as.

    Raises:
        SessionEndedError: if it does not exist, has ended, or its client is revoked.
    """
    client_id = store.client_of(connection, hash_of(session), now=clock.now())
    found = None if client_id is None else access.find(connection, client_id)
    if found is None:
        raise SessionEndedError
    return found[0]


class _Client:
    """A client as it acts in one request."""

    def __init__(self, client: Client, request_id: str) -> None:
        self.client_id = client.client_id
        self.member: str = client.member
        self.request_id = request_id


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32)


def _note(connection: Connection, clock: Clock, act: str, client_id: str) -> None:
    administrator: Actor = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, f"client:{client_id}", outcome=DONE))
