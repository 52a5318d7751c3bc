"""Control of the sign-on: clients, people, keys."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request

from mock_ngsp.control.wire import IdTokenFor, PersonRow, SignOnClientRow
from mock_ngsp.sso.people import account
from mock_ngsp.sso.provider import Client, Grant
from mock_ngsp.universe import Universe


def sign_on_routes(universe: Universe) -> APIRouter:
    """Who may sign in where, and tokens without a browser."""
    router = APIRouter()

    @router.post("/sso/clients", status_code=201)
    async def put_client(row: SignOnClientRow) -> dict[str, Any]:
        made = Client(row.client_id, row.secret, tuple(row.redirect_uris))
        universe.provider.clients[row.client_id] = made
        return {"client_id": row.client_id, "redirect_uris": row.redirect_uris}

    @router.get("/sso/people")
    async def people() -> list[dict[str, Any]]:
        return list(universe.provider.people.values())

    @router.post("/sso/people", status_code=201)
    async def put_person(row: PersonRow) -> dict[str, Any]:
        person = account(row.TechID, row.LoaiTaiKhoan, **row.claims)
        universe.provider.people[row.TechID] = person
        return person

    @router.post("/sso/id-tokens", status_code=201)
    async def id_token(row: IdTokenFor, request: Request) -> dict[str, str]:
        provider = universe.provider
        if row.client_id not in provider.clients or row.TechID not in provider.people:
            raise HTTPException(404, "No client has this client_id, or no account this TechID.")
        now = universe.clock.now()
        issuer = f"http://{request.headers['host']}/oauth2/token"
        grant = Grant(row.client_id, row.TechID, now)
        return {"id_token": provider.id_token(grant, issuer, now)}

    @router.post("/sso/rotate")
    async def rotate() -> dict[str, str]:
        return {"kid": universe.provider.rotate()}

    return router
