"""Control of the shared services: magic values, what each holds, tokens."""

from typing import Any

from fastapi import APIRouter, HTTPException

from mock_ngsp.control.wire import ApplicationRow, CustomerRow, DeskRow
from mock_ngsp.messages import inbox
from mock_ngsp.ngsp.judicial.declaring import Desk, hand
from mock_ngsp.ngsp.magic import MEANINGS
from mock_ngsp.ngsp.registry import MAGIC
from mock_ngsp.universe import Universe


def service_routes(universe: Universe) -> APIRouter:
    """What a tester sees and moves."""
    router = APIRouter()

    @router.get("/magic")
    async def magic() -> list[dict[str, str]]:
        return [
            {
                "service": one.service,
                "field": one.field,
                "outcome": one.outcome.value,
                "value": one.value,
                "meaning": MEANINGS[one.outcome],
            }
            for one in (*MAGIC, *inbox.MAGIC)
        ]

    @router.get("/services/{service}")
    async def holds(service: str) -> list[Any]:
        found = universe.ngsp.shown().get(service)
        if found is None:
            raise HTTPException(404, "No service has this name.")
        return found

    @router.post("/services/postal/customers", status_code=201)
    async def put_customer(row: CustomerRow) -> CustomerRow:
        universe.ngsp.postal.customers.add(row.CustomerCode)
        return row

    @router.post("/services/judicial-return/{maHoSoMCDT}/interrupt", status_code=204)
    async def interrupt(maHoSoMCDT: str) -> None:
        universe.ngsp.central_judicial.interrupted[maHoSoMCDT] = True

    @router.post("/tokens/revoke", status_code=204)
    async def revoke() -> None:
        universe.ngsp.applications.revoke()

    return router


def application_routes(universe: Universe) -> APIRouter:
    """Which province applications for judicial records go to, and handing one down."""
    router = APIRouter()

    @router.post("/services/judicial/desk", status_code=201)
    async def put_desk(row: DeskRow) -> dict[str, str]:
        universe.ngsp.desk = Desk(row.url, row.CodeGet)
        return {"url": row.url}

    @router.post("/services/judicial/applications")
    async def apply(row: ApplicationRow) -> dict[str, Any]:
        if universe.ngsp.desk is None:
            raise HTTPException(409, "No province is registered for applications.")
        return await hand(universe.ngsp.desk, row.maHoSoMCDT, row.toKhai)

    return router
