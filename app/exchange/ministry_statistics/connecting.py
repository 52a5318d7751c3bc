"""The client of the receiver of monthly figures, as far as the settings say how to reach it."""

from datetime import timedelta

import httpx

from app.exchange.ministry_statistics.client import StatisticsClient
from app.platform.settings import Settings, read_secret


def statistics_of(settings: Settings, http: httpx.AsyncClient) -> StatisticsClient | None:
    """Return the client; None while there is no receiver.

    Raises:
        SecretFileError: if the bearer cannot be read.
    """
    if settings.ministry_statistics_url is None:
        return None
    file = settings.ministry_statistics_bearer_file
    return StatisticsClient(
        http,
        url=str(settings.ministry_statistics_url),
        bearer=None if file is None else read_secret("LGSP_MINISTRY_STATISTICS_BEARER_FILE", file),
        deadline=timedelta(seconds=settings.national_timeout_seconds),
    )
