"""Control of what the portal gives out: procedures, catalogues, accounts, questions."""

from typing import Any

from fastapi import APIRouter, HTTPException

from mock_ngsp.control.wire import AccountRow, ProcedureRow, QuestionRow
from mock_ngsp.dvcqg.accounts import Person
from mock_ngsp.dvcqg.catalogues import NAMES
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
