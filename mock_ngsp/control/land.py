"""Control of the land system: which one-stop system it calls, and what it says."""

from typing import Any

from fastapi import APIRouter, HTTPException

from mock_ngsp.control.wire import LandWord, OneStopRow
from mock_ngsp.ngsp.land.calling import LISTS, OPERATIONS, body_of, call, listed, took
from mock_ngsp.ngsp.land.files import OneStop
from mock_ngsp.universe import Universe


def land_routes(universe: Universe) -> APIRouter:
    """The address of a one-stop system, words about dossiers, and its lists."""
    router = APIRouter()

    @router.post("/services/land/one-stop", status_code=201)
    async def put_one_stop(row: OneStopRow) -> dict[str, str]:
        universe.ngsp.land.one_stop = OneStop(row.url, row.securityCode)
        return {"url": row.url}

    @router.post("/services/land/{SoBienNhan}/{operation}")
    async def say(SoBienNhan: str, operation: str, word: LandWord) -> dict[str, Any]:
        if operation not in OPERATIONS:
            raise HTTPException(404, f"operation is none of {', '.join(OPERATIONS)}")
        one_stop, now = _one_stop(universe), universe.clock.now()
        body = body_of(operation, SoBienNhan, now, word.changes)
        told = await call(one_stop, operation, body)
        took(universe.ngsp.land, operation, SoBienNhan, body, told["answer"])
        return told

    @router.get("/services/land/lists/{name}")
    async def one_list(name: str) -> dict[str, Any]:
        if name not in LISTS:
            raise HTTPException(404, f"name is none of {', '.join(LISTS)}")
        return await listed(_one_stop(universe), name)

    return router


def _one_stop(universe: Universe) -> OneStop:
    if universe.ngsp.land.one_stop is None:
        raise HTTPException(409, "No one-stop system is registered.")
    return universe.ngsp.land.one_stop
