"""The way in through a security server: `…/RestService/forward/<path>?dstcode=<id>`."""

from urllib.parse import parse_qs

from mock_ngsp.wire import Answer, Request, json_answer

_PREFIXES = ("/XrdAdapter/RestService/forward/", "/VXPAdapter/RestService/forward/")


def is_forwarded(path: str) -> bool:
    """Tell whether the path asks a security server to pass the request on."""
    return path.startswith(_PREFIXES)


def inner_path(path: str) -> str:
    """The path at the provider."""
    for prefix in _PREFIXES:
        path = path.removeprefix(prefix)
    return f"/{path}"


def adapter_error(request: Request, provider: str) -> Answer | None:
    """The adapter's own error for a missing or foreign dstcode; None when it passes on."""
    query = parse_qs(request.query.decode("latin-1"), keep_blank_values=True)
    wanted = query.get("dstcode", [""])[-1]
    if not wanted:
        return _error(400, "Client.BadRequest", "The query parameter dstcode is missing.")
    if wanted != provider:
        return _error(500, "Server.ClientProxy.UnknownMember", "No provider has this dstcode.")
    return None


def _error(status: int, kind: str, message: str) -> Answer:
    plain = json_answer({"type": kind, "message": message, "detail": ""}, status)
    return Answer(plain.body, status, extra=((b"x-road-error", kind.encode()),))
