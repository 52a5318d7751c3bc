"""How requests find their routes quickly, and the route class of hot ones."""

import inspect
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Sequence
from typing import Any, Final

from fastapi.dependencies.models import Dependant
from fastapi.params import Header
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Route, request_response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

Answer = Callable[[Request], Coroutine[Any, Any, Response]]
_Take = Callable[[Request], Any]


class DirectRoute(APIRoute):
    """Calls its endpoint directly if it asks for nothing but the request and texts of it.

    FastAPI searches path, query, headers, cookies and body for each dependency of each request,
    0.1 ms of CPU even where there is nothing to find. Here coroutine functions of the request
    are the dependencies and a `Response` is the result, and besides the endpoint may ask for
    texts of the path and for headers that may be missing, as they are; any other route is left
    to FastAPI. Nothing is left open behind such an answer, so nothing is kept to close it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (direct := self._direct()) is not None:
            self.app = request_response(direct)

    @override
    def get_route_handler(self) -> Answer:
        return self._direct() or super().get_route_handler()

    def _direct(self) -> Answer | None:
        needs, endpoint = self.dependant.dependencies, self.endpoint
        if not (_gives_a_response(endpoint) and _asks_for_the_request(self.dependant, needs)):
            return None
        name_of_request = self.dependant.request_param_name
        calls = [(need.name, need.call) for need in needs if need.call is not None]
        texts = [*_texts_of(self.dependant)]

        async def answer(request: Request) -> Response:
            values = {name: take(request) for name, take in texts}
            if name_of_request is not None:
                values[name_of_request] = request
            for name, call in calls:
                found = await call(request)
                if name is not None:
                    values[name] = found
            response: Response = await endpoint(**values)
            return response

        return answer


def _gives_a_response(endpoint: Callable[..., Any]) -> bool:
    return inspect.signature(endpoint).return_annotation is Response


def _asks_for_the_request(endpoint: Dependant, needs: list[Dependant]) -> bool:
    return (
        _asks_for_nothing_else(endpoint, needs)
        and _has_plain_texts(endpoint)
        and all(
            need.request_param_name is not None
            and _asks_for_nothing_else(need, [])
            and not (need.path_params or need.header_params)
            for need in needs
        )
    )


def _asks_for_nothing_else(asking: Dependant, needs: list[Dependant]) -> bool:
    """Tell whether all else that a signature can ask for is absent, and it need only be awaited."""
    least = Dependant(
        path_params=asking.path_params,
        header_params=asking.header_params,
        call=asking.call,
        name=asking.name,
        path=asking.path,
        dependencies=needs,
        request_param_name=asking.request_param_name,
        own_oauth_scopes=asking.own_oauth_scopes,
        parent_oauth_scopes=asking.parent_oauth_scopes,
        scope=asking.scope,
    )
    return asking == least and any(
        inspect.iscoroutinefunction(call)
        for call in (asking.call, getattr(asking.call, "__call__", None))  # noqa: B004 -- what kind
    )


def _has_plain_texts(asking: Dependant) -> bool:
    """Tell whether path and headers are wanted as they came, without any condition."""
    return all(
        field.field_info.annotation is str and not field.field_info.metadata
        for field in asking.path_params
    ) and all(
        field.field_info.annotation == str | None
        and not field.field_info.metadata
        and field.field_info.default is None
        and isinstance(field.field_info, Header)
        for field in asking.header_params
    )


def _texts_of(asking: Dependant) -> Iterator[tuple[str, _Take]]:
    for field in asking.path_params:
        yield field.name, _from_path(field.alias)
    for field in asking.header_params:
        yield field.name, _from_headers(field.alias)


def _from_path(name: str) -> _Take:
    return lambda request: request.path_params[name]


def _from_headers(name: str) -> _Take:
    return lambda request: request.headers.get(name)


def _path_of(scope: Scope) -> str:
    """Return the path as routes are asked for it, without what the application is mounted at."""
    path, mounted = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(mounted) :] if path.startswith(f"{mounted}/") or path == mounted else path


class _Place:
    """The routes of one beginning of a path, and the places behind it."""

    def __init__(self) -> None:
        self.named: dict[str, _Place] = {}
        self.any: _Place | None = None
        self.here: list[int] = []
        self.below: list[int] = []


_REST: Final = ":path}"
_FOUND: Final = "lgsp.route"


class _Unserved:
    """Stands for the routes of a path none of which has the method."""

    def __init__(self, methods: Iterable[Collection[str] | None]) -> None:
        self._allowed = ", ".join(sorted({one for some in methods for one in some or ()}))

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse as Starlette's own routes do.

        Raises:
            HTTPException: inside an application, which says it in its own way.
        """
        headers = {"Allow": self._allowed}
        if "app" in scope:
            raise HTTPException(status_code=405, headers=headers)
        await PlainTextResponse("Method Not Allowed", 405, headers)(scope, receive, send)


class Directory(BaseRoute):
    """Many routes as one: those that a path can mean are found by its parts.

    Starlette tries every route in turn, a pattern each; with two hundred of them that costs more
    than most answers. Which route of several serves a request is decided as ever: the first that
    matches and has the method, in the given order. Where none has it, 405 names the methods of
    all that match.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes: Sequence[Route] = list(routes)
        self._root = _Place()
        for number, route in enumerate(self.routes):
            self._put(number, route.path)
        self._plain = {route.path for route in self.routes if "{" not in route.path}
        self._known: dict[tuple[str, str], Scope] = {}

    def _put(self, number: int, path: str) -> None:
        place = self._root
        for part in path.split("/"):
            if _REST in part:
                place.below.append(number)
                return
            if "{" in part:
                place.any = place.any or _Place()
                place = place.any
            else:
                place = place.named.setdefault(part, _Place())
        place.here.append(number)

    def _meant(self, path: str) -> list[Route]:
        places, found = [self._root], list[int]()
        for part in path.split("/"):
            following = []
            for place in places:
                found += place.below
                if (named := place.named.get(part)) is not None:
                    following.append(named)
                if place.any is not None:
                    following.append(place.any)
            places = following
        for place in places:
            found += place.here
        return [self.routes[number] for number in sorted(found)]

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        asked = (scope["method"], _path_of(scope))
        known = self._known.get(asked)
        if known is not None:  # A plain path has no parameters but those of what is around it.
            return Match.FULL, {**known, "path_params": dict(scope.get("path_params", {}))}
        match, found = self._find(scope, *asked)
        if match is Match.FULL and asked[1] in self._plain:
            self._known[asked] = found
        return match, found

    def _find(self, scope: Scope, method: str, path: str) -> tuple[Match, Scope]:
        meant = self._meant(path)
        serving = [route for route in meant if route.methods is None or method in route.methods]
        for route in serving:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, _FOUND: route}
        others = [route for route in meant if route.matches(scope)[0] is not Match.NONE]
        if not others:
            return Match.NONE, {}
        child = others[0].matches(scope)[1]
        return Match.PARTIAL, {**child, _FOUND: _Unserved(route.methods for route in others)}

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve by the route that `matches` found."""
        route: BaseRoute | _Unserved = scope[_FOUND]
        await route.handle(scope, receive, send)
