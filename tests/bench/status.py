"""Public-service status: tracking, statistics over a million dossiers, and what figures cost."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING, Any

import httpx
from sqlalchemy import Connection

from app.access.domain import Caller, Scope
from app.catalogue.use_cases import load_seed
from app.codes import AgencyCode
from app.dossiers import store
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.ending import Delivery
from app.dossiers.domain.handling import ReturnWay
from app.dossiers.schemas.incoming import DossierIn
from app.dossiers.use_cases import Cause, Draft, acting, deciding, ending, submit, submitting
from app.dossiers.use_cases.acting import Order
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.database import Database, open_database
from app.platform.ids import new_id
from tests.bench import million
from tests.bench.load import hurry
from tests.bench.report import Figure, Turn, in_turns
from tests.bench.stage import CONNECTIONS, DOSSIER, Serving, Stage, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

_LIMIT = 50.0
"""Milliseconds in which 99 of 100 statistics should be there."""

_AT_ONCE = 16
_FOLLOWED = 50
_ASKED = (
    "",
    "by=agency&by=month&from=2026-01&to=2026-12",
    "by=month&from=2025-01&to=2026-12",
    "by=procedure",
    "by=procedure&from=2026-01&to=2026-12",
    "by=sector&by=channel&from=2026-01&to=2026-12",
    "by=level&by=channel",
    "agency=H38.45&by=procedure&from=2026-01&to=2026-12",
    "by=agency&channel=online&from=2026-01&to=2026-12",
    "by=agency&by=procedure",
    "by=agency&by=procedure&from=2026-01&to=2026-12",
    "by=agency&by=sector&by=month&from=2026-03&to=2026-05",
)
_COVERED = (
    "",
    "by=level&by=sector",
    "by=agency",
    "by=sector&by=kind&on=2026-01-15",
    "by=agency&by=kind&limit=200",
    "agency=H38.21&by=sector",
)


def tracking(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure citizens' looks at fifty dossiers against a bare app that answers such bytes."""
    gateway = stage.gateway(engine, {"LGSP_TRACKING_ATTEMPTS_PER_MINUTE": "10000000"})
    base = f"http://127.0.0.1:{gateway.port}"
    looks = [_look_at(base, gateway.token) for _ in range(_FOLLOWED)]
    path, holder = looks[0]
    shown = httpx.get(f"{base}{path}", headers=holder).raise_for_status()
    bare = stage.serve("answering", {"BENCH_ANSWER": shown.text})
    asked = [get(path, holder) for path, holder in looks]

    def turn(port: int) -> Turn:
        requests = [asked[number % _FOLLOWED] for number in range(size.posts)]
        return run(hurry(port, requests, connections=CONNECTIONS, within=size.seconds))

    return in_turns(partial(turn, gateway.port), partial(turn, bare), rounds=size.rounds)


def _look_at(base: str, token: str) -> tuple[str, Mapping[str, str]]:
    """Submit a dossier and return where its status is, and what shows who holds its code."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": new_id()}
    made = httpx.post(f"{base}/v1/dossiers", json=dict(DOSSIER), headers=headers)
    dossier = made.raise_for_status().json()
    path = f"/v1/public-services/dossiers/{dossier['code']}"
    return path, {"X-Tracking-Code": dossier["tracking_code"]}


def statistics(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure statistics over a million dossiers and 1,700 procedures, p99 in milliseconds."""
    gateway = stage.gateway(engine)
    million.load(gateway.database_url, 10_000 if size.rounds == 1 else 1_000_000)
    return _asked(gateway, [f"/v1/statistics/dossiers?{one}" for one in _ASKED], size)


