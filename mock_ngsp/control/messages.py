"""Control of the messaging services: the inbox, and the end of tokens."""

from typing import Any

from fastapi import APIRouter

from mock_ngsp.universe import Universe


def message_routes(universe: Universe) -> APIRouter:
    """What people got."""
    router = APIRouter()

    @router.get("/inbox")
    async def inbox(to: str | None = None) -> list[dict[str, Any]]:
        return [one.shown() for one in universe.inbox.arrived if to in {None, one.to}]

    @router.post("/zalo/revoke", status_code=204)
    async def revoke() -> None:
        universe.inbox.revoke()

    return router
