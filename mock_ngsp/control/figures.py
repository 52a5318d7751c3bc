"""The monthly figures that were taken, as a tester sees them."""

from typing import Any

from fastapi import APIRouter

from mock_ngsp.universe import Universe


def figure_routes(universe: Universe) -> APIRouter:
    """What organisations told of their months."""
    router = APIRouter()

    @router.get("/figures")
    async def figures() -> list[dict[str, Any]]:
        return [
            {"told": one.figures.model_dump(), "times": one.times} for one in universe.figures.all()
        ]

    return router
