"""Acts on dossiers as a one-stop system asks for them, each by its example in the document."""

from functools import cache
from typing import Any

import httpx

from app.dossiers.routes import router
from app.openapi import routes_of
from app.platform.bodies import reads_of
from tests.builders import a_dossier
from tests.gateway import Api

_PREFIX = "/v1/dossiers/{code}/"
_IN_HAND = ("acceptance", "forwardings")

BEFORE: dict[str, tuple[str, ...]] = {
    "acceptance": (),
    "refusal": (),
    "withdrawal": (),
    "forwardings": ("acceptance",),
    "send-backs": _IN_HAND,
    "stops": _IN_HAND,
    "resumptions": (*_IN_HAND, "stops"),
    "supplements": _IN_HAND,
    "supplements/{number}/receipt": (*_IN_HAND, "supplements"),
    "papers": _IN_HAND,
    "fees": _IN_HAND,
    "payments": (*_IN_HAND, "fees"),
    "extensions": _IN_HAND,
    "parts": _IN_HAND,
    "completion": _IN_HAND,
    "results": (*_IN_HAND, "completion"),
    "rating": (*_IN_HAND, "completion", "results"),
}
"""Every act, with the acts that bring a dossier from the portal to where it can be done."""


@cache
def example_of(act: str) -> Any:
    """Return the body that the document shows for an act."""
    (mark,) = (
        reads_of(route.endpoint)
        for route in routes_of([router])
        if route.path == _PREFIX + act and "POST" in (route.methods or ())
    )
    assert mark is not None
    return dict(mark.example)


def path_of(code: str, act: str) -> str:
    """Return the address of an act; of a round it is the first."""
    return f"/v1/dossiers/{code}/{act}".replace("{number}", "1")


def do(api: Api, code: str, act: str, **changes: Any) -> httpx.Response:
    """Ask for an act."""
    return api.post(path_of(code, act), json=example_of(act) | changes)


def done(api: Api, code: str, act: str, **changes: Any) -> Any:
    """Ask for an act that must succeed, and return its answer."""
    answer = do(api, code, act, **changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def staged(api: Api, act: str, **changes: Any) -> str:
    """Return the code of a new dossier on which an act can be done."""
    created = api.post("/v1/dossiers", json=a_dossier(**changes))
    assert created.status_code == 201, created.text
    code = str(created.json()["code"])
    for before in BEFORE[act]:
        done(api, code, before)
    return code
