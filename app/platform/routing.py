"""The route class of hot routes: what needs only the request is found without a search."""

import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class DirectRoute(APIRoute):
    """Calls its endpoint directly if nothing but the request is asked for.

    FastAPI searches path, query, headers, cookies and body for each dependency of each request,
    0.1 ms of CPU even where there is nothing to find. Here coroutine functions of the request
    are the dependencies and a `Response` is the result; any other route is left to FastAPI.
    """

    @override
    def get_route_handler(self) -> Answer:
        needs = self.dependant.dependencies
        if not (_gives_a_response(self.endpoint) and _asks_for_the_request(self.dependant, needs)):
            return super().get_route_handler()
        endpoint, name_of_request = self.endpoint, self.dependant.request_param_name
        calls = [(need.name, need.call) for need in needs if need.call is not None]

        async def answer(request: Request) -> Response:
            values = {} if name_of_request is None else {name_of_request: request}
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
    return _asks_for_nothing_else(endpoint, needs) and all(
        need.request_param_name is not None and _asks_for_nothing_else(need, []) for need in needs
    )


def _asks_for_nothing_else(asking: Dependant, needs: list[Dependant]) -> bool:
    """Tell whether all else that a signature can ask for is absent, and it need only be awaited."""
    least = Dependant(
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
