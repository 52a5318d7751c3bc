"""Processes die at random while clients submit; nothing acknowledged is lost, twice or late."""

import asyncio
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, func, select

from app.access.use_cases.systems import Connecting, register
from app.codes import AgencyCode
from app.exchange.tables import outbox
from app.facades.vxp.envelope import ADAPTER
from app.platform.clock import SystemClock
from app.platform.database import Database, open_database
from app.platform.sealing import sealer_of
from app.platform.settings import Settings
from tests.bench.packets import HERE, SECRETS, sending_headers
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.e2e.patient import Count, PatientClient
from tests.e2e.stage import MakeStage, Stage
from tests.gateway import transact

CLIENTS = 16
MOVES = ("accepted", "processing", "finished")
CODES = {"accepted": "2", "processing": "4", "finished": "9"}
DOCUMENT_ID = "000.00.12.H38,2026/03/02,{}/SKTDL-VP"
PACKET = Path(__file__).resolve().parents[2] / "openapi" / "messages" / "edoc_new.edxml"


@dataclass(slots=True)
class Ledger:
    """What was acknowledged."""

    dossiers: dict[str, list[str]] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    by_wire: int = 0
    killed: list[str] = field(default_factory=list)
    count: Count = field(default_factory=Count)


def unsettled(connection: Connection) -> int:
    found = select(func.count()).where(outbox.c.state.in_(("owed", "parked")))
    return int(connection.execute(found).scalar_one())


def leased(connection: Connection) -> int:
    found = select(func.count()).where(
        outbox.c.state == "owed", outbox.c.claimed_until.is_not(None)
    )
    return int(connection.execute(found).scalar_one())


async def submit_forever(
    client: PatientClient, ledger: Ledger, numbers: Callable[[], int], ending: asyncio.Event
) -> None:
    while not ending.is_set():
        made = await client.create("/v1/dossiers", json=a_dossier(channel="online"))
        if made is None:
            return
        moved = ledger.dossiers.setdefault(made["code"], [])
        for status in MOVES:
            path = f"/v1/dossiers/{made['code']}/progress"
            if await client.create(path, json={"status": status}) is not None:
                moved.append(status)
        await send(client, ledger, numbers)


async def send(client: PatientClient, ledger: Ledger, numbers: Callable[[], int]) -> None:
    """Send one document by either door."""
    xml = {"Content-Type": "application/xml"}
    sent = await client.create("/v1/documents", xml, content=one_recipient(numbers()))
    if sent is not None:
        ledger.documents.append(sent["document_id"])
    number = numbers()
    packet = one_recipient(number)
    path, headers = f"{ADAPTER}/sendEdoc", sending_headers([packet])
    told = await client.create(path, headers, content=packet + b"\r\n")
    if told is not None and told["status"] == "OK":
        ledger.documents.append(DOCUMENT_ID.format(number))
        ledger.by_wire += 1
    elif told is not None:
        ledger.count.refused.append(str(told))


def connect(stage: Stage) -> None:
    """Connect the system whose software sends by the document axis's own wire."""
    env = stage.province.env
    url, key = env["LGSP_DATABASE_URL"], Path(env["LGSP_ENCRYPTION_KEY_FILE"])
    sealer = sealer_of(Settings(database_url=url, encryption_key_file=key))
    assert sealer is not None
    asked = Connecting(HERE, AgencyCode("H38"), AgencyCode("H38"))
    secret = SecretStr(SECRETS[HERE])
    transact(url, register, SystemClock(), sealer, asked=asked, secret=secret)


def one_recipient(number: int) -> bytes:
    """Return the sample with another number, to the nation only."""
    text = PACKET.read_text(encoding="utf-8")
    start = text.index("<edXML:To>", text.index("</edXML:To>"))
    end = text.index("</edXML:To>", start) + len("</edXML:To>")
    text = text[:start] + text[end:]
    text = text.replace("<edXML:CodeNumber>42<", f"<edXML:CodeNumber>{number}<")
    return text.replace(",42/SKTDL-VP", f",{number}/SKTDL-VP").encode()


