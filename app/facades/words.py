"""In which wire's words a refusal is said that no route of it came to say.

Addresses that nothing is at, methods that an address does not take, bodies over the limit and
what fails unforeseen are met outside the routes; who calls there still reads one form only.
"""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from app.facades.dvcqg.routes import dialect as portal
from app.facades.judicial import routes as judicial
from app.facades.land.routes import dialect as land
from app.facades.vxp.envelope import refusal as refused_on_the_axis
from app.payments.callbacks import confirming, looking_up
from app.platform.context import Context
from app.platform.errors import ProblemError

Say = Callable[[Request, ProblemError], Response]
"""How a wire says a refusal."""


def _in_context(say: Callable[[ProblemError, Context], Response]) -> Say:
    return lambda request, problem: say(problem, request.app.state.context)


_FRONT: Final = _in_context(portal.refused_at_front)
_AT: Final[Mapping[str, Say | None]] = {
    "/api/dvcqg/NopHoSo": None,  # A page for people.
    "/api/dvcqg/TiepNhanHoSoKM": _in_context(portal.refused_by_receiver),
    confirming.ADDRESS: confirming.refused,
    looking_up.ADDRESS: lambda _, problem: looking_up.refused(problem),
}
"""Single addresses whose words are their own."""

_BELOW: Final[Mapping[str, Say]] = {
    "/vbdlis": _in_context(land.refused),
    "/mapi": _in_context(portal.refused),
    "/KetNoiMotCuaQuocGia": _FRONT,
    "/api/SynsTTHCC": _FRONT,
    "/api/dvcqg": _FRONT,
    "/LLTP": lambda _, problem: judicial.refused(problem),
}
"""The addresses below which everything belongs to one wire."""


def refusal(request: Request, problem: ProblemError) -> Response | None:
    """Return how the wire that an address belongs to says a refusal; None beside the wires."""
    path = str(request.scope["path"])
    if path in _AT:
        say = _AT[path]
    else:
        bases = (base for base in _BELOW if path == base or path.startswith(f"{base}/"))
        say = _BELOW.get(next(bases, ""))
    if say is None:
        return refused_on_the_axis(request.scope, problem)
    return say(request, problem)
