"""The clients of the shared services, as far as the settings say how to reach them."""

import base64
from dataclasses import dataclass
from datetime import timedelta

import httpx
from pydantic import SecretStr

from app.exchange.ngsp.calling import Caller, Sender
from app.exchange.ngsp.population import (
    FlatClient,
    MessageClient,
    PopulationAccount,
    PopulationClient,
    Wrapping,
)
from app.exchange.ngsp.tokens import Consumer, Tokens
from app.exchange.ngsp.wire.population import AdapterKey
from app.platform.clock import Clock
from app.platform.settings import Settings, read_secret


@dataclass(frozen=True, slots=True)
class Connecting:
    """What connects a process to the services: its settings, HTTP client and clock."""

    settings: Settings
    http: httpx.AsyncClient
    clock: Clock

    def caller(self) -> Caller | None:
        """Return who asks what stands behind the nation's gateway; None while unconnected.

        Raises:
            SecretFileError: if the consumer secret cannot be read.
        """
        settings = self.settings
        url, key, file = settings.ngsp_url, settings.ngsp_key, settings.ngsp_secret_file
        if url is None or key is None or file is None:
            return None
        base = str(url).rstrip("/")
        secret = read_secret("LGSP_NGSP_SECRET_FILE", file)
        tokens = Tokens(
            self.http,
            self.clock,
            Consumer(key, secret, settings.ngsp_token_style),
            url=str(settings.ngsp_token_url or f"{base}/token"),
            margin=timedelta(seconds=settings.ngsp_token_margin_seconds),
            deadline=self._deadline,
        )
        return Caller(self.sender(), base=base, tokens=tokens)

    def sender(self) -> Sender:
        """Return what sends questions without a token."""
        return Sender(self.http, self._deadline)

    def population(
        self, caller: Caller | None
    ) -> PopulationClient | MessageClient | FlatClient | None:
        """Return who asks the population database, by the face that is set; None while unset.

        Raises:
            SecretFileError: if a secret cannot be read.
        """
        settings = self.settings
        if settings.population_url is None:
            return None
        url = str(settings.population_url)
        if settings.population_face == "message":
            return MessageClient(self.sender(), url)
        if settings.population_face == "flat":
            return None if caller is None else FlatClient(caller, url)
        account = self._account(url)
        is_wrapped = settings.population_face == "wrapped"
        if account is None or (is_wrapped and caller is None):
            return None
        wrapping = None
        if is_wrapped and caller is not None:
            wrapping = Wrapping(caller, self._adapter())
        return PopulationClient(self.sender(), self.clock, account, url=url, wrapping=wrapping)

    @property
    def _deadline(self) -> timedelta:
        return timedelta(seconds=self.settings.ngsp_timeout_seconds)

    def _account(self, url: str) -> PopulationAccount | None:
        settings = self.settings
        user, file = settings.population_user, settings.population_secret_file
        if user is None or file is None:
            return None
        headers: dict[str, str] = {}
        if settings.population_x_road_client is not None:
            headers["X-Road-Client"] = settings.population_x_road_client
        if settings.population_api_key_file is not None:
            key = read_secret("LGSP_POPULATION_API_KEY_FILE", settings.population_api_key_file)
            headers["ApiKey"] = key.get_secret_value()
        return PopulationAccount(
            user,
            read_secret("LGSP_POPULATION_SECRET_FILE", file),
            settings.population_signed_url or url,
            settings.population_timestamp,
            headers,
        )

    def _adapter(self) -> SecretStr:
        """Return what lgspAccessToken says: our consumer key and secret, as JSON in base64."""
        settings = self.settings
        secret = ""
        if settings.ngsp_secret_file is not None:
            kept = read_secret("LGSP_NGSP_SECRET_FILE", settings.ngsp_secret_file)
            secret = kept.get_secret_value()
        told = AdapterKey(
            key=settings.ngsp_key or "", secret=secret, application=settings.ngsp_application
        )
        return SecretStr(base64.b64encode(told.model_dump_json().encode()).decode())
