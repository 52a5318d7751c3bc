"""HTTP: a validated POST against a bare one, and a durable POST against the raw driver."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.processes import Processes
from app.cli.staging import Province
from app.platform.ids import new_id
from tests.bench.load import post, rate
from tests.bench.report import Figure, figure
from tests.builders import a_dossier

CONNECTIONS = 32
ROUNDS = 3


def _headers(token: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {token}",
        "Idempotency-Key": new_id(),
    }


def submissions(path: str, token: str, number: int) -> list[bytes]:
    """Return POSTs of one dossier each, with keys of their own."""
    body = json.dumps(a_dossier(), ensure_ascii=False).encode()
    return [post(path, body, _headers(token)) for _ in range(number)]


@contextmanager
def servers(folder: Path, env: dict[str, str]) -> Iterator[dict[str, int]]:
    """Run the validating gateway and the bare application; give their ports."""
    with Processes(folder) as processes:
        ports = {}
        for name in ("validating", "bare"):
            process = processes.start(name, ["tests.bench.servers", name], env)
            ports[name] = int(process.wait_ready().rpartition(":")[2])
        yield ports


async def validated(ports: dict[str, int], token: str, number: int) -> Figure:
    """Measure the validated POST without storage against a raw ASGI POST."""
    ours, floor = [], []
    for _ in range(ROUNDS):
        requests = submissions("/bench/validated", token, number)
        ours.append(await rate(ports["validating"], requests, connections=CONNECTIONS))
        floor.append(await rate(ports["bare"], requests, connections=CONNECTIONS))
    return figure(ours, floor, number * ROUNDS)


async def durable(province: Province, token: str, number: int) -> float:
    """Return durable submissions per second of a running gateway."""
    port = int(province.url.rpartition(":")[2])
    requests = submissions("/v1/dossiers", token, number)
    return await rate(port, requests, connections=CONNECTIONS)
