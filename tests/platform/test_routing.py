import inspect
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, Router
from starlette.testclient import TestClient

from app.dossiers.routes import router as dossiers
from app.platform.routing import Directory, DirectRoute


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


async def with_texts(
    thing: Annotated[str, Path()],
    name: Name,
    colour: Annotated[str | None, Header(alias="X-Colour")] = None,
    colour_2: Annotated[str | None, Header()] = None,
) -> Response:
    return Response(f"{thing} {name} {colour} {colour_2}")


async def with_a_number(thing: int, name: Name) -> Response:
    return Response(name * thing)


async def with_a_pattern(thing: Annotated[str, Path(pattern="^[0-9]$")], name: Name) -> Response:
    return Response(name + thing)


async def with_a_header_that_must_be(x_name: Annotated[str, Header()], name: Name) -> Response:
    return Response(name + x_name)


async def with_a_header_that_may_be(
    name: Name, colour: Annotated[str | None, Header()] = "red"
) -> Response:
    return Response(f"{name}{colour}")


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


DIRECT: list[Callable[..., Any]] = [with_both, without_request, with_texts]
OTHERS: list[Callable[..., Any]] = [
    with_query, with_a_model, without_waiting, with_a_thread, with_an_end, with_a_count,
    with_a_tree, with_a_number, with_a_pattern, with_a_header_that_must_be,
    with_a_header_that_may_be,
]  # fmt: skip


def _router(kind: type[APIRoute], endpoint: Callable[..., Any], **options: Any) -> APIRouter:
    router = APIRouter(route_class=kind, **options)
    path = "/things/{thing}" if "thing" in inspect.signature(endpoint).parameters else "/things"
    router.add_api_route(path, endpoint, methods=["POST"])
    return router


def _answer(kind: type[APIRoute], endpoint: Callable[..., Any], **headers: str) -> httpx.Response:
    app = FastAPI()
    app.include_router(_router(kind, endpoint))
    path = "/things/7" if "thing" in inspect.signature(endpoint).parameters else "/things"
    http = TestClient(app)
    answer: httpx.Response = http.post(f"{path}?number=3", headers={**headers, "colour-2": "red"})
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


PATHS = (
    "/things",
    "/things/new",
    "/things/{thing}",
    "/things/{thing}/parts/{part}",
    "/things/{thing}/parts/all",
    "/{kind}/new",
    "/files/{name:path}",
    "/files/{name}.txt",
    "/",
)
ASKED = (
    *("/", "", "/things", "/things/", "/things/new", "/things/7", "/things/7/parts/all"),
    *("/things/7/parts/8", "/things/7/parts", "/files", "/files/", "/files/a.txt", "/files/a/b"),
    *("/others/new", "/others/old", "/things//parts/8", "//things", "/things/7/parts/8/9"),
)


def _routes() -> list[Route]:
    named = [*PATHS, "/things"]
    methods = [*(["GET"] for _ in PATHS), ["POST"]]
    return [
        Route(path, _with_route(path), methods=method)
        for path, method in zip(named, methods, strict=True)
    ]


def _with_route(path: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return Response(f"{path} {request.method} {request.path_params}")

    return answer


@pytest.mark.parametrize("path", ["/things", "/at/things", "/at", "/at/", "/attic/things"])
def test_a_directory_knows_where_it_is_mounted(path: str) -> None:
    answers = []
    for routes in (_routes(), [Directory(_routes())]):
        http = TestClient(Router(routes, redirect_slashes=False), root_path="/at")
        answers.append(http.get(path).text)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE"])
@pytest.mark.parametrize("path", ASKED)
def test_a_directory_answers_as_its_routes_in_turn_do(path: str, method: str) -> None:
    answers = []
    for routes in (_routes(), [Directory(_routes())]):
        found = TestClient(Router(routes, redirect_slashes=False)).request(method, path)
        answers.append((found.status_code, found.text, "Allow" in found.headers))
    assert answers[0] == answers[1]


def test_a_directory_names_the_methods_of_all_routes_that_a_path_can_mean() -> None:
    http = TestClient(Router([Directory(_routes())], redirect_slashes=False))
    for path, methods in (("/things", "GET, HEAD, POST"), ("/things/7", "GET, HEAD")):
        answer = http.delete(path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, methods)


def test_a_directory_that_has_found_a_path_remembers_nothing_else() -> None:
    places = [Mount("/of/{owner}", routes=[Directory(_routes())])]
    http = TestClient(Router(places, redirect_slashes=False))
    for owner in ("a", "b"):
        for _ in range(2):
            assert http.get(f"/of/{owner}/things").text == f"/things GET {{'owner': '{owner}'}}"
            assert http.post(f"/of/{owner}/things").text == f"/things POST {{'owner': '{owner}'}}"
            assert http.delete(f"/of/{owner}/things").status_code == 405
