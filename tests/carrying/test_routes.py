"""Which upstreams are called: the order of connection chooses, and fails over to its next route."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.broker.domain.service import RouteOrder, Upstream, Via
from tests.carrying.offering import a_client, a_service, allow, change, offer
from tests.carrying.raw import Raw, always, speaking
from tests.gateway import Gateway

PATH = "/apiCSDLDKDN/1.0/x"
DOWN = "http://127.0.0.1:1"


@pytest.fixture
def lgsp() -> Iterator[Raw]:
    with speaking(always("200 OK", b"lgsp")) as found:
        yield found


@pytest.fixture
def ngsp() -> Iterator[Raw]:
    with speaking(always("200 OK", b"ngsp")) as found:
        yield found


@pytest.mark.parametrize(
    ("route", "told"),
    [
        (RouteOrder.LGSP_NGSP, "lgsp"),
        (RouteOrder.LGSP, "lgsp"),
        (RouteOrder.NGSP, "ngsp"),
        (RouteOrder.DIRECT, "direct"),
    ],
)
def test_the_order_of_connection_chooses_and_takes_effect_at_once(
    knowing: Gateway, lgsp: Raw, ngsp: Raw, route: RouteOrder, told: str
) -> None:
    with speaking(always("200 OK", b"direct")) as direct:
        places = (
            Upstream(direct.url, via=Via.DIRECT),
            Upstream(ngsp.url, via=Via.NGSP),
            Upstream(lgsp.url, order=9, via=Via.LGSP),
        )
        service = a_service("", upstreams=places, route=RouteOrder.DIRECT)
        number = offer(knowing, service)
        client_id, api = a_client(knowing)
        allow(knowing, number, service, client_id)
        assert api.get(PATH).text == "direct"
        change(knowing, number, replace(service, route=route))
        assert {api.get(PATH).text for _ in range(3)} == {told}


def test_with_two_routes_a_safe_call_goes_by_the_second_when_the_first_fails(
    knowing: Gateway, ngsp: Raw
) -> None:
    places = (Upstream(DOWN, via=Via.LGSP), Upstream(ngsp.url, via=Via.NGSP))
    service = a_service("", upstreams=places)
    number = offer(knowing, service)
    client_id, api = a_client(knowing)
    allow(knowing, number, service, client_id)
    assert api.get(PATH).text == "ngsp"
    change(knowing, number, replace(service, route=RouteOrder.LGSP))
    assert api.get(PATH).status_code == 503
    assert len(ngsp.heard) == 1


def test_every_call_goes_by_the_second_while_the_first_is_left_alone_and_back_when_it_answers(
    knowing: Gateway, ngsp: Raw
) -> None:
    with speaking(always("200 OK", b"lgsp")) as lgsp:
        there = lgsp.url
    places = (Upstream(there, via=Via.LGSP), Upstream(ngsp.url, via=Via.NGSP))
    service = a_service("", upstreams=places)
    number = offer(knowing, service)
    client_id, api = a_client(knowing)
    allow(knowing, number, service, client_id)
    assert [api.post(PATH).status_code for _ in range(6)] == [503] * 5 + [200]
    assert api.post(PATH).text == "ngsp"
    with speaking(always("200 OK", b"lgsp"), port=lgsp.port):
        assert api.post(PATH).text == "ngsp", "not yet time"
        knowing.clock.advance(timedelta(seconds=10))
        assert [api.post(PATH).text for _ in range(2)] == ["lgsp"] * 2


def test_orders_and_weights_count_within_a_route() -> None:
    places = (
        Upstream("https://n0.vn", via=Via.NGSP),
        Upstream("https://l1.vn", order=1, via=Via.LGSP),
        Upstream("https://any.vn", weight=2),
        Upstream("https://d.vn", via=Via.DIRECT),
    )
    service = a_service("", upstreams=places)
    called = [(one.url, one.weight, one.order) for one in service.reached]
    assert called == [
        ("https://n0.vn", 1, 10), ("https://l1.vn", 1, 1), ("https://any.vn", 2, 0)
    ]  # fmt: skip
    alone = replace(service, route=RouteOrder.DIRECT)
    assert {one.url for one in alone.reached} == {"https://d.vn", "https://any.vn"}


def test_health_tells_which_addresses_are_called(knowing: Gateway, lgsp: Raw, ngsp: Raw) -> None:
    places = (Upstream(lgsp.url, via=Via.LGSP), Upstream(ngsp.url, via=Via.NGSP))
    offer(knowing, a_service("", upstreams=places, route=RouteOrder.NGSP))
    answer = knowing.client("H38").get("/v1/services/enterprises/health")
    [version] = answer.json()["versions"]
    assert version["route"] == "ngsp"
    seen = [(one["via"], one["is_called"]) for one in version["upstreams"]]
    assert seen == [("lgsp", False), ("ngsp", True)]
