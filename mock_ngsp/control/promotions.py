"""Control of promotion notices that are sent down, and of dossiers that a ministry holds."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request

from mock_ngsp.control.wire import ChangeRow, NoticeRow
from mock_ngsp.dvcqg.ministry import HoSoBoCoTep
from mock_ngsp.dvcqg.promotions import PATH_KM, Notice
from mock_ngsp.dvcqg.provinces import send
from mock_ngsp.universe import Universe


def promotion_routes(universe: Universe) -> APIRouter:
    """Notices and changes, each sent down at once and on demand; a ministry's dossiers."""
    router = APIRouter()

    @router.post("/promotions", status_code=201)
    async def give_notice(row: NoticeRow) -> dict[str, Any]:
        body = row.data.model_dump(exclude_unset=True)
        return await _sent(universe, universe.promotions.put(row.data.MaHoSo, row.madonvi, body))

    @router.post("/promotions/changes", status_code=201)
    async def change_notice(row: ChangeRow) -> dict[str, Any]:
        code = row.change.data.MaHoSoQG
        body = row.change.model_dump()
        return await _sent(universe, universe.promotions.put(code, row.madonvi, body))

    @router.post("/promotions/{MaHoSo}/push")
    async def push_again(MaHoSo: str) -> dict[str, Any]:
        return await _sent(universe, _known(universe, MaHoSo))

    @router.put("/files/{name}", status_code=201)
    async def put_file(name: str, request: Request) -> dict[str, str]:
        return {"path": universe.published.put(name, await request.body())}

    @router.post("/ministry/dossiers", status_code=204)
    async def put_ministry_dossier(given: HoSoBoCoTep) -> None:
        universe.ministry.put(given)

    @router.get("/promotions/{MaHoSo}")
    async def notice(MaHoSo: str) -> dict[str, Any]:
        found = _known(universe, MaHoSo)
        return {"body": found.body, "statuses": found.statuses, "repeated": found.repeated}

    return router


def _known(universe: Universe, code: str) -> Notice:
    found = universe.promotions.find(code)
    if found is None:
        raise HTTPException(404, "No notice with this MaHoSo was given.")
    return found


async def _sent(universe: Universe, notice: Notice) -> dict[str, Any]:
    province = universe.provinces.serving(notice.unit)
    if province is None:
        raise HTTPException(409, "No province is registered for this unit.")
    return await send(province, PATH_KM, notice.body)
