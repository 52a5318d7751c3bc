"""Provinces that take dossiers from the portal: where, and under which secret."""

from dataclasses import dataclass
from typing import Any

import httpx

from mock_ngsp.codes import stands_under

PATH = "/api/dvcqg/TiepNhanHoSo"
"""The one address of a push for any procedure; nobody public knows the portal's own."""
FEE_PATH = "/api/dvcqg/dptracuuthanhtoanhs"
"""Where provinces are asked what is to be paid; the address is not public either."""


@dataclass(frozen=True, slots=True)
class Province:
    """A member's gateway."""

    member: str
    url: str
    secret: str


class Provinces:
    """The provinces registered, by member; a later one replaces that of the same member."""

    def __init__(self) -> None:
        self._rows: dict[str, Province] = {}

    def put(self, province: Province) -> None:
        """Register a province."""
        self._rows[province.member] = province

    def serving(self, unit: str) -> Province | None:
        """The province that a unit belongs to."""
        return next((row for row in self._rows.values() if stands_under(unit, row.member)), None)


async def look_up_fee(province: Province, code: str) -> dict[str, Any]:
    """Ask a province what is to be paid for a dossier; what it answered, or why it did not."""
    return await send(province, FEE_PATH, {"MaHoSo": code})


async def push(province: Province, unit: str, record: dict[str, Any]) -> dict[str, Any]:
    """Send a dossier down; what the province answered, or why it did not."""
    return await send(province, PATH, {"madonvi": unit, "data": record})


async def send(province: Province, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Send anything down; what the province answered, or why it did not."""
    headers = {"Authorization": f"Bearer {province.secret}"}
    try:
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            answer = await http.post(province.url.rstrip("/") + path, json=body, headers=headers)
    except httpx.TransportError as wrong:
        return {"http_status": None, "answer": None, "problem": type(wrong).__name__}
    try:
        content = answer.json()
    except ValueError:
        content = None
    return {"http_status": answer.status_code, "answer": content, "problem": None}
