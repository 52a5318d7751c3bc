"""Work with the pretend portal: ours by its own code, and the floor by a bare client."""

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Self

import httpx
from httpx_aiohttp import AiohttpTransport
from pydantic import SecretStr
from sqlalchemy import Connection

from app.access.domain import Caller, Scope
from app.catalogue.sync.procedures import ProcedureSync, SyncTerms
from app.catalogue.use_cases import load_seed
from app.codes import AgencyCode
from app.dossiers import sync, use_cases
from app.dossiers.domain.dossier import Step
from app.dossiers.domain.statuses import Status
from app.dossiers.schemas.incoming import DossierIn
from app.dossiers.use_cases import Cause, Draft
from app.evidence.domain import SystemActor
from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.portal import DvcqgAccount
from app.exchange.dvcqg.wire import FindDossier, GetProcedure, PushDossiers, PushProgress
from app.exchange.messages import Handler, Message
from app.exchange.outcomes import Delivered, Outcome
from app.exchange.relay import Relay, Terms
from app.exchange.transport import build_client
from app.platform.clock import SystemClock
from app.platform.database import Database, open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.bench.report import Turn
from tests.bench.stage import DOSSIER

_CLOCK = SystemClock()
_TERMS = Terms.of(Settings(), worker="bench")
_READS_AT_ONCE = 8
"""As many as the synchronisation of procedures has under way."""

_USER, _PASSWORD, _AGENCY = "mock-province", "mock-password-of-the-portal", "H38"
_ACTOR = SystemActor("system:bench", _AGENCY)
_CALLER = Caller("bench", AgencyCode(_AGENCY), frozenset(Scope), "bench")
_CAUSE = Cause("bench", is_connected=True)
_STEP = 50
"""Dossiers owed in one transaction."""

_CODE = "H38.12-261102-0000000"
Sample = tuple[dict[str, Any], list[dict[str, Any]]]
"""A dossier's facts, and those of its steps."""

Call = FindDossier | PushDossiers | PushProgress | GetProcedure


def portal(http: httpx.AsyncClient, port: int) -> DvcqgClient:
    """Return our client of the mock."""
    account = DvcqgAccount(_USER, SecretStr(_PASSWORD), _AGENCY)
    address = DvcqgAddress(f"http://127.0.0.1:{port}", None, None, None)
    return DvcqgClient(http, address=address, account=account)


async def synchronised(database_url: str, port: int, number: int) -> Turn:
    """Take the national procedures over into an empty catalogue, all that there are."""
    async with open_database(database_url) as database, _client() as http:
        taking = ProcedureSync(portal(http, port), database, _CLOCK, SyncTerms(None, 1))
        began = time.perf_counter()
        found = await taking.run(_ACTOR)
        seconds = time.perf_counter() - began
    assert len(found.new) == number, f"{len(found.new)} procedures came, not {number}"
    return Turn(number, seconds)


async def procedures_read(port: int) -> Turn:
    """Read every procedure by a bare client, without looking at what comes."""
    async with _Bare(port) as bare:
        began = time.perf_counter()
        listed = (await bare.ask({"service": "LayDanhSachTTHC"}))["result"]
        calls = [[GetProcedure(procedure_code=row["MATTHC"])] for row in listed]
        await bare.call_all(calls, at_once=_READS_AT_ONCE)
        return Turn(len(listed), time.perf_counter() - began)


