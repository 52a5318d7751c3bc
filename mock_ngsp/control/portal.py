"""Control of what the portal gives out: procedures, catalogues, accounts, questions."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from mock_ngsp.control import views
from mock_ngsp.control.wire import (
    AccountRow,
    FiledRow,
    Page,
    ProcedureRow,
    ProvinceRow,
    QuestionRow,
)
from mock_ngsp.dvcqg.accounts import Person
from mock_ngsp.dvcqg.catalogues import NAMES
from mock_ngsp.dvcqg.fetching import State
from mock_ngsp.dvcqg.provinces import Province, push
from mock_ngsp.dvcqg.refusals import PortalRefusalError
from mock_ngsp.universe import Universe


def published_routes(universe: Universe) -> APIRouter:
    """What the portal publishes."""
    router = APIRouter()

    @router.post("/procedures", status_code=201)
    async def put_procedure(row: ProcedureRow) -> dict[str, Any]:
        return universe.procedures.put(row.MATTHC, row.changes)

    @router.delete("/procedures/{MATTHC}", status_code=204)
    async def drop_procedure(MATTHC: str) -> None:
        if not universe.procedures.drop(MATTHC):
            raise HTTPException(404, "The nation publishes no procedure with this MATTHC.")

    @router.put("/catalogues/{service}", status_code=204)
    async def put_catalogue(service: str, rows: list[dict[str, Any]]) -> None:
        if service not in NAMES:
            raise HTTPException(404, f"service is none of {', '.join(NAMES)}")
        universe.catalogues.replace(service, rows)

    return router


def people_routes(universe: Universe) -> APIRouter:
    """Who has an account, what citizens asked, and what the nation was told of its dossiers."""
    router = APIRouter()

    @router.post("/accounts", status_code=201)
    async def put_account(row: AccountRow) -> AccountRow:
        universe.accounts.put(Person(row.TECHNICALID, row.number))
        return row

    @router.post("/questions", status_code=201)
    async def ask(row: QuestionRow) -> QuestionRow:
        universe.questions.ask(row.model_dump() | {"TRALOIID": "", "NOIDUNGTRALOI": ""})
        return row

    @router.get("/questions")
    async def questions() -> list[dict[str, Any]]:
        return universe.questions.asked()

    @router.get("/statuses")
    async def statuses() -> list[dict[str, Any]]:
        return universe.statuses

    return router


def filing_routes(universe: Universe) -> APIRouter:
    """What citizens file at the portal, and where it is sent down to."""
    router = APIRouter()
    units: dict[str, str] = {}

    @router.post("/provinces", status_code=201)
    async def put_province(row: ProvinceRow) -> dict[str, str]:
        universe.provinces.put(Province(row.member, row.url, row.secret))
        return {"member": row.member, "url": row.url}

    @router.post("/dossiers", status_code=201)
    async def file_dossier(row: FiledRow) -> dict[str, Any]:
        record = row.data.model_dump()
        try:
            universe.dossiers.insert([record], duplicate_code=1)
        except PortalRefusalError as refusal:
            raise HTTPException(409, refusal.message) from refusal
        units[row.data.MaHoSo] = row.madonvi
        return await _sent(universe, row.madonvi, record)

    @router.post("/dossiers/{MaHoSo}/push")
    async def push_again(MaHoSo: str) -> dict[str, Any]:
        held = universe.dossiers.find(MaHoSo)
        if held is None or MaHoSo not in units:
            raise HTTPException(404, "No citizen filed a dossier with this MaHoSo.")
        return await _sent(universe, units[MaHoSo], held.record)

    return router


def file_routes(universe: Universe) -> APIRouter:
    """What the portal could fetch of the files that records name, and what it could not."""
    router = APIRouter()

    @router.get("/dossiers/{MaHoSo}/files")
    async def files_of(
        MaHoSo: str, wait: Annotated[float, Query(ge=0, le=60)] = 0
    ) -> list[dict[str, Any]]:
        if universe.dossiers.find(MaHoSo) is None:
            raise HTTPException(404, "The nation holds no dossier with this MaHoSo.")
        await universe.files.settle(MaHoSo, within=wait)
        return [asdict(row) for row in universe.files.of(MaHoSo)]

    @router.get("/files")
    async def files(
        state: State | None = None,
        limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
        after: Annotated[str | None, Query(pattern=r"^\d{1,18}$")] = None,
    ) -> Page:
        rows, start = universe.files.all(state), int(after or 0)
        chosen = [asdict(row) for row in rows[start : start + limit]]
        return views.page(chosen, start, more=len(rows) > start + limit)

    return router


async def _sent(universe: Universe, unit: str, record: dict[str, Any]) -> dict[str, Any]:
    province = universe.provinces.serving(unit)
    if province is None:
        raise HTTPException(409, "No province is registered for this unit.")
    return await push(province, unit, record)
