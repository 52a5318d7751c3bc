"""The clients of the shared services, as far as the settings say how to reach them."""

from datetime import timedelta

import httpx

from app.exchange.ngsp.calling import Caller
from app.exchange.ngsp.tokens import Consumer, Tokens
from app.platform.clock import Clock
from app.platform.settings import Settings, read_secret


def caller_of(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> Caller | None:
    """Return who asks the services behind the nation's gateway; None while it is not connected.

    Raises:
        SecretFileError: if the consumer secret cannot be read.
    """
    url, key, file = settings.ngsp_url, settings.ngsp_key, settings.ngsp_secret_file
    if url is None or key is None or file is None:
        return None
    base = str(url).rstrip("/")
    deadline = timedelta(seconds=settings.ngsp_timeout_seconds)
    secret = read_secret("LGSP_NGSP_SECRET_FILE", file)
    tokens = Tokens(
        http,
        clock,
        Consumer(key, secret, settings.ngsp_token_style),
        url=str(settings.ngsp_token_url or f"{base}/token"),
        margin=timedelta(seconds=settings.ngsp_token_margin_seconds),
        deadline=deadline,
    )
    return Caller(http, base=base, tokens=tokens, deadline=deadline)
