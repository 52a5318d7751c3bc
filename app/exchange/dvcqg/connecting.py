"""The clients of the national portal and its like, as far as the settings say how to reach them."""

from datetime import timedelta
from typing import Final

import httpx

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.ministry import MinistryReader
from app.exchange.dvcqg.portal import DvcqgAccount, Portal
from app.platform.settings import Settings, read_secret

_OF_LEASE: Final = 0.8
"""Share of the lease that one dossier's calls to the portal may take together."""


def portal_of(settings: Settings, http: httpx.AsyncClient) -> DvcqgClient | None:
    """Return the client of the national portal; None while its settings are incomplete.

    Raises:
        SecretFileError: if the password cannot be read.
        ValueError: if it is behind a security server and no destination is named.
    """
    url, name, file = settings.dvcqg_url, settings.dvcqg_username, settings.dvcqg_password_file
    if url is None or name is None or file is None:
        return None
    password = read_secret("LGSP_DVCQG_PASSWORD_FILE", file)
    return DvcqgClient(
        http,
        address=DvcqgAddress(
            str(url), settings.dvcqg_dstcode, settings.dvcqg_provider_url, settings.dvcqg_route
        ),
        account=DvcqgAccount(name, password, settings.dvcqg_agency or settings.province),
        session_codes=settings.dvcqg_session_codes,
        deadline=timedelta(seconds=settings.national_timeout_seconds),
        script_deadline=timedelta(seconds=settings.lease_seconds * _OF_LEASE),
    )


def ministry_of(settings: Settings, http: httpx.AsyncClient) -> MinistryReader | None:
    """Return the reader of a ministry's system; None while its settings are incomplete.

    Raises:
        SecretFileError: if the password or the bearer cannot be read.
    """
    url, name, file = (
        settings.ministry_url,
        settings.ministry_username,
        settings.ministry_password_file,
    )
    if url is None or name is None or file is None:
        return None
    bearer = None
    if settings.ministry_bearer_file is not None:
        bearer = read_secret("LGSP_MINISTRY_BEARER_FILE", settings.ministry_bearer_file)
    password = read_secret("LGSP_MINISTRY_PASSWORD_FILE", file)
    return MinistryReader(
        Portal(
            http,
            address=DvcqgAddress(str(url), settings.ministry_dstcode, bearer=bearer),
            account=DvcqgAccount(name, password, settings.ministry_agency or settings.province),
            session_codes=settings.dvcqg_session_codes,
            deadline=timedelta(seconds=settings.national_timeout_seconds),
        )
    )
