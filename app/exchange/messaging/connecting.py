"""The services that carry messages, as far as the settings say how to reach them."""

from datetime import timedelta
from pathlib import Path

import httpx
from pydantic import SecretStr

from app.exchange.messaging.letters import Messenger
from app.exchange.messaging.mail import MailClient, MailServer
from app.exchange.messaging.official_account import OfficialAccountClient
from app.exchange.messaging.sms import SmsAccount, SmsClient
from app.exchange.messaging.tokens import Application, ZaloTokens
from app.exchange.messaging.zalo import ZaloClient
from app.exchange.messaging.zalo_account import ZaloAccount
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.sealing import Sealer
from app.platform.settings import Settings, read_secret, setting_name


def sms_of(settings: Settings, http: httpx.AsyncClient) -> Messenger | None:
    """Return the client of SMS; None while its address is not set.

    Raises:
        SecretFileError: if its secret cannot be read.
    """
    if settings.sms_url is None:
        return None
    account = SmsAccount(
        brand=settings.sms_brand,
        user=settings.sms_account,
        secret=_secret("sms_secret_file", settings.sms_secret_file),
        agent=settings.sms_agent,
        contract=settings.sms_contract,
        template=settings.sms_template,
    )
    return SmsClient(
        http,
        url=str(settings.sms_url),
        shape=settings.sms_shape,
        account=account,
        deadline=_deadline(settings),
    )


def zalo_account_of(
    settings: Settings,
    http: httpx.AsyncClient,
    database: Database,
    clock: Clock,
    sealer: Sealer | None,
) -> ZaloAccount | None:
    """Return our account at Zalo, for both ways to tell; None while its settings are incomplete.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    ways = (settings.zalo_url, settings.zalo_oa_url)
    if ways == (None, None) or settings.zalo_token_url is None or sealer is None:
        return None
    application = Application(
        str(settings.zalo_token_url),
        settings.zalo_app_id,
        _secret("zalo_secret_file", settings.zalo_secret_file),
        _secret("zalo_refresh_token_file", settings.zalo_refresh_token_file),
    )
    tokens = ZaloTokens(http, application, database, clock, sealer)
    return ZaloAccount(http, tokens, deadline=_deadline(settings))


def zns_of(settings: Settings, account: ZaloAccount | None) -> Messenger | None:
    """Return the client of ZNS; None while its address or the account is not set."""
    if settings.zalo_url is None or account is None:
        return None
    return ZaloClient(account, url=str(settings.zalo_url), templates=settings.zalo_templates)


def official_account_of(settings: Settings, account: ZaloAccount | None) -> Messenger | None:
    """Return who sends as our Official Account; None while its address or it is not set."""
    if settings.zalo_oa_url is None or account is None:
        return None
    return OfficialAccountClient(
        account,
        url=str(settings.zalo_oa_url),
        body=settings.zalo_oa_body,
        refusals=settings.zalo_oa_refusals,
    )


def mail_of(settings: Settings, clock: Clock) -> Messenger | None:
    """Return the client of the mail server; None while it is not set.

    Raises:
        SecretFileError: if its password cannot be read.
    """
    if settings.mail_host is None:
        return None
    server = MailServer(
        settings.mail_host,
        settings.mail_port,
        settings.mail_security,
        settings.mail_from,
        settings.mail_username,
        _secret("mail_password_file", settings.mail_password_file),
    )
    return MailClient(server, clock, deadline=_deadline(settings))


def _secret(field: str, file: Path | None) -> SecretStr:
    return SecretStr("") if file is None else read_secret(setting_name(field), file)


def _deadline(settings: Settings) -> timedelta:
    return timedelta(seconds=settings.national_timeout_seconds)
