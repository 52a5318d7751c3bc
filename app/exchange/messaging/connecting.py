"""The services that carry messages, as far as the settings say how to reach them."""

from datetime import timedelta
from pathlib import Path

import httpx
from pydantic import SecretStr

from app.exchange.messaging.letters import Messenger
from app.exchange.messaging.mail import MailClient, MailServer
from app.exchange.messaging.sms import SmsAccount, SmsClient
from app.exchange.messaging.tokens import Application, ZaloTokens
from app.exchange.messaging.zalo import ZaloClient
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


def zalo_of(
    settings: Settings,
    http: httpx.AsyncClient,
    database: Database,
    clock: Clock,
    sealer: Sealer | None,
) -> Messenger | None:
    """Return the client of Zalo; None while its settings are incomplete.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    if settings.zalo_url is None or settings.zalo_token_url is None or sealer is None:
        return None
    application = Application(
        str(settings.zalo_token_url),
        settings.zalo_app_id,
        _secret("zalo_secret_file", settings.zalo_secret_file),
        _secret("zalo_refresh_token_file", settings.zalo_refresh_token_file),
    )
    return ZaloClient(
        http,
        url=str(settings.zalo_url),
        tokens=ZaloTokens(http, application, database, clock, sealer),
        templates=settings.zalo_templates,
        deadline=_deadline(settings),
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
