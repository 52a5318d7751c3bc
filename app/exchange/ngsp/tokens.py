"""The token of the nation's gateway: asked for once, used until it is nearly over."""

import asyncio
import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError

from app.exchange.ngsp.errors import ServiceError, Trouble, error_of
from app.exchange.outcomes import Deferred
from app.exchange.transport import contract_breach, exchange
from app.platform.clock import Clock

_MAX_ANSWER: Final = 64 * 2**10
_FORM: Final = "application/x-www-form-urlencoded"
_LONGEST: Final = 86_400


class TokenAnswer(BaseModel):
    """What `/token` answers; whatever else stands there is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    access_token: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,8192}$")] = Field(
        repr=False
    )
    expires_in: Annotated[int, Field(ge=0)] = 0


@dataclass(frozen=True, slots=True)
class User:
    """An account that a consumer asks for tokens with."""

    name: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who we are there, and how that is said; with a user it is a grant by password."""

    key: str
    secret: SecretStr
    style: Literal["basic", "form"] = "basic"
    user: User | None = None


class Tokens:
    """Holds the token of one consumer; one object per process and event loop.

    The gateway gives the same token until it expires, so it is asked again only `margin` before
    that, by one caller while the others wait.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        clock: Clock,
        consumer: Consumer,
        *,
        url: str,
        margin: timedelta,
        deadline: timedelta,
    ) -> None:
        self._http = http
        self._clock = clock
        self._consumer = consumer
        self._url = url
        self._margin = margin
        self._deadline = deadline
        self._token = ""
        self._until: datetime | None = None
        self._asking = asyncio.Lock()

    async def current(self) -> str:
        """Return a token that is good.

        Raises:
            ServiceError: if the gateway gives none.
        """
        if self._is_good:
            return self._token
        async with self._asking:
            if not self._is_good:
                await self._ask()
        return self._token

    def spoil(self, token: str) -> None:
        """Never use a token again that was refused; one that came meanwhile stays."""
        if token == self._token:
            self._until = None

    def renew(self) -> None:
        """Have the next caller ask for a token."""
        self._until = None

    @property
    def _is_good(self) -> bool:
        return self._until is not None and self._clock.now() < self._until

    async def _ask(self) -> None:
        answer = await exchange(
            self._http, self._request(), max_bytes=_MAX_ANSWER, deadline=self._deadline
        )
        if isinstance(answer, Deferred):
            raise error_of(answer)
        if not answer.is_success:
            raise ServiceError(Trouble.REFUSED, "no-token")
        try:
            told = TokenAnswer.model_validate_json(answer.body)
        except ValidationError:
            raise error_of(contract_breach("token", answer, "not a token")) from None
        lifetime = timedelta(seconds=min(told.expires_in, _LONGEST))
        # A token that lives shorter than the margin is good for a moment all the same.
        left = max(lifetime - self._margin, min(lifetime, timedelta(seconds=1)))
        self._token, self._until = told.access_token, self._clock.now() + left

    def _request(self) -> httpx.Request:
        consumer = self._consumer
        secret = consumer.secret.get_secret_value()
        form = _grant(consumer.user)
        headers = {"Content-Type": _FORM, "Accept": "application/json"}
        if consumer.style == "form":
            form |= {"client_id": consumer.key, "client_secret": secret}
        else:
            pair = base64.b64encode(f"{consumer.key}:{secret}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        content = urlencode(form).encode()
        return self._http.build_request("POST", self._url, content=content, headers=headers)


def _grant(user: User | None) -> dict[str, str]:
    if user is None:
        return {"grant_type": "client_credentials"}
    password = user.password.get_secret_value()
    return {"grant_type": "password", "username": user.name, "password": password}
