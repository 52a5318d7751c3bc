"""Sending the figures of a month. What the receiver answers is unknown: its status decides."""

from datetime import timedelta
from typing import Final

import httpx
from pydantic import SecretStr

from app.exchange.ministry_statistics.wire import Statistic
from app.exchange.outcomes import Delivered, Outcome, Refused
from app.exchange.transport import Answer, contract_breach, exchange

_MAX_ANSWER: Final = 1 * 2**20
_OURS: Final = frozenset({401, 403, 404, 405})
"""Statuses that say our settings are wrong, not the figures."""


class StatisticsClient:
    """Speaks to the receiver; one object per process and event loop."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        url: str,
        bearer: SecretStr | None,
        deadline: timedelta,
    ) -> None:
        self._http = http
        self._url = f"{url.rstrip('/')}/Statistic"
        self._bearer = bearer
        self._deadline = deadline

    async def send(self, told: Statistic) -> Outcome:
        """Send the figures of a month; a repeat says the same of the same month.

        Any 2xx is taken for success, any other answer about the figures is final. Where the
        address or the bearer seems to be wrong, the message waits for somebody to mend that.
        """
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._bearer is not None:
            headers["Authorization"] = f"Bearer {self._bearer.get_secret_value()}"
        content = told.model_dump_json().encode()
        request = self._http.build_request("POST", self._url, content=content, headers=headers)
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        if not isinstance(answer, Answer):
            return answer
        if answer.is_success:
            return Delivered()
        if answer.status in _OURS or answer.status < 400:  # noqa: PLR2004 -- no answer to the figures
            return contract_breach("Statistic", answer, "not let in")
        return Refused(f"http-{answer.status}", "the receiver refuses the figures")
