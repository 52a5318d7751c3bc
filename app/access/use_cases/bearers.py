"""Opaque tokens: handing out the same one again, keeping long-lived ones, recognising them."""

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Client, UnknownClientError
from app.access.domain.bearers import (
    Account,
    AccountTakenError,
    Bearer,
    Kind,
    Standing,
    Style,
    StyleNotGivenError,
    UnknownAccountError,
    UnknownBearerError,
    UnknownStyleError,
)
from app.access.store import bearers as store
from app.access.store import clients
from app.access.use_cases.clients import hash_of
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id

_NOBODY: Final = "0" * 64

Mint = Callable[[str], str]
"""Makes the token of a seed, always the same one."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a new token is good, and how long at least one that is handed out again."""

    lifetime: timedelta
    at_least: timedelta = timedelta(0)


def hand_out(
    connection: Connection,
    clock: Clock,
    client: Client,
    mint: Mint,
    *,
    scopes: Iterable[str],
    terms: Terms,
) -> tuple[Bearer, str]:
    """Return the client's token that is good still, or a new one (ngsp.md a.1).

    It is the same token for the same scopes, whichever process is asked, until it runs out or
    the signing key is changed.
    """
    now = clock.now()
    wanted = frozenset(scopes)
    found = store.latest(connection, client.client_id, scopes=wanted, beyond=now + terms.at_least)
    if found is not None:
        token = mint(found[0].id)
        if hmac.compare_digest(hash_of(token), found[1]):
            return found[0], token
    bearer = Bearer(new_id(), client.client_id, Kind.ISSUED, "", wanted, now, now + terms.lifetime)
    token = mint(bearer.id)
    store.add(connection, bearer, token_hash=hash_of(token))
    return bearer, token


def recognise_bearer(connection: Connection, clock: Clock, *, token: str) -> Standing | None:
    """Return what a token says, if it is good and so is its client."""
    return store.shown(connection, hash_of(token), at=clock.now())


def recognise_key(connection: Connection, clock: Clock, *, token: str) -> Client | None:
    """Return the client of a long-lived token that is good."""
    standing = recognise_bearer(connection, clock, token=token)
    if standing is None or standing.bearer.kind is not Kind.STATIC:
        return None
    found = clients.find(connection, standing.bearer.client_id)
    return None if found is None else found[0]


def has_account(connection: Connection, *, client_id: str, username: str, password: str) -> bool:
    """Tell whether the client has an account of this name in force with this password."""
    kept = store.password_hash(connection, client_id, username)
    same = hmac.compare_digest(kept or _NOBODY, hash_of(password))
    return kept is not None and same


def restyle(
    connection: Connection, clock: Clock, *, client_id: str, styles: Iterable[str]
) -> frozenset[Style]:
    """Say in which ways, besides plain OAuth2, a client may prove itself.

    Raises:
        UnknownStyleError: if one does not exist.
        UnknownClientError: if there is no such client.
    """
    given = frozenset(map(_style, styles))
    if not clients.restyle(connection, client_id, given):
        raise UnknownClientError
    _note(connection, clock, "client.restyle", f"client:{client_id}")
    return given


def keep(
    connection: Connection, clock: Clock, *, client_id: str, name: str, until: datetime
) -> tuple[Bearer, str]:
    """Add a long-lived token with all scopes of its client; it cannot be read again.

    Raises:
        UnknownClientError: if there is no such client in force.
        StyleNotGivenError: if the client was not given the style for it.
    """
    client = _in_force(connection, client_id)
    if not client.styles & {Style.STATIC_BEARER, Style.AUTH_HEADER}:
        raise StyleNotGivenError(Style.STATIC_BEARER)
    scopes = frozenset(scope.value for scope in client.scopes)
    bearer = Bearer(new_id(), client_id, Kind.STATIC, name, scopes, clock.now(), until)
    token = secrets.token_urlsafe(32)
    store.add(connection, bearer, token_hash=hash_of(token))
    _note(connection, clock, "client.bearer.keep", f"bearer:{bearer.id}")
    return bearer, token


def revoke_bearer(connection: Connection, clock: Clock, *, bearer_id: str) -> None:
    """Take a long-lived token back; the first time stands.

    Raises:
        UnknownBearerError: if there is none with this id.
    """
    if store.revoke(connection, bearer_id, at=clock.now()) is None:
        raise UnknownBearerError
    _note(connection, clock, "client.bearer.revoke", f"bearer:{bearer_id}")


def open_account(
    connection: Connection, clock: Clock, *, client_id: str, username: str
) -> tuple[Account, str]:
    """Add an account to a client and return it with its password, which cannot be read again.

    Raises:
        UnknownClientError: if there is no such client in force.
        StyleNotGivenError: if the client was not given the style for it.
        AccountTakenError: if the client has an account of this name.
    """
    client = _in_force(connection, client_id)
    if Style.PASSWORD not in client.styles:
        raise StyleNotGivenError(Style.PASSWORD)
    account = Account(client_id, username, clock.now())
    password = secrets.token_urlsafe(32)
    if not store.add_account(connection, account, password_hash=hash_of(password)):
        raise AccountTakenError(username)
    _note(connection, clock, "client.account.open", f"client:{client_id}")
    return account, password


def close_account(connection: Connection, clock: Clock, *, client_id: str, username: str) -> None:
    """Take an account back.

    Raises:
        UnknownAccountError: if there is none of this name in force.
    """
    if not store.revoke_account(connection, client_id, username, at=clock.now()):
        raise UnknownAccountError
    _note(connection, clock, "client.account.close", f"client:{client_id}")


def _in_force(connection: Connection, client_id: str) -> Client:
    found = clients.find(connection, client_id)
    if found is None or found[0].revoked_at is not None:
        raise UnknownClientError
    return found[0]


def _style(text: str) -> Style:
    try:
        return Style(text)
    except ValueError:
        raise UnknownStyleError(text) from None


def _note(connection: Connection, clock: Clock, act: str, subject: str) -> None:
    administrator = SystemActor("system:administrator", "")
    record(connection, clock, administrator, Act(act, subject))
