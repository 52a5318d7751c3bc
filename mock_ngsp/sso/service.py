"""The provider's addresses, as WSO2 Identity Server names them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from mock_ngsp.sso import signing_in, tokens
from mock_ngsp.sso.asking import Asked, SignOnError, refusal
from mock_ngsp.wire import Answer, Axis, Body, Call, Request, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

Act = Callable[["Universe", Asked], Answer]

_ROUTES: Mapping[str, tuple[str, str, Act]] = {
    "/oauth2/authorize": ("authorize", "GET", signing_in.authorize),
    "/oidc/logout": ("logout", "GET", signing_in.logout),
    "/oauth2/token": ("token", "POST", tokens.token),
    "/oauth2/userinfo": ("userinfo", "POST", tokens.userinfo),
    "/oauth2/introspect": ("introspect", "POST", tokens.introspect),
    "/oauth2/revoke": ("revoke", "POST", tokens.revoke),
    "/oauth2/jwks": ("jwks", "GET", tokens.jwks),
    "/.well-known/openid-configuration": ("discovery", "GET", tokens.discovery),
    "/oauth2/token/.well-known/openid-configuration": ("discovery", "GET", tokens.discovery),
}
OPERATIONS = tuple(dict.fromkeys(name for name, _, _ in _ROUTES.values()))


class SignOn:
    """Reads a request into a call of the provider."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, or None when the path is another wire's."""
        if request.path not in _ROUTES:
            return None
        operation, method, act = _ROUTES[request.path]
        if request.method != method:
            return json_answer({"error": "invalid_request"}, 405)
        asked = Asked(
            base=f"http://{request.headers.get(b'host', b'').decode('latin-1')}",
            given=_given(request.query if method == "GET" else request.body),
            bearer=_bearer(request),
        )
        return Call(
            Axis.SSO,
            operation,
            caller=asked.given.get("client_id", ""),
            kind=Body.JSON,
            body=request.body,
            answer=partial(_answer, act, self._universe, asked),
        )


def _answer(act: Act, universe: "Universe", asked: Asked) -> Answer:
    try:
        return act(universe, asked)
    except SignOnError as wrong:
        return refusal(wrong)


def _given(text: bytes) -> dict[str, str]:
    """The parameters; one that comes twice, which OAuth forbids, has no value."""
    pairs = parse_qsl(text.decode("utf-8", "replace"), keep_blank_values=True)
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return token if kind.lower() == "bearer" else ""
