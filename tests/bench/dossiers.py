"""Dossiers on PostgreSQL: taking in, tracking, the national procedures, pushing to the portal."""

import asyncio
import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx

from app.platform.ids import new_id
from tests.bench import national
from tests.bench.load import get, hurry
from tests.bench.report import Figure, Turn, in_turns, until
from tests.bench.rows import WRITERS, against_driver
from tests.bench.stage import DOSSIER, Serving, Stage, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

_ENGINE = "postgresql"
_CONNECTIONS = (1, 8, 32)
_LOOKS = {"LGSP_TRACKING_ATTEMPTS_PER_MINUTE": "100000000"}
_PROCEDURES = 583
_SAMPLES = 6
"""Procedures that the mock publishes by itself."""

_PUSHED = 2_500
"""Dossiers of one turn; four turns are 10,000."""

_ROWS = (
    "SELECT * FROM dossiers WHERE code = $1",
    "SELECT * FROM dossier_progress WHERE dossier = $1 ORDER BY number",
)
_numbers = itertools.count(1)


def accept(connections: int, stage: Stage, size: "Size") -> Figure:
    """Measure submissions over so many connections against the same rows by as many writers.

    The raw driver never has more writers than the gateway has connections to the database.
    """
    gateway = stage.gateway(_ENGINE)

    def submit(number: int, at_once: int) -> Turn:
        requests = gateway.submissions(number)
        return run(hurry(gateway.port, requests, connections=at_once, within=size.seconds))

    return against_driver(gateway.database_url, submit, size, connections=connections)


def track(connections: int, stage: Stage, size: "Size") -> Figure:
    """Measure looks at one dossier's public status against the raw driver reading its rows."""
    gateway = stage.gateway(_ENGINE, _LOOKS)
    code, looking = _followed(gateway)
    readers = min(connections, WRITERS)

    def look() -> Turn:
        requests = [looking] * size.posts
        return run(hurry(gateway.port, requests, connections=connections, within=size.seconds))

    def read() -> Turn:
        return run(_read(gateway.database_url, [code] * size.posts, readers, size.seconds))

    return in_turns(look, read, rounds=size.rounds)


async def _read(url: str, codes: Sequence[str], readers: int, within: float) -> Turn:
    """Read a dossier and its steps by the raw driver, until no code is left or time is up."""
    done: list[str] = []
    async with asyncpg.create_pool(url, min_size=readers, max_size=readers) as pool:
        began = time.perf_counter()
        left = until(began + within, codes, done)

        async def keep_reading() -> None:
            async with pool.acquire() as connection:
                for code in left:
                    for statement in _ROWS:
                        await connection.fetch(statement, code)

        await asyncio.gather(*(keep_reading() for _ in range(readers)))
        return Turn(len(done), time.perf_counter() - began)


def procedures(stage: Stage, size: "Size") -> Figure:
    """Measure a first synchronisation of 583 procedures against a bare client's reading them."""
    number = 20 if size.rounds == 1 else _PROCEDURES
    mock = stage.mock("--set", f"further-procedures={number - _SAMPLES}")

    def ours() -> Turn:
        return asyncio.run(national.synchronised(stage.database(_ENGINE), mock.port, number))

    return in_turns(
        ours, lambda: asyncio.run(national.procedures_read(mock.port)), rounds=min(size.rounds, 3)
    )


def push(stage: Stage, size: "Size") -> Figure:
    """Measure dossiers with three rows of progress pushed to the portal, per second.

    The floor is a bare client that makes the same three calls for each, as many at once.
    """
    quick = size.rounds == 1
    number, rounds = (size.deliveries, 1) if quick else (_PUSHED, 4)
    mock = stage.mock()
    url = stage.database(_ENGINE)
    owing = national.Owing(url)

    def ours() -> Turn:
        owing.owe(number)
        return asyncio.run(national.pushed(url, mock.port, number))

    def floor() -> Turn:
        first = next(_numbers) * number
        scripts = owing.scripts(range(first, first + number))
        return asyncio.run(national.called(mock.port, scripts))

    return in_turns(ours, floor, rounds=rounds)


def _followed(gateway: Serving) -> tuple[str, bytes]:
    """Return the code of a dossier that went through three statuses, and a look at it."""
    api = httpx.Client(
        base_url=f"http://127.0.0.1:{gateway.port}",
        headers={"Authorization": f"Bearer {gateway.token}"},
        trust_env=False,
    )
    with api:
        made = _done(api, "/v1/dossiers", dict(DOSSIER))
        for status in ("accepted", "processing"):
            _done(api, f"/v1/dossiers/{made['code']}/progress", {"status": status})
    headers = {"X-Tracking-Code": made["tracking_code"]}
    return made["code"], get(f"/v1/public-services/dossiers/{made['code']}", headers)


def _done(api: httpx.Client, path: str, body: Mapping[str, Any]) -> Any:
    key = {"Idempotency-Key": new_id()}
    return api.post(path, json=body, headers=key).raise_for_status().json()


MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    **{f"dossiers-accept-{number}": partial(accept, number) for number in _CONNECTIONS},
    **{f"dossiers-track-{number}": partial(track, number) for number in _CONNECTIONS},
    "dossiers-procedures": procedures,
    "dossiers-push": push,
}
"""`python -m tests.bench dossiers` takes them all."""

AIMS = {
    **{f"dossiers-accept-{number}": ">= .20" for number in _CONNECTIONS},
    **{f"dossiers-track-{number}": ">= .03" for number in _CONNECTIONS},
    "dossiers-procedures": ">= .45",
    "dossiers-push": ">= .25",
}
