"""The measurements by name, and how large they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.bench import (
    broker,
    documents,
    dossiers,
    facade,
    passing_on,
    relaying,
    status,
    waking,
)
from tests.bench.load import hurry
from tests.bench.report import Figure, Turn, in_turns
from tests.bench.rows import against_driver
from tests.bench.stage import CONNECTIONS, Stage, run


@dataclass(frozen=True, slots=True)
class Size:
    """How many turns, how many seconds and things one may take, and how many waits are seen."""

    rounds: int
    seconds: float
    posts: int
    submissions: int
    deliveries: int
    waits: int


FULL = Size(rounds=5, seconds=2.5, posts=15_000, submissions=6_000, deliveries=800, waits=500)
QUICK = Size(rounds=1, seconds=0.5, posts=50, submissions=50, deliveries=50, waits=50)


def validated(stage: Stage, size: Size) -> Figure:
    """Measure a validated POST without storage against a raw ASGI POST, in answers per second."""
    ours = stage.validating()
    bare = stage.serve("bare", {})

    def turn(port: int) -> Turn:
        requests = ours.submissions(size.posts)
        return run(hurry(port, requests, connections=CONNECTIONS, within=size.seconds))

    return in_turns(partial(turn, ours.port), partial(turn, bare), rounds=size.rounds)


def durable(engine: str, stage: Stage, size: Size) -> Figure:
    """Measure durable submissions against the same rows by the raw driver, per second."""
    gateway = stage.gateway(engine)

    def submit(number: int, connections: int) -> Turn:
        requests = gateway.submissions(number)
        return run(hurry(gateway.port, requests, connections=connections, within=size.seconds))

    return against_driver(gateway.database_url, submit, size)


def relay(engine: str, stage: Stage, size: Size) -> Figure:
    """Measure the relay's deliveries against a bare client's POSTs, per second."""
    url = stage.database(engine)
    port = stage.serve("bare", {})
    return in_turns(
        lambda: run(relaying.deliveries(url, port, size.deliveries)),
        lambda: run(relaying.posts(port, size.deliveries)),
        rounds=size.rounds,
    )


def wake(engine: str, stage: Stage, size: Size) -> Figure:
    """Measure how long a committed dossier waits for its first attempt, p99 in milliseconds."""
    return run(waking.waits(stage.gateway(engine), size.waits))


MEASUREMENTS: Mapping[str, Callable[[Stage, Size], Figure]] = {
    "validated": validated,
    "durable-sqlite": partial(durable, "sqlite"),
    "durable-postgresql": partial(durable, "postgresql"),
    "relay-sqlite": partial(relay, "sqlite"),
    "relay-postgresql": partial(relay, "postgresql"),
    "wake-sqlite": partial(wake, "sqlite"),
    "wake-postgresql": partial(wake, "postgresql"),
    **broker.MEASUREMENTS,
    **documents.MEASUREMENTS,
    **dossiers.MEASUREMENTS,
    **facade.MEASUREMENTS,
    **passing_on.MEASUREMENTS,
    **status.MEASUREMENTS,
}
