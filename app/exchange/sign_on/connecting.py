"""The reader of id_tokens and the code flow, as far as the settings name an issuer."""

from datetime import timedelta

import httpx

from app.exchange.sign_on.codes import CodeFlow, Provider, Site
from app.exchange.sign_on.keys import KeyRing
from app.exchange.sign_on.tokens import Expected, IdTokens
from app.platform.clock import Clock
from app.platform.settings import Settings, read_secret

RETURN = "/dang-nhap"
"""Our page that the provider leads people back to."""


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


def code_flow_of(settings: Settings, http: httpx.AsyncClient) -> CodeFlow | None:
    """Return what sends people to the provider; None while its settings are incomplete.

    Raises:
        SecretFileError: if the secret cannot be read.
    """
    client_id, file = settings.sign_on_client_id, settings.sign_on_client_secret_file
    authorize, token = settings.sign_on_authorize_url, settings.sign_on_token_url
    if client_id is None or file is None or authorize is None or token is None:
        return None
    secret = read_secret("LGSP_SIGN_ON_CLIENT_SECRET_FILE", file)
    return CodeFlow(
        http,
        Provider(str(authorize), str(token)),
        Site(client_id, secret, f"{settings.issuer}{RETURN}"),
        deadline=timedelta(seconds=settings.national_timeout_seconds),
    )
