"""The measurements by name, and how large they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.bench import relaying, waking
from tests.bench.load import rate
from tests.bench.report import Figure, in_turns
from tests.bench.rows import Copies, driver_of, written
from tests.bench.stage import CONNECTIONS, Stage, run


@dataclass(frozen=True, slots=True)
class Size:
    """How many turns, and how many things in each."""

    rounds: int
    posts: int
    submissions: int
    deliveries: int
    wakings: int


FULL = Size(rounds=7, posts=2_000, submissions=1_000, deliveries=1_500, wakings=1_500)
QUICK = Size(rounds=1, posts=100, submissions=50, deliveries=100, wakings=50)


def validated(stage: Stage, size: Size) -> Figure:
    """Measure a validated POST without storage against a raw ASGI POST, in answers per second."""
    ours = stage.validating()
    bare = stage.serve("bare", {})

    def turn(port: int) -> float:
        requests = ours.submissions("/bench/validated", size.posts)
        return run(rate(port, requests, connections=CONNECTIONS))

    return in_turns(
        partial(turn, ours.port), partial(turn, bare), rounds=size.rounds, each=size.posts
    )


def durable(engine: str, stage: Stage, size: Size) -> Figure:
    """Measure durable submissions against the same rows by the raw driver, per second."""
    gateway = stage.gateway(engine)
    driver = driver_of(gateway.database_url)

    def submit(number: int) -> float:
        requests = gateway.submissions("/v1/dossiers", number)
        return run(rate(gateway.port, requests, connections=min(CONNECTIONS, number)))

    submit(1)
    before = run(driver.snapshot())
    submit(1)
    copies = Copies(written(before, run(driver.snapshot())), driver.sign)
    return in_turns(
        lambda: submit(size.submissions),
        lambda: run(driver.commit([copies.next() for _ in range(size.submissions)])),
        rounds=size.rounds,
        each=size.submissions,
    )


def relay(engine: str, stage: Stage, size: Size) -> Figure:
    """Measure the relay's deliveries against a bare client's POSTs, per second."""
    url = stage.database(engine)
    port = stage.serve("bare", {})
    return in_turns(
        lambda: run(relaying.deliveries(url, port, size.deliveries)),
        lambda: run(relaying.posts(port, size.deliveries)),
        rounds=size.rounds,
        each=size.deliveries,
    )


def wake(engine: str, stage: Stage, size: Size) -> Figure:
    """Measure how long a committed dossier waits for its first attempt, p99 in milliseconds."""
    return run(waking.waits(stage.gateway(engine), size.wakings))


MEASUREMENTS: Mapping[str, Callable[[Stage, Size], Figure]] = {
    "validated": validated,
    "durable-sqlite": partial(durable, "sqlite"),
    "durable-postgresql": partial(durable, "postgresql"),
    "relay-sqlite": partial(relay, "sqlite"),
    "relay-postgresql": partial(relay, "postgresql"),
    "wake-sqlite": partial(wake, "sqlite"),
    "wake-postgresql": partial(wake, "postgresql"),
}
