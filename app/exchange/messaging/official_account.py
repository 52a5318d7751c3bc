"""Notices as messages of our Zalo Official Account: it knows whoever follows it by a user id."""

import json
from collections.abc import Mapping
from typing import Any

from app.exchange.messaging.letters import Letter
from app.exchange.messaging.zalo_account import ZaloAccount
from app.exchange.outcomes import Outcome


class OfficialAccountClient:
    """Sends texts in the body that is set; one object per process and event loop.

    `refusals` are the codes of users who can never be written to, in words.
    """

    def __init__(
        self,
        account: ZaloAccount,
        *,
        url: str,
        body: Mapping[str, Any],
        refusals: Mapping[int, str],
    ) -> None:
        self._account = account
        self._url = url
        self._body = body
        self._refusals = refusals

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter to a user of the account."""
        content = json.dumps(filled(self._body, letter), ensure_ascii=False).encode()
        return await self._account.tell(self._url, content, self._refusals)


def filled(body: Any, letter: Letter) -> Any:
    """Return a body with its gaps filled, wherever they stand in its values."""
    if isinstance(body, Mapping):
        return {name: filled(value, letter) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, letter) for value in body]
    if not isinstance(body, str):
        return body
    # The text is the last to be filled in: nothing that stands in it is a gap.
    parts = body.replace("{user_id}", letter.to).replace("{message_id}", letter.message_id)
    return parts.replace("{text}", letter.text)
