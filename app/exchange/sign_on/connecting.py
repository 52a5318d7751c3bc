"""The reader of id_tokens, as far as the settings name an issuer."""

from datetime import timedelta

import httpx

from app.exchange.sign_on.keys import KeyRing
from app.exchange.sign_on.tokens import Expected, IdTokens
from app.platform.clock import Clock
from app.platform.settings import Settings


def id_tokens_of(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> IdTokens | None:
    """Return the reader of id_tokens; None while its settings are incomplete."""
    issuer, client_id = settings.sign_on_issuer, settings.sign_on_client_id
    if issuer is None or client_id is None or settings.sign_on_jwks_url is None:
        return None
    keys = KeyRing(
        http,
        str(settings.sign_on_jwks_url),
        clock,
        lifetime=timedelta(seconds=settings.sign_on_keys_seconds),
        deadline=timedelta(seconds=settings.national_timeout_seconds),
    )
    leeway = timedelta(seconds=settings.sign_on_leeway_seconds)
    return IdTokens(keys, clock, Expected(issuer, client_id, leeway))
