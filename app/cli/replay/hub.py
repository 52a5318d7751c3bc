"""The gateway as a one-stop system uses it: its public HTTP, with patience, many calls at once."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from time import perf_counter
from typing import Any, Final

import httpx

from app.cli.staging import Province
from app.exchange.transport import build_client
from app.platform.ids import new_id

Found = dict[str, Any]

_AGAIN: Final = frozenset({429, 502, 503, 504})
_PAUSE: Final = 0.05
_PATIENCE: Final = 60.0
"""Seconds for which one request is repeated."""

_PAGE: Final = 200


class RefusedError(Exception):
    """The gateway did not do what it was asked; the text says why."""


class Hub:
    """Asks the gateway; a request that was not answered is repeated with its own key."""

    def __init__(self, province: Province, connections: int) -> None:
        self.repeated = 0
        self.waits: list[float] = []
        """Seconds until each act was answered, repeats included."""
        self._province = province
        self._http = build_client(timeout=timedelta(seconds=30), connections=connections)
        self._token = ""
        self._login = asyncio.Lock()

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.aclose()

    async def create(self, path: str, body: Mapping[str, Any]) -> Found:
        """POST something new and return the answer.

        Raises:
            RefusedError: if the gateway says no, or nothing for a minute.
        """
        began, key = perf_counter(), new_id()
        found: Found = await self._ask("POST", path, json=body, headers={"Idempotency-Key": key})
        self.waits.append(perf_counter() - began)
        return found

    async def get(self, path: str, **query: str | int) -> Found:
        """Return what is at this address; raises as `create` does."""
        found: Found = await self._ask("GET", path, params=query, headers={})
        return found

    async def every(self, path: str) -> AsyncIterator[Found]:
        """Give every item of a list, page by page; raises as `create` does."""
        query: dict[str, str | int] = {"limit": _PAGE}
        while True:
            page = await self.get(path, **query)
            for item in page["items"]:
                yield item
            if page["next"] is None:
                return
            query["after"] = page["next"]

    async def owed(self) -> tuple[int, int]:
        """Return how many messages the gateway still owes, and how many are parked."""
        answer = await self._http.get(f"{self._province.url}/metrics")
        counts = {"owed": 0, "parked": 0}
        for line in answer.raise_for_status().text.splitlines():
            for state in counts:
                if line.startswith(f'lgsp_outbox_messages{{state="{state}"}}'):
                    counts[state] = int(float(line.split()[-1]))
        return counts["owed"], counts["parked"]

    async def _ask(self, method: str, path: str, **content: Any) -> Any:
        deadline = perf_counter() + _PATIENCE
        while True:
            answer = await self._attempt(method, path, **content)
            if answer is not None and answer.is_success:
                return answer.json()
            if answer is not None and answer.status_code not in _AGAIN:
                raise RefusedError(f"HTTP {answer.status_code} {_problem_of(answer)}")
            if perf_counter() >= deadline:
                raise RefusedError("no answer for a minute")
            self.repeated += 1
            await asyncio.sleep(_PAUSE)

    async def _attempt(
        self, method: str, path: str, *, headers: Mapping[str, str], **content: Any
    ) -> httpx.Response | None:
        """Ask once, again after a new login if the token has run out; None without an answer."""
        try:
            token = self._token or await self._log_in("")
            answer = await self._send(method, path, token, headers, content)
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                token = await self._log_in(token)
                answer = await self._send(method, path, token, headers, content)
        except httpx.TransportError:
            return None
        return answer

    async def _send(
        self, method: str, path: str, token: str, headers: Mapping[str, str], content: Found
    ) -> httpx.Response:
        known = {**headers, "Authorization": f"Bearer {token}"}
        url = f"{self._province.url}{path}"
        return await self._http.request(method, url, headers=known, **content)

    async def _log_in(self, instead_of: str) -> str:
        async with self._login:
            if self._token == instead_of:
                answer = await self._http.post(
                    f"{self._province.url}/oauth2/token",
                    auth=(self._province.client_id, self._province.client_secret),
                    data={"grant_type": "client_credentials"},
                )
                self._token = str(answer.raise_for_status().json()["access_token"])
            return self._token


def _problem_of(answer: httpx.Response) -> str:
    """Return what a problem says, without what was sent."""
    try:
        said = answer.json()
    except ValueError:
        return ""
    return str(said.get("type", "")).rpartition("/")[2] if isinstance(said, dict) else ""