def coverage(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure the coverage of 1,700 services, p99 in milliseconds."""
    gateway = stage.gateway(engine, {"LGSP_PUBLIC_READS_PER_MINUTE": "10000000"})
    million.load_services(gateway.database_url)
    return _asked(gateway, [f"/v1/public-services/coverage?{one}" for one in _COVERED], size)


def _asked(gateway: Serving, paths: Sequence[str], size: "Size") -> Figure:
    """Ask these in turn, one after the other; the first round does not count."""
    taken = []
    with httpx.Client(
        base_url=f"http://127.0.0.1:{gateway.port}",
        headers={"Authorization": f"Bearer {gateway.token}"},
    ) as http:
        for number in range(size.waits + len(paths)):
            began = perf_counter()
            http.get(paths[number % len(paths)]).raise_for_status()
            taken.append((perf_counter() - began) * 1000)
    taken = sorted(taken[len(paths) :])
    found = taken[int(len(taken) * 0.99)]
    return Figure(round(found, 1), _LIMIT, round(found / _LIMIT, 3), len(taken))


def summaries(engine: str, stage: Stage, size: "Size") -> Figure:
    """Measure five acts with the summaries against the same without, milliseconds for each act."""
    url = stage.database(engine)
    number = max(_AT_ONCE, size.deliveries // 4)
    return run(_summaries(url, number, size.rounds))


async def _summaries(url: str, number: int, rounds: int) -> Figure:
    async with open_database(url) as database:
        await database.transact(load_seed, SystemClock(), SystemActor("system:bench", ""))

        async def turn() -> float:
            began = perf_counter()
            lives = iter(range(number))
            await asyncio.gather(*(_live(database, lives) for _ in range(_AT_ONCE)))
            return (perf_counter() - began) * 1000 / (number * 5)

        kept, left_out = [], []
        for _ in range(rounds + 1):
            kept.append(await turn())
            with _uncounted():
                left_out.append(await turn())
    ours, floor = (sorted(side[1:])[rounds // 2] for side in (kept, left_out))
    return Figure(round(ours, 3), round(floor, 3), round(ours / floor, 3), number * 5 * rounds)


_CALLER = Caller("bench", AgencyCode("H38"), frozenset(Scope), "bench")
_OFFICER = Actor(ActorKind.OFFICER)
_COUNTER = Actor(ActorKind.COUNTER)
_numbers = count(1)


async def _live(database: Database, lives: Iterator[int]) -> None:
    """Take dossiers through their five usual acts, as long as there are lives left."""
    clock, cause = SystemClock(), Cause("", is_connected=True)
    said = DossierIn.model_validate_json(json.dumps(dict(DOSSIER)))
    draft = Draft(None, said.filing())
    for _ in lives:
        dossier = await database.transact(submit, clock, _CALLER, draft=draft, cause=cause)
        officer, counter = (Order(dossier.code, one, cause) for one in (_OFFICER, _COUNTER))
        if dossier.filing.channel.value == "online":
            await database.transact(deciding.accept, clock, _CALLER, counter, None)
        await database.transact(deciding.forward, clock, _CALLER, officer, "Phòng chuyên môn")
        await database.transact(ending.finish, clock, _CALLER, officer, ())
        delivery = Delivery(ReturnWay.COUNTER)
        await database.transact(ending.return_result, clock, _CALLER, counter, delivery)


@contextmanager
def _uncounted() -> Iterator[None]:
    """Let acts leave the summaries out: what they would cost without."""

    def as_it_is(_connection: Connection, _rules: object, dossier: Dossier, *_: Step) -> Dossier:
        return dossier

    def plain_save(
        connection: Connection, _rules: object, _before: Dossier, after: Dossier, *_: Step
    ) -> Dossier:
        store.save(connection, after, {})
        return after

    others: list[tuple[Any, str, Any]] = [
        (submitting, "remeasured", as_it_is),
        (submitting, "change_of", lambda *_: {}),
        (acting, "save", plain_save),
    ]
    kept = [(module, name, getattr(module, name)) for module, name, _ in others]
    for module, name, other in others:
        setattr(module, name, other)
    try:
        yield
    finally:
        for module, name, own in kept:
            setattr(module, name, own)


def get(path: str, headers: Mapping[str, str]) -> bytes:
    """Return the bytes of a GET."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


_ENGINES = ("sqlite", "postgresql")
MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    **{f"status-tracking-{one}": partial(tracking, one) for one in _ENGINES},
    **{f"status-statistics-{one}": partial(statistics, one) for one in _ENGINES},
    **{f"status-coverage-{one}": partial(coverage, one) for one in _ENGINES},
    **{f"status-summaries-{one}": partial(summaries, one) for one in _ENGINES},
}
"""`python -m tests.bench status` takes them all."""

AIMS = {
    **{f"status-tracking-{one}": ">= .15" for one in _ENGINES},
    **{f"status-statistics-{one}": "<= 1" for one in _ENGINES},
    **{f"status-coverage-{one}": "<= 1" for one in _ENGINES},
    **{f"status-summaries-{one}": "<= 1.15" for one in _ENGINES},
}
