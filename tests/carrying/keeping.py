"""Credentials that are kept without further ado, and services that want them."""

from typing import Any

from pydantic import SecretStr

from app.broker.domain.credentials import CredentialKind
from app.broker.use_cases import credentials
from app.broker.use_cases.credentials import Keeping
from app.platform.sealing import Sealer, sealer_of
from tests.carrying.offering import a_consumer, a_service
from tests.gateway import Api, Gateway

PATH = "/apiCSDLDKDN/1.0"
SECRET = "bí-mật-1"


def sealer_for(gateway: Gateway) -> Sealer:
    found = sealer_of(gateway.settings)
    assert found is not None
    return found


def keep(
    gateway: Gateway,
    kind: CredentialKind,
    *,
    secret: str = SECRET,
    name: str = "national",
    **facts: str,
) -> None:
    """Keep a credential."""
    asked, kept = Keeping(name, kind, facts), SecretStr(secret)
    sealer = sealer_for(gateway)
    gateway.transact(credentials.keep, gateway.clock, sealer, asked=asked, secret=kept)


def consumer(gateway: Gateway, url: str, **changes: Any) -> Api:
    return a_consumer(gateway, a_service(url, credential="national", **changes))
