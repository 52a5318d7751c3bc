from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from starlette.testclient import TestClient

from app.exchange import heartbeat, outbox
from app.exchange.messages import Owed
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.gateway import Gateway


@pytest.fixture
def shallow(settings: Settings, clock: FrozenClock) -> Iterator[Gateway]:
    """A gateway that calls an outbox of two messages deep."""
    few = settings.model_copy(update={"ready_outbox_depth": 1})
    with TestClient(create_app(few, clock=clock)) as http:
        yield Gateway(http, few, clock)


def owe(connection: Connection, clock: FrozenClock, number: int) -> None:
    message = Owed(f"message-{number}", "dossiers.sync", f"dossier:{number}", {})
    outbox.enqueue(connection, clock, message)


def answer(gateway: Gateway) -> tuple[int, str, list[str]]:
    found = gateway.http.get("/readyz")
    return found.status_code, found.json()["status"], found.json()["reasons"]


def test_without_a_worker_it_is_degraded_and_serves(gateway: Gateway) -> None:
    assert answer(gateway) == (200, "degraded", ["worker-silent"])


def test_with_a_living_worker_it_is_ready(gateway: Gateway) -> None:
    gateway.transact(heartbeat.beat, gateway.clock, worker_id="w")
    assert answer(gateway) == (200, "ready", [])


def test_a_worker_that_fell_silent_is_named(gateway: Gateway) -> None:
    gateway.transact(heartbeat.beat, gateway.clock, worker_id="w")
    gateway.clock.advance(timedelta(seconds=gateway.settings.ready_worker_seconds + 1))
    assert answer(gateway) == (200, "degraded", ["worker-silent"])


def test_a_deep_outbox_is_named(shallow: Gateway) -> None:
    shallow.transact(heartbeat.beat, shallow.clock, worker_id="w")
    shallow.transact(owe, shallow.clock, 1)
    assert answer(shallow) == (200, "ready", [])
    shallow.transact(owe, shallow.clock, 2)
    assert answer(shallow) == (200, "degraded", ["outbox-deep"])


def test_a_database_that_is_behind_is_unavailable(gateway: Gateway) -> None:
    gateway.transact(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    assert answer(gateway) == (503, "unavailable", ["migrations-behind"])


def test_a_database_out_of_reach_is_unavailable(settings: Settings, clock: FrozenClock) -> None:
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    if settings.database_url.startswith("sqlite"):
        away = "sqlite:////nowhere/lgsp.db"
    elsewhere = settings.model_copy(update={"database_url": away})
    with TestClient(create_app(elsewhere, clock=clock)) as http:
        assert answer(Gateway(http, elsewhere, clock)) == (
            503, "unavailable", ["database-unreachable"],
        )  # fmt: skip


def test_liveness_asks_nobody(settings: Settings, clock: FrozenClock) -> None:
    away = settings.model_copy(update={"database_url": "sqlite:////nowhere/lgsp.db"})
    with TestClient(create_app(away, clock=clock)) as http:
        assert http.get("/livez").json() == {"status": "alive"}


def test_metrics_count_routes_and_never_ids(gateway: Gateway) -> None:
    gateway.http.get("/problems/not-found")
    gateway.http.get("/v1/public-services/dossiers/H38.12-261102-0007")
    shown = gateway.http.get("/metrics").text
    assert (
        'lgsp_http_requests_total{method="GET",route="/problems/{slug}",status="200"} 1.0' in shown
    )
    assert "H38.12-261102-0007" not in shown


def test_metrics_tell_how_much_is_owed(gateway: Gateway) -> None:
    gateway.transact(owe, gateway.clock, 1)
    assert 'lgsp_outbox_messages{state="owed"} 1.0' in gateway.http.get("/metrics").text
