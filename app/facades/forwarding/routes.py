"""`/XrdAdapter/RestService/forward/…` and `/VXPAdapter/RestService/forward/…`."""

from typing import Annotated, Any, Final
from urllib.parse import unquote_plus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.evidence.domain import DONE
from app.evidence.store import record
from app.facades.forwarding import use_cases
from app.facades.forwarding.carrying import Forwarded, errand_of
from app.facades.forwarding.domain import MissingDestinationError, UnsafePathError
from app.facades.forwarding.guard import forwarding
from app.platform.bodies import digest_of
from app.platform.context import Ctx
from app.platform.problems import problem_answers

BASES: Final = ("/XrdAdapter/RestService/forward", "/VXPAdapter/RestService/forward")
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PARAMETERS: Final[list[dict[str, Any]]] = [
    {
        "name": "dstcode",
        "in": "query",
        "required": True,
        "description": "Mã điểm đến đã đăng ký. / Code of a registered destination.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "example": "VN:GOV:000.00.00.G22:vpcpdvcprovider",
    },
    {
        "name": "providerurl",
        "in": "query",
        "required": False,
        "description": "Phải bằng hoặc nằm dưới địa chỉ đã đăng ký. / At or under its URL.",
        "schema": {"type": "string", "maxLength": 2000},
    },
    {
        "name": "path",
        "in": "path",
        "required": True,
        "description": "Đường dẫn của dịch vụ, giữ nguyên. / The service's own path, as it is.",
        "schema": {"type": "string", "minLength": 1},
    },
]
_ANY: Final = {"schema": {}, "example": "{}"}

router = APIRouter(tags=["forward"])


async def forward(request: Request, caller: Annotated[Caller, forwarding()], ctx: Ctx) -> Response:
    """Pass a call on to a registered destination: method, path, query, headers and body.

    What is hop-by-hop, what is ours and what other proxies added stays here. The answer comes
    back with the header X-LGSP-Destination; without it, it is a refusal of ours.
    """
    raw = request.scope["query_string"].decode("latin-1")
    query, dstcode, provider_url = _asked(raw)
    destination = await ctx.database.read(use_cases.find, dstcode)
    way = destination.way(_rest(request), query, provider_url)
    body = await request.body()

    async def note(status: int) -> None:
        outcome = DONE if status < 500 else f"http-{status}"  # noqa: PLR2004
        act = use_cases.forwarded(dstcode, digest_of(body), outcome)
        await ctx.database.transact(record, ctx.clock, caller, act)

    errand = errand_of(request, way, ctx.settings, length=len(body))
    return Forwarded(request.app.state.carrier, errand, body, note)


def _asked(raw: str) -> tuple[str, str, str | None]:
    """Return the query without what is meant for us, the dstcode, and the providerurl.

    Raises:
        MissingDestinationError: if it is not clear what is wanted.
    """
    kept: list[str] = []
    found: dict[str, list[str]] = {"dstcode": [], "providerurl": []}
    for part in raw.split("&") if raw else []:
        name, _, value = part.partition("=")
        meant = found.get(unquote_plus(name))
        if meant is None:
            kept.append(part)
        else:
            meant.append(unquote_plus(value))
    codes, urls = found.values()
    if len(codes) != 1 or len(urls) > 1 or not codes[0].isprintable():
        raise MissingDestinationError
    return "&".join(kept), codes[0], urls[0] if urls and urls[0] else None


def _rest(request: Request) -> str:
    """Return the path behind `forward` as it was sent, not decoded."""
    path: str = request.scope["raw_path"].partition(b"?")[0].decode("latin-1")
    base = next((one for one in BASES if path.startswith(f"{one}/")), None)
    if base is None:
        raise UnsafePathError  # A part of our own address was written encoded.
    return path.removeprefix(base)


def _add(base: str, method: str, *, is_described: bool) -> None:
    says: dict[str, Any] = {"parameters": _PARAMETERS}
    if method != "GET":
        says["requestBody"] = {"required": False, "content": {"application/json": _ANY}}
    router.add_api_route(
        f"{base}/{{path:path}}",
        forward,
        methods=[method],
        operation_id=f"forward_{method.lower()}" if is_described else None,
        summary="Gọi dịch vụ qua cổng / Call a service through us",
        response_class=Response,
        include_in_schema=is_described,
        responses={
            200: {
                "description": "Câu trả lời của điểm đến / The destination's answer",
                "content": {"*/*": {"schema": {}}},
            },
            **problem_answers(400, 401, 403, 404, 413, 503),
        },
        openapi_extra=says,
    )


for _base in BASES:
    for _method in _METHODS:
        _add(_base, _method, is_described=_base == BASES[0])
