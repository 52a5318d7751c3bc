"""Posting to Zalo under the access token of our account: how ZNS and its own messages both go."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import httpx
from pydantic import ValidationError

from app.exchange.messaging.tokens import ZaloTokens
from app.exchange.messaging.zalo_wire import BAD_TOKEN, ZaloAnswer
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.transport import Answer, contract_breach, exchange

_MAX_ANSWER: Final = 64 * 2**10


class ZaloAccount:
    """Our account at Zalo; one object per process and event loop, so that tokens are one too."""

    def __init__(self, http: httpx.AsyncClient, tokens: ZaloTokens, *, deadline: timedelta) -> None:
        self._http = http
        self._tokens = tokens
        self._deadline = deadline

    async def tell(self, url: str, content: bytes, refusals: Mapping[int, str]) -> Outcome:
        """Post a message; a token that is refused is renewed once.

        `refusals` are the codes that no other attempt would change, in words; after any other code
        but 0 it is worth another, and a person must look.
        """
        token = await self._tokens.current()
        if isinstance(token, Deferred):
            return token
        said = await self._say(url, content, token)
        if isinstance(said, int) and said in BAD_TOKEN:
            token = await self._tokens.current(not_this=token)
            if isinstance(token, Deferred):
                return token
            said = await self._say(url, content, token)
        return _judged(said, refusals) if isinstance(said, int) else said

    async def _say(self, url: str, content: bytes, token: str) -> int | Deferred:
        request = self._http.build_request(
            "POST",
            url,
            content=content,
            headers={"Content-Type": "application/json", "access_token": token},
        )
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        return answer if isinstance(answer, Deferred) else _code_of(answer)


def _code_of(answer: Answer) -> int | Deferred:
    try:
        return ZaloAnswer.model_validate_json(answer.body).error
    except ValidationError:
        return contract_breach("zalo", answer, "no error code")


def _judged(code: int, refusals: Mapping[int, str]) -> Outcome:
    if code == 0:
        return Delivered()
    if code in refusals:
        return Refused(f"zalo{code}", refusals[code])
    return Deferred(f"zalo{code}", alarm=True)
