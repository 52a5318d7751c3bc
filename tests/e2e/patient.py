"""A client that repeats the very same request until it is answered, as a careful one would."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpx

from app.platform.ids import new_id

_AGAIN = {502, 503, 504}


@dataclass(slots=True)
class Count:
    """What the clients saw."""

    in_flight: int = 0
    acknowledged: int = 0
    repeated: int = 0
    refused: list[str] = field(default_factory=list)


class PatientClient:
    """POSTs with one key until a 2xx; counts how often it had to repeat."""

    def __init__(self, url: str, token: str, count: Count) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)
        self._headers = {"Authorization": f"Bearer {token}"}
        self.count = count
        self._progress = asyncio.Condition()
        self.reachable = asyncio.Event()
        self.reachable.set()

    async def create(
        self, path: str, headers: Mapping[str, str] | None = None, **content: Any
    ) -> Any:
        """Return the answer's JSON once there is one."""
        keyed = {**self._headers, "Idempotency-Key": new_id(), **(headers or {})}
        while True:
            await self.reachable.wait()
            self.count.in_flight += 1
            try:
                answer = await self._http.post(path, headers=keyed, **content)
            except httpx.TransportError:
                self.count.repeated += 1
                await asyncio.sleep(0)
                continue
            finally:
                self.count.in_flight -= 1
            if answer.is_success:
                await self._acknowledge()
                return answer.json()
            if answer.status_code not in _AGAIN:
                self.count.refused.append(f"{answer.status_code} {answer.text[:300]}")
                return None
            self.count.repeated += 1

    async def _acknowledge(self) -> None:
        async with self._progress:
            self.count.acknowledged += 1
            self._progress.notify_all()

    async def has_acknowledged(self, number: int) -> None:
        """Wait until so many requests have been answered."""
        async with self._progress:
            await self._progress.wait_for(lambda: self.count.acknowledged >= number)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()