class Owing:
    """Owes the portal dossiers with their progress, as acts do; that is not measured."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._sample: Sample | None = None

    def owe(self, number: int) -> None:
        """Have so many dossiers filed, accepted and forwarded."""
        asyncio.run(self._owe(number))

    async def _owe(self, number: int) -> None:
        async with open_database(self._url) as database:
            if self._sample is None:
                await database.transact(load_seed, _CLOCK, _ACTOR)
            for begun in range(0, number, _STEP):
                self._sample = await database.transact(_owed, min(_STEP, number - begun))

    def scripts(self, numbers: Iterable[int]) -> list[list[Call]]:
        """Return the three calls for each of so many further dossiers of the same size."""
        assert self._sample is not None
        facts, steps = self._sample
        return [_script(facts | {"code": f"{_CODE[:-7]}{one:07}"}, steps) for one in numbers]


def _owed(connection: Connection, number: int) -> Sample:
    """Owe so many dossiers; return the last one as the portal shall have it, with its steps."""
    return [_filed(connection) for _ in range(number)][-1]


def _filed(connection: Connection) -> Sample:
    filing = DossierIn.model_validate_json(json.dumps(DOSSIER)).filing()
    dossier = use_cases.submit(connection, _CLOCK, _CALLER, draft=Draft(None, filing), cause=_CAUSE)
    steps = [_step(status) for status in (Status.REGISTERED, Status.ACCEPTED, Status.PROCESSING)]
    for step in steps[1:]:
        use_cases.report(connection, _CLOCK, _CALLER, code=dossier.code, step=step, cause=_CAUSE)
    facts = dossier.facts() | {"status": Status.PROCESSING.value}
    return facts, [step.facts() for step in steps]


def _step(status: Status) -> Step:
    return Step(status, _CLOCK.now(), "Trần Văn Ví Dụ", status.label)


def _script(facts: dict[str, Any], steps: Sequence[dict[str, Any]]) -> list[Call]:
    code = facts["code"]
    return [
        FindDossier(dossier_code=code),
        PushDossiers(is_updating="False", dossiers=(sync.record_of(facts),)),
        PushProgress(rows=tuple(sync.row_of(code, step) for step in steps)),
    ]


async def pushed(database_url: str, port: int, number: int) -> Turn:
    """Have the relay push what is owed for so many dossiers, and settle it."""
    async with open_database(database_url) as database, _client() as http:
        pushing = _Pushing(portal(http, port), number)
        relay = _relay(database, pushing.handlers)
        began = time.perf_counter()
        await relay.run(pushing.finished)
        return Turn(number, time.perf_counter() - began)


async def called(port: int, scripts: Sequence[Sequence[Call]]) -> Turn:
    """Make the same calls by a bare client, as many at once as the relay."""
    async with _Bare(port) as bare:
        return await bare.call_all(scripts, at_once=_TERMS.concurrency)


class _Pushing:
    """Our own delivering; `finished` once so many dossiers have been delivered."""

    def __init__(self, client: DvcqgClient, number: int) -> None:
        self.finished = asyncio.Event()
        ((topic, ours),) = sync.handlers(client).items()
        self._send = ours.send
        self._left = number * 3
        self.handlers = {topic: Handler(self.send, ours.settle, ours.batch)}

    async def send(self, messages: Sequence[Message]) -> Outcome:
        outcome = await self._send(messages)
        if isinstance(outcome, Delivered):
            self._left -= len(messages)
            if self._left <= 0:
                self.finished.set()
        return outcome


class _Bare:
    """A client that sends bytes and waits for the answer."""

    def __init__(self, port: int) -> None:
        self._http = httpx.AsyncClient(transport=AiohttpTransport(), timeout=60)
        self._url = f"http://127.0.0.1:{port}/mapi"
        self._session = ""

    async def __aenter__(self) -> Self:
        login = {"username": _USER, "password": _PASSWORD}
        answer = await self._http.post(f"{self._url}/login", json=login)
        self._session = answer.raise_for_status().json()["session"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, call: dict[str, Any]) -> Any:
        return json.loads(await self._post(self._bytes(call)))

    async def call_all(self, scripts: Sequence[Sequence[Call]], *, at_once: int) -> Turn:
        """Make the calls of each script one after the other, many scripts at once."""
        left = iter([[self._bytes(call.model_dump()) for call in script] for script in scripts])

        async def work() -> None:
            for script in left:
                for body in script:
                    answer = await self._post(body)
                    assert b'"error_code":0' in answer, answer[:200]

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(at_once)))
        return Turn(len(scripts), time.perf_counter() - began)

    def _bytes(self, call: dict[str, Any]) -> bytes:
        body = {"session": self._session, "madonvi": _AGENCY, **call}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    async def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        answer = await self._http.post(f"{self._url}/g", content=body, headers=headers)
        return answer.raise_for_status().content


def _client() -> httpx.AsyncClient:
    return build_client(timeout=timedelta(seconds=60))


def _relay(database: Database, handlers: dict[str, Handler]) -> Relay:
    return Relay(database, _CLOCK, handlers, terms=_TERMS, metrics=Metrics())
