"""Control of what provinces are told of land taxes: vouchers and standings, sent down at once."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException

from mock_ngsp.control.wire import TaxRow
from mock_ngsp.dvcqg.provinces import send
from mock_ngsp.dvcqg.taxes import OPERATIONS, Sent
from mock_ngsp.universe import Universe


def tax_routes(universe: Universe) -> APIRouter:
    """Words of the tax authority, each sent down at once and on demand."""
    router = APIRouter()

    @router.post("/taxes/{operation}", status_code=201)
    async def tell(operation: str, row: TaxRow) -> dict[str, Any]:
        if operation not in OPERATIONS:
            raise HTTPException(404, f"operation is none of {', '.join(OPERATIONS)}")
        now = universe.clock.now()
        body = universe.taxes.body_of(operation, row.MaThongBaoThue, now, row.changes)
        sent = Sent(operation, row.madonvi, body)
        universe.taxes.sent.append(sent)
        return await _sent(universe, sent)

    @router.post("/taxes/{number}/push")
    async def push_again(number: int) -> dict[str, Any]:
        if not 1 <= number <= len(universe.taxes.sent):
            raise HTTPException(404, "No word of a tax has this number.")
        return await _sent(universe, universe.taxes.sent[number - 1])

    @router.get("/taxes")
    async def taxes() -> list[dict[str, Any]]:
        return [asdict(one) for one in universe.taxes.sent]

    return router


async def _sent(universe: Universe, sent: Sent) -> dict[str, Any]:
    province = universe.provinces.serving(sent.unit)
    if province is None:
        raise HTTPException(409, "No province is registered for this unit.")
    sent.answer = await send(province, f"/api/dvcqg/{sent.operation}", sent.body)
    universe.taxes.took(sent)
    return sent.answer
