"""Secrets of webhooks: read by their owner, rotated with an overlap, sealed anew."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Final

from pydantic import SecretStr
from sqlalchemy import Connection

from app.access.domain import Caller
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.sealing import Sealer, UnopenableError
from app.webhooks.domain.webhooks import Webhook
from app.webhooks.store import webhooks as store
from app.webhooks.store.webhooks import Sealed
from app.webhooks.use_cases.seeing import visible

_KEY: Final = 32
_PREFIX: Final = "whsec_"


def read_secret(
    connection: Connection, clock: Clock, caller: Caller, sealer: Sealer, *, webhook_id: str
) -> tuple[SecretStr, datetime | None]:
    """Return the present secret, and until when the one before it signs too.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
    """
    webhook = visible(store.find(connection, webhook_id), caller)
    kept = store.sealed(connection, webhook_id)
    record(connection, clock, caller, Act("webhook.secret.read", webhook.subject))
    is_former = kept.former_until is not None and kept.former_until > clock.now()
    secret = sealer.open(kept.secret, about=webhook.subject)
    return secret, kept.former_until if is_former else None


def rotate_secret(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    sealer: Sealer,
    *,
    webhook_id: str,
    overlap: timedelta,
) -> datetime:
    """Make a new secret; the one before it signs beside it for a while. Return until when.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
    """
    webhook = visible(store.find(connection, webhook_id, keep=True), caller)
    kept = store.sealed(connection, webhook_id)
    until = clock.now() + overlap
    fresh = sealer.seal(new_secret(), about=webhook.subject)
    store.reseal(connection, webhook_id, Sealed(fresh, kept.secret, until))
    record(connection, clock, caller, Act("webhook.secret.rotate", webhook.subject))
    return until


def secrets_of(
    connection: Connection, clock: Clock, sealer: Sealer, webhook: Webhook
) -> list[SecretStr]:
    """Return the secrets that sign now, the present one first.

    Raises:
        UnopenableError: if one was sealed under a key we do not have.
    """
    kept = store.sealed(connection, webhook.webhook_id)
    good = [kept.secret]
    if kept.former is not None and kept.former_until and clock.now() < kept.former_until:
        good.append(kept.former)
    return [sealer.open(one, about=webhook.subject) for one in good]


def reseal(connection: Connection, sealer: Sealer) -> int:
    """Encrypt every kept secret under the present key; return of how many webhooks.

    Raises:
        UnopenableError: if one was sealed under a key we do not have; nothing was changed.
    """
    every = store.every(connection)
    for webhook in every:
        kept, about = store.sealed(connection, webhook.webhook_id), webhook.subject
        former = None if kept.former is None else _anew(sealer, kept.former, about)
        fresh = Sealed(_anew(sealer, kept.secret, about), former, kept.former_until)
        store.reseal(connection, webhook.webhook_id, fresh)
    return len(every)


def unopenable(connection: Connection, sealer: Sealer) -> list[str]:
    """Return the ids of webhooks whose secret was sealed under a key we do not have."""
    found = []
    for webhook in store.every(connection):
        try:
            sealer.open(store.sealed(connection, webhook.webhook_id).secret, about=webhook.subject)
        except UnopenableError:
            found.append(webhook.webhook_id)
    return found


def _anew(sealer: Sealer, kept: bytes, about: str) -> bytes:
    return sealer.seal(sealer.open(kept, about=about), about=about)


def new_secret() -> SecretStr:
    """Return a fresh secret in the form of Standard Webhooks: 32 bytes."""
    return SecretStr(_PREFIX + base64.b64encode(secrets.token_bytes(_KEY)).decode())
