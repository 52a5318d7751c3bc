"""Who may block a version, when, and how soon every process knows of it."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.access.guard import Gatekeeper
from app.main import create_app
from app.platform.settings import Settings
from tests.broker.pair import CONSUMER, Pair
from tests.broker.shared import SOMEBODY, address, consumer, done, granted, published, registered
from tests.conftest import Tell
from tests.gateway import Api, Gateway

WITHIN = 0.25
WHY = {"reason": "Đang đối soát"}
QUESTION = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}

CALL = "/apiDatDai/1.0/thuaDat/1"
NOBODY_THERE = [{"url": "http://127.0.0.1:1"}]
UNREACHED, BLOCKED = 101503, 700700


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"broker_register_seconds": WITHIN, "upstream_networks": ("127.0.0.0/8",)}
    )


@pytest.fixture
def other(settings: Settings, province: Gateway) -> Iterator[Gateway]:
    """A second process's application over the same database, with the same clock."""
    app = create_app(settings, clock=province.clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Gateway(http, settings, province.clock)


def consumer_at(gateway: Gateway) -> Api:
    """Return the consumer as it calls one process."""
    gatekeeper: Gatekeeper = gateway.http.app.state.gatekeeper  # type: ignore[attr-defined]
    return Api(gateway.http, gatekeeper.tokens.issue(CONSUMER, CONSUMER.scopes))


def code_of(api: Api) -> int:
    """Return the code of the fault that a call is answered with."""
    return int(api.get(CALL).json()["fault"]["code"])


def may_call(api: Api) -> bool:
    return code_of(api) != BLOCKED


@pytest.mark.parametrize("move", ["blocking", "unblocking"])
def test_it_is_for_the_services_own_people(province: Gateway, keeper: Api, move: str) -> None:
    path = f"{address(published(keeper))}/{move}"
    body = WHY if move == "blocking" else {}
    assert province.http.post(path, json=body).status_code == 401
    assert province.client("H38", Scope.GRANT_SERVICES).post(path, json=body).status_code == 403
    assert province.client("H38.21").post(path, json=body).status_code == 404
    assert keeper.post(path, json={"why": "x"}).status_code == 422


def test_a_reason_is_wanted(keeper: Api) -> None:
    made = published(keeper)
    for body in ({}, {"reason": ""}):
        assert keeper.post(f"{address(made)}/blocking", json=body).status_code == 422


def test_only_what_is_served_is_blocked_and_only_once(keeper: Api) -> None:
    made = registered(keeper)
    path = address(made)
    assert keeper.post(f"{path}/blocking", json=WHY).status_code == 409
    done(keeper, f"{path}/publication", {})
    assert keeper.post(f"{path}/unblocking", json={}).status_code == 409
    done(keeper, f"{path}/blocking", WHY)
    again = keeper.post(f"{path}/blocking", json=WHY)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/forbidden-service-move")
    done(keeper, f"{path}/deprecation", {"retires_on": "2027-01-01"})
    assert done(keeper, f"{path}/unblocking", {})["state"] == "deprecated"
    done(keeper, f"{path}/retirement", {})
    assert keeper.post(f"{path}/blocking", json=WHY).status_code == 409


def test_a_repeat_with_its_key_is_answered_as_the_first(keeper: Api) -> None:
    path = f"{address(published(keeper))}/blocking"
    first, again = (keeper.post(path, json=WHY, key="k-1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


def test_everybody_who_sees_it_reads_why(province: Gateway, keeper: Api) -> None:
    made = published(keeper)
    done(keeper, f"{address(made)}/blocking", WHY)
    seen = province.client("H38.21").get(address(made)).json()
    assert (seen["block_reason"], seen["upstreams"]) == (WHY["reason"], None)


def test_another_process_refuses_once_its_copy_is_as_old_as_it_may_be(
    province: Gateway, keeper: Api, other: Gateway
) -> None:
    made = published(keeper)
    granted(keeper, consumer(province))
    there = other.client("H38")

    def reasons() -> list[str | None]:
        path = "/v1/services/land/explanation"
        return [one.post(path, json=QUESTION).json()["reason"] for one in (keeper, there)]

    assert reasons() == [None, None]
    done(keeper, f"{address(made)}/blocking", WHY)
    assert reasons() == ["blocked", None]
    province.clock.advance(timedelta(seconds=WITHIN))
    assert reasons() == ["blocked", "blocked"]
    done(keeper, f"{address(made)}/unblocking", {})
    province.clock.advance(timedelta(seconds=WITHIN))
    assert reasons() == [None, None]


def test_a_call_on_the_wire_is_refused_there_too(
    province: Gateway, keeper: Api, other: Gateway
) -> None:
    made = published(keeper, upstreams=NOBODY_THERE)
    granted(keeper, consumer(province))
    here, there = (consumer_at(one) for one in (province, other))
    assert (code_of(here), code_of(there)) == (UNREACHED, UNREACHED)
    done(keeper, f"{address(made)}/blocking", WHY)
    assert (code_of(here), code_of(there)) == (BLOCKED, UNREACHED)
    province.clock.advance(timedelta(seconds=WITHIN))
    assert code_of(there) == BLOCKED
    done(keeper, f"{address(made)}/unblocking", {})
    province.clock.advance(timedelta(seconds=WITHIN))
    assert (code_of(here), code_of(there)) == (UNREACHED, UNREACHED)


def test_a_blocked_version_stops_in_both_processes(pair: Pair, tell: Tell) -> None:
    first = pair.apis[0]
    made = published(first, upstreams=NOBODY_THERE)
    granted(first, SOMEBODY)
    # What the second process holds is older than the grant for a moment at most.
    while [code_of(one) for one in pair.callers] != [UNREACHED, UNREACHED]:
        continue

    def block() -> None:
        done(first, f"{address(made)}/blocking", WHY)

    seen = pair.watch([partial(may_call, one) for one in pair.callers], block)
    for number, one in enumerate(seen):
        tell(f"process {number}: first 700700 {one.refused_at:.3f} s after the block's answer")
    assert [code_of(one) for one in pair.callers] == [BLOCKED, BLOCKED]
