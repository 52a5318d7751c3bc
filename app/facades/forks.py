"""Where a request goes: calls of shared services past the routes, everything else to them.

Every call of a service would otherwise be held against every route before it came to its own.
"""

from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.facades.wso2.door import WsoDoor
from app.facades.xroad.addresses import LIST_CLIENTS
from app.facades.xroad.door import XroadDoor
from app.platform.errors import ProblemError

_XROAD: Final = frozenset({"r1", LIST_CLIENTS})
_DOOR: Final = "door"


class Forks:
    """Pure ASGI, in front of the routes; `reserved` first segments are theirs alone."""

    def __init__(
        self, app: ASGIApp, wso2: WsoDoor, xroad: XroadDoor, reserved: frozenset[str]
    ) -> None:
        self._app = app
        self._wso2 = wso2
        self._xroad = xroad
        self._reserved = reserved

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send one request on its way."""
        door: WsoDoor | XroadDoor | None = None
        if scope["type"] == "http":
            first = first_segment(scope["path"])
            if first in _XROAD:
                door = self._xroad
            elif first not in self._reserved:
                wso2 = self._wso2
                door = wso2 if wso2.is_known(first) or await wso2.opens_to(first) else None
        if door is None:
            await self._app(scope, receive, send)
            return
        scope[_DOOR] = door
        await door(scope, receive, send)


def first_segment(path: str) -> str:
    """Return the first segment of a path; "" if it has none."""
    _, _, behind = path.partition("/")
    return behind.partition("/")[0]


def refusal(scope: Scope, problem: ProblemError) -> Response | None:
    """Return how a door says a problem that was found before or after it; None without a door."""
    door: WsoDoor | XroadDoor | None = scope.get(_DOOR)
    return None if door is None else door.refusal(scope, problem)
