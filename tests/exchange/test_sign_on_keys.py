"""Lists of keys as an issuer should not publish them."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from app.exchange.outcomes import Deferred
from app.exchange.sign_on.keys import KeyRing
from app.exchange.transport import build_client
from app.platform.clock import FrozenClock
from mock_ngsp.sso.provider import SigningKey
from tests.exchange.loopback import Step, answer, reset, scripted
from tests.gateway import START

pytestmark = pytest.mark.anyio
GOOD: dict[str, Any] = SigningKey().public() | {"kid": "tot"}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def ring(*steps: Step) -> AsyncIterator[KeyRing]:
    async with scripted(steps) as server, build_client(timeout=timedelta(seconds=5)) as http:
        yield KeyRing(
            http,
            f"{server.url}/jwks",
            FrozenClock(START),
            lifetime=timedelta(hours=1),
            deadline=timedelta(seconds=5),
        )


SHORT = base64.urlsafe_b64encode(bytes([0xC1]) * 128).decode().rstrip("=")
"""A modulus of 1024 bits."""

BAD: dict[str, Any] = {
    "short": GOOD | {"n": SHORT},
    "for encryption": GOOD | {"use": "enc"},
    "another algorithm": GOOD | {"alg": "RS512"},
    "symmetric": {"kty": "oct", "kid": "tot", "k": "c2VjcmV0", "alg": "RS256"},
    "no modulus": {name: GOOD[name] for name in ("kty", "kid", "e")},
    "modulus no text": GOOD | {"n": 7},
    "modulus not base64": GOOD | {"n": "*"},
    "id a number": GOOD | {"kid": 7},
    "no record": "x",
}


@pytest.mark.parametrize("name", BAD)
async def test_a_key_that_is_not_usable_is_passed_over(name: str) -> None:
    other = GOOD | {"kid": "khac"}
    async with ring(answer(body={"keys": [BAD[name], other]})) as keys:
        assert await keys.find("tot") is None
        assert await keys.find("khac") is not None


LISTS = {
    "reset": reset(),
    "503": answer(503),
    "404": answer(404, {"keys": [GOOD]}),
    "moved": answer(302, Location="/y"),
    "page": answer(body=b"<html>"),
    "array": answer(body=[GOOD]),
    "no keys": answer(body={"keys": []}),
    "keys a text": answer(body={"keys": "x"}),
    "deep": answer(body=b"[" * 200_000),
    "large": answer(body=json.dumps({"keys": [GOOD], "x": "x" * 300_000}).encode()),
}


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_that_is_none_leaves_nobody_known(name: str) -> None:
    async with ring(LISTS[name]) as keys:
        assert isinstance(await keys.find("tot"), Deferred)
        assert await keys.find("tot") == Deferred("keys-unread"), "and is not asked for at once"


async def test_a_key_without_use_and_algorithm_is_taken() -> None:
    plain = {name: GOOD[name] for name in ("kty", "kid", "n", "e")}
    async with ring(answer(body={"keys": [plain]})) as keys:
        assert not isinstance(await keys.find("tot"), Deferred | None)
