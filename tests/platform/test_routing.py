from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from app.dossiers.routes import router as dossiers
from app.platform.routing import DirectRoute


async def name_of(request: Request) -> str:
    name = request.headers.get("x-name", "")
    if not name:
        raise HTTPException(401)
    return name


class Greeting:
    async def __call__(self, request: Request) -> str:
        return f"Xin chào {request.url.path}"


def said(request: Request) -> str:
    return request.headers["x-name"].upper()


async def opened(request: Request) -> AsyncIterator[str]:
    yield request.headers["x-name"]


async def counted(request: Request, number: int = 7) -> int:
    return number * len(request.headers["x-name"])


async def nested(request: Request, name: Annotated[str, Depends(name_of)]) -> str:
    return request.method + name


Name = Annotated[str, Depends(name_of)]


async def with_both(
    request: Request, name: Name, greeting: Annotated[str, Depends(Greeting())]
) -> Response:
    return Response(f"{request.method} {greeting} {name}", status_code=202)


async def without_request(name: Name) -> Response:
    return Response(name)


async def with_query(name: Name, number: int = 1) -> Response:
    return Response(name * number)


async def with_a_model(name: Name) -> dict[str, str]:
    return {"name": name}


def without_waiting(name: Name) -> Response:
    return Response(name)


async def with_a_thread(name: Annotated[str, Depends(said)]) -> Response:
    return Response(name)


async def with_an_end(name: Annotated[str, Depends(opened)]) -> Response:
    return Response(name)


async def with_a_count(count: Annotated[int, Depends(counted)]) -> Response:
    return Response(str(count))


async def with_a_tree(name: Annotated[str, Depends(nested)]) -> Response:
    return Response(name)


DIRECT: list[Callable[..., Any]] = [with_both, without_request]
OTHERS: list[Callable[..., Any]] = [
    with_query, with_a_model, without_waiting, with_a_thread, with_an_end, with_a_count, with_a_tree
]  # fmt: skip


def _router(kind: type[APIRoute], endpoint: Callable[..., Any], **options: Any) -> APIRouter:
    router = APIRouter(route_class=kind, **options)
    router.add_api_route("/things", endpoint, methods=["POST"])
    return router


def _answer(kind: type[APIRoute], endpoint: Callable[..., Any], **headers: str) -> httpx.Response:
    app = FastAPI()
    app.include_router(_router(kind, endpoint))
    answer: httpx.Response = TestClient(app).post("/things?number=3", headers=headers)
    return answer


def _is_direct(route: Any) -> bool:
    return bool(route.get_route_handler().__module__ == DirectRoute.__module__)


@pytest.mark.parametrize("endpoint", DIRECT + OTHERS, ids=lambda endpoint: endpoint.__name__)
def test_answers_are_those_of_any_other_route(endpoint: Callable[..., Any]) -> None:
    ours, theirs = (_answer(kind, endpoint, **{"x-name": "An"}) for kind in (DirectRoute, APIRoute))
    assert ours.is_success
    assert (ours.status_code, ours.content) == (theirs.status_code, theirs.content)


@pytest.mark.parametrize("endpoint", DIRECT, ids=lambda endpoint: endpoint.__name__)
def test_a_refusal_of_a_dependency_is_the_answer(endpoint: Callable[..., Any]) -> None:
    assert _answer(DirectRoute, endpoint).status_code == 401


def test_a_dependency_without_a_name_is_asked_too() -> None:
    async def open_to_all(request: Request) -> Response:
        return Response(request.method)

    app = FastAPI()
    app.include_router(_router(DirectRoute, open_to_all, dependencies=[Depends(name_of)]))
    http = TestClient(app)
    assert http.post("/things").status_code == 401
    assert http.post("/things", headers={"x-name": "An"}).text == "POST"


def test_only_what_asks_for_the_request_alone_is_called_directly() -> None:
    found = {
        endpoint.__name__: _is_direct(_router(DirectRoute, endpoint).routes[0])
        for endpoint in DIRECT + OTHERS
    }
    assert {name for name, direct in found.items() if direct} == {
        endpoint.__name__ for endpoint in DIRECT
    }


def test_submitting_a_dossier_is_called_directly() -> None:
    route = next(r for r in dossiers.routes if getattr(r, "name", "") == "submit_dossier")
    assert _is_direct(route)
