"""The code flow: where people sign in, and the id_token that a code is changed for (RFC 7636)."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

import httpx
from pydantic import SecretStr

from app.exchange.outcomes import Deferred, Refused
from app.exchange.transport import contract_breach, exchange

_MAX_ANSWER: Final = 256 * 2**10
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one signing in is known by when it comes back; only its browser has it, sealed."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        """Return a fresh one; none of its values can be guessed."""
        return cls(*(secrets.token_urlsafe(_BYTES) for _ in range(3)))

    @property
    def challenge(self) -> str:
        """What is told of the verifier beforehand (S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Site:
    """Who we are at the provider, and where it leads people back to."""

    client_id: str
    secret: SecretStr
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider lets people sign in, and where it gives tokens."""

    authorize_url: str
    token_url: str


class CodeFlow:
    """Sends people to the provider and asks it for whom it sends back."""

    def __init__(
        self, http: httpx.AsyncClient, provider: Provider, site: Site, *, deadline: timedelta
    ) -> None:
        self._http = http
        self._provider = provider
        self._site = site
        self._deadline = deadline

    def address(self, attempt: Attempt) -> str:
        """Return where a person signs in for this attempt."""
        asked = {
            "response_type": "code",
            "client_id": self._site.client_id,
            "redirect_uri": self._site.redirect_uri,
            "scope": "openid",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        mark = "&" if "?" in self._provider.authorize_url else "?"
        return f"{self._provider.authorize_url}{mark}{urlencode(asked)}"

    async def id_token(self, code: str, attempt: Attempt) -> str | Deferred | Refused:
        """Change a code for an id_token, which nobody has looked at yet."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._site.redirect_uri,
            "client_id": self._site.client_id,
            "client_secret": self._site.secret.get_secret_value(),
            "code_verifier": attempt.verifier,
        }
        request = self._http.build_request("POST", self._provider.token_url, data=form)
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        if isinstance(answer, Deferred):
            return answer
        if not answer.is_success:
            return Refused(f"http-{answer.status}", "the provider gives no token for the code")
        try:
            token = json.loads(answer.body)["id_token"]
        except (ValueError, KeyError, TypeError, RecursionError):
            token = None
        if not isinstance(token, str):
            return contract_breach("token", answer, "no id_token")
        return token
