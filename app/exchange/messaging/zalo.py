"""Notices by ZNS: Zalo finds people by their telephone number and writes the text itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import httpx
from pydantic import ValidationError

from app.exchange.messaging.letters import Letter
from app.exchange.messaging.tokens import ZaloTokens
from app.exchange.messaging.zalo_wire import (
    BAD_TOKEN,
    UNREACHABLE,
    TemplateData,
    TemplateMessage,
    ZaloAnswer,
)
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.transport import Answer, contract_breach, exchange

_MAX_ANSWER: Final = 64 * 2**10


class ZaloClient:
    """Sends by registered templates; one object per process and event loop."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        url: str,
        tokens: ZaloTokens,
        templates: Mapping[str, str],
        deadline: timedelta,
    ) -> None:
        self._http = http
        self._url = url
        self._tokens = tokens
        self._templates = templates
        self._deadline = deadline

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter; a token that is refused is renewed once."""
        template_id = self._templates.get(letter.template)
        if template_id is None:
            return Refused("no-template", "no template is registered for this")
        token = await self._tokens.current()
        if isinstance(token, Deferred):
            return token
        said = await self._say(letter, template_id, token)
        if isinstance(said, int) and said in BAD_TOKEN:
            token = await self._tokens.current(not_this=token)
            if isinstance(token, Deferred):
                return token
            said = await self._say(letter, template_id, token)
        return _judged(said) if isinstance(said, int) else said

    async def _say(self, letter: Letter, template_id: str, token: str) -> int | Deferred:
        message = TemplateMessage(
            phone=letter.to,
            template_id=template_id,
            data=TemplateData(words=letter.text, **letter.values),
            tracking_id=letter.message_id,
        )
        request = self._http.build_request(
            "POST",
            self._url,
            content=message.model_dump_json().encode(),
            headers={"Content-Type": "application/json", "access_token": token},
        )
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        if isinstance(answer, Deferred):
            return answer
        return _code_of(answer)


def _code_of(answer: Answer) -> int | Deferred:
    try:
        return ZaloAnswer.model_validate_json(answer.body).error
    except ValidationError:
        return contract_breach("template", answer, "no error code")


def _judged(code: int) -> Outcome:
    if code == 0:
        return Delivered()
    if code in UNREACHABLE:
        return Refused(f"zalo{code}", "the number cannot be reached")
    return Deferred(f"zalo{code}", alarm=True)
