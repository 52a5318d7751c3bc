"""Who may block a version, when, and how soon every process knows of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.main import create_app
from app.platform.settings import Settings
from tests.broker.shared import SOMEBODY, address, consumer, done, granted, published, registered
from tests.gateway import Api, Gateway

WITHIN = 0.25
WHY = {"reason": "Đang đối soát"}
QUESTION = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"broker_register_seconds": WITHIN})


@pytest.fixture
def other(settings: Settings, province: Gateway) -> Iterator[Gateway]:
    """A second process's application over the same database, with the same clock."""
    app = create_app(settings, clock=province.clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Gateway(http, settings, province.clock)


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
