"""The pretend nation over its control API: its weather, and what it holds in the end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final

import httpx

from app.exchange.transport import build_client

Found = dict[str, Any]
_PAGE: Final = 1000


class Nation:
    """Asks the mock; it is ours, so an answer that is none ends the replay."""

    def __init__(self, url: str, connections: int) -> None:
        self._http = build_client(timeout=timedelta(seconds=60), connections=connections)
        self._control = f"{url}/_axis/v1"

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.aclose()

    async def stir(self, share: float, seed: int) -> Found | None:
        """Have a share of the portal's calls fail from now on; return how it went until now."""
        weather = {"axis": "dvcqg", "share": share, "seed": seed}
        answer = await self._http.post(f"{self._control}/fail-share", json=weather)
        before: Found | None = answer.raise_for_status().json()["before"]
        return before

    async def calls(self) -> int:
        """Return how many calls to the portal went through its weather, if there is any."""
        drawn = (await self._get("/health"))["faults_drawn"]["dvcqg"]
        return int(drawn["calls"]) if drawn else 0

    async def codes(self) -> AsyncIterator[str]:
        """Give the code of every dossier that the portal holds."""
        query: dict[str, str | int] = {"limit": _PAGE}
        while True:
            page = await self._get("/dossiers", **query)
            for item in page["items"]:
                yield item["MaHoSo"]
            if page["next"] is None:
                return
            query["after"] = page["next"]

    async def dossier(self, code: str) -> Found | None:
        """Return the record and the rows of a dossier; None if the portal has none."""
        answer = await self._http.get(f"{self._control}/dossiers/{code}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        found: Found = answer.raise_for_status().json()
        return found

    async def _get(self, path: str, **query: str | int) -> Found:
        answer = await self._http.get(f"{self._control}{path}", params=query)
        found: Found = answer.raise_for_status().json()
        return found
