"""Believing a proof, and handing out a token for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Client
from app.access.domain.bearers import Bearer
from app.access.use_cases import bearers, recognise
from app.access.use_cases.bearers import Terms
from app.evidence.domain import DONE, Act
from app.evidence.store import record
from app.facades.tokens.proving import Credentials, Proof, TokenRefusal
from app.platform.clock import Clock

_WRONG: Final = "unknown client or wrong secret"


@dataclass(frozen=True, slots=True)
class Granted:
    """A token that was handed out."""

    bearer: Bearer
    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal of a client that is known: it is in the evidence log."""

    refusal: TokenRefusal


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, how tokens are made and how long they last, and in which request."""

    proof: Proof
    mint: Callable[[str], str]
    terms: Terms
    request_id: str


@dataclass(frozen=True, slots=True)
class _Actor:
    client_id: str
    member: str
    request_id: str


def known(connection: Connection, clock: Clock, proof: Proof) -> Client:
    """Return the client that a proof proves.

    Raises:
        TokenRefusal: if it proves nothing. Nobody is locked out: others' wrong tries are not
            held against a client.
    """
    shown = proof.client
    if isinstance(shown, Credentials):
        client = recognise(connection, client_id=shown.client_id, secret=shown.secret)
    else:
        client = bearers.recognise_key(connection, clock, token=shown.token)
    if client is None:
        raise TokenRefusal("invalid_client", _WRONG, 401)
    return client


def grant(connection: Connection, clock: Clock, *, client: Client, wish: Wish) -> Granted | Refused:
    """Hand out a token to a client that proved itself, or say why not; recorded either way."""
    actor = _Actor(client.client_id, client.member, wish.request_id)
    try:
        scopes = _allowed(connection, client, wish.proof)
    except TokenRefusal as refusal:
        _note(connection, clock, actor, refusal.error)
        return Refused(refusal)
    bearer, token = bearers.hand_out(
        connection, clock, client, wish.mint, scopes=scopes, terms=wish.terms
    )
    _note(connection, clock, actor, DONE)
    return Granted(bearer, token)


def _allowed(connection: Connection, client: Client, proof: Proof) -> frozenset[str]:
    """Return the scopes that a client gets for its proof."""
    missing = proof.styles - client.styles
    if missing:
        told = ", ".join(sorted(missing))
        raise TokenRefusal("unauthorized_client", f"the client may not use: {told}")
    person = proof.person
    if person is not None and not bearers.has_account(
        connection,
        client_id=client.client_id,
        username=person.username,
        password=person.password,
    ):
        raise TokenRefusal("invalid_grant", "unknown account or wrong password")
    given = frozenset(scope.value for scope in client.scopes)
    wanted = frozenset(proof.scope.split())
    if not wanted <= given:
        said = "a scope does not exist or was not given to the client"
        raise TokenRefusal("invalid_scope", said)
    return wanted or given


def _note(connection: Connection, clock: Clock, actor: _Actor, outcome: str) -> None:
    act = Act("token.issue", f"client:{actor.client_id}", outcome=outcome)
    record(connection, clock, actor, act)


def usual(lifetime: timedelta) -> Terms:
    """Return the terms of the national gateway's own place: the same token to its last second."""
    return Terms(lifetime, timedelta(seconds=1))


def renewed(lifetime: timedelta) -> Terms:
    """Return those of Đồng Tháp's: its clients ask anew when less than five minutes are left."""
    return Terms(lifetime, min(timedelta(minutes=5), lifetime / 2))