async def kill_at_random(
    stage: Stage, database: Database, client: PatientClient, kills: int, chance: random.Random
) -> list[str]:
    """Kill gateway or worker so many times, each with a request or a lease under way.

    If several processes serve, one of them is killed, and somebody else begins it again.
    """
    told = []
    for _ in range(kills):
        kind = chance.choice(("gateway", "worker"))
        is_one = kind == "gateway" and stage.gateways > 1
        async with asyncio.timeout(60):
            enough = client.count.acknowledged + chance.randrange(10, 60)
            await client.has_acknowledged(enough)
            while True:
                busy = client.count.in_flight if kind == "gateway" else await database.read(leased)
                if busy:
                    break
                await asyncio.sleep(0)
        told.append(f"{kind} with {busy} in flight")
        if is_one:
            while not (pids := stage.gateway_pids()):
                await asyncio.sleep(0)
            os.kill(chance.choice(pids), signal.SIGKILL)
            continue
        stage.kill(kind)
        if kind == "gateway":
            client.reachable.clear()
            await asyncio.to_thread(stage.restart_gateway)
            client.reachable.set()
        else:
            await asyncio.to_thread(stage.restart_worker)
    return told


async def until_settled(database: Database) -> None:
    async with asyncio.timeout(120), database.listen() as waiter:
        while await database.read(unsettled):
            await waiter.wait(timedelta(seconds=0.2))


async def run(stage: Stage, kills: int, seed: int) -> Ledger:
    ledger, ending = Ledger(), asyncio.Event()
    counter = iter(range(1000, 10_000_000))
    url = stage.province.env["LGSP_DATABASE_URL"]
    token = await asyncio.to_thread(stage.token)
    async with (
        open_database(url, connections=2) as database,
        PatientClient(stage.province.url, token, ledger.count) as client,
        asyncio.TaskGroup() as tasks,
    ):
        for _ in range(CLIENTS):
            tasks.create_task(submit_forever(client, ledger, lambda: next(counter), ending))
        ledger.killed = await kill_at_random(stage, database, client, kills, random.Random(seed))
        ending.set()
    async with open_database(url, connections=2) as database:
        await until_settled(database)
    return ledger


@contextmanager
def asking_the_nation(stage: Stage) -> Iterator[Callable[..., Any]]:
    with httpx.Client(base_url=stage.nation.url, trust_env=False, timeout=30) as http:
        yield (
            lambda path, **query: (
                http.get(f"/_axis/v1/{path}", params=query).raise_for_status().json()
            )
        )


@pytest.mark.parametrize("gateways", [1, 2])
def test_nothing_acknowledged_is_lost(
    make_stage: MakeStage, request: pytest.FixtureRequest, tell: Tell, gateways: int
) -> None:
    kills = int(request.config.getoption("--kills"))
    seed = int(request.config.getoption("--seed") or random.SystemRandom().randrange(10**6))
    stage = make_stage(gateways, lease_seconds="3", max_body_bytes="1048576")
    connect(stage)
    slow = {"operation": "DongBoHoSoMC", "times": 1_000_000, "delay_ms": 20}
    httpx.post(f"{stage.nation.url}/_axis/v1/fail-next", json=slow, trust_env=False)
    ledger = asyncio.run(run(stage, kills, seed))
    with asking_the_nation(stage) as held_of:
        arrived = {code: held_of(f"dossiers/{code}") for code in ledger.dossiers}
        deliveries = [held_of("deliveries", document_id=name)["items"] for name in ledger.documents]
    repeated = sum(held["repeated"] for held in arrived.values())
    tell(f"seed {seed}; killed: {', '.join(ledger.killed)}")
    tell(
        f"acknowledged {ledger.count.acknowledged} requests: {len(ledger.dossiers)} dossiers, "
        f"{len(ledger.documents)} documents, {ledger.by_wire} of them by the axis's wire; "
        f"repeated by clients {ledger.count.repeated}; "
        f"arrived {len(arrived)} dossiers; progress rows repeated outward {repeated}"
    )
    assert ledger.count.refused == []
    assert ledger.by_wire
    for code, moved in ledger.dossiers.items():
        rows = [row["TrangThai"] for row in arrived[code]["progress"]]
        assert rows == ["1", *(CODES[status] for status in moved)]
    for held in deliveries:
        assert [one["to"] for one in held if one["messageType"] == "edoc"] == ["000.00.00.G22"]
