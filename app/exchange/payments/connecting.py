"""The client of the payment platform, as far as the settings say how to reach it."""

from datetime import timedelta

import httpx

from app.exchange.payments.client import Partner, PaymentClient
from app.platform.settings import Settings, read_secret


def payments_of(settings: Settings, http: httpx.AsyncClient) -> PaymentClient | None:
    """Return the client of the payment platform; None while its settings are incomplete.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    url, code, file = settings.payment_url, settings.payment_partner, settings.payment_secret_file
    if url is None or code is None or file is None:
        return None
    bearer = settings.payment_bearer_file
    return PaymentClient(
        http,
        url=str(url),
        partner=Partner(
            code,
            read_secret("LGSP_PAYMENT_SECRET_FILE", file),
            None if bearer is None else read_secret("LGSP_PAYMENT_BEARER_FILE", bearer),
        ),
        deadline=timedelta(seconds=settings.national_timeout_seconds),
    )
