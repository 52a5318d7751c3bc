"""How a call to the national portal travels: straight, or through a security server."""

from dataclasses import replace

import pytest

from app.exchange.dvcqg.address import DvcqgAddress
from app.platform.settings import Route
from tests.exchange.dvcqg_builders import a_row
from tests.exchange.portal import DSTCODE, done, login, nothing, portal

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_call_goes_straight_with_the_destination_as_a_header() -> None:
    async with portal(login, done, base="/tcdbdvcdata/", dstcode=DSTCODE) as (client, server):
        await client.push_progress([a_row()])
    assert [request.target for request in server.requests] == [
        "/tcdbdvcdata/mapi/login",
        "/tcdbdvcdata/mapi/g",
    ]
    assert {request.headers["dstcode"] for request in server.requests} == {DSTCODE}
    assert server.requests[0].content == {"username": "tinh-vi-du", "password": "mat-khau-thu"}
    assert list(server.requests[1].content) == ["session", "madonvi", "service", "data"]
    assert server.requests[1].content["madonvi"] == "H38"
    assert server.requests[1].headers["content-type"] == "application/json"


async def test_a_call_goes_through_a_security_server_with_the_destination_in_the_query() -> None:
    base = "/XrdAdapter/RestService/forward"
    async with portal(login, nothing, base=base, dstcode=DSTCODE) as (client, server):
        await client.find_dossier("x")
    assert [request.target for request in server.requests] == [
        f"{base}/mapi/login?dstcode={DSTCODE}",
        f"{base}/mapi/g?dstcode={DSTCODE}",
    ]
    assert "dstcode" not in server.requests[0].headers


def test_the_road_may_be_set_and_a_provider_named() -> None:
    address = DvcqgAddress(
        "http://ss.example.vn/x", DSTCODE, "http://p.example.vn/a?b", Route.SECURITY_SERVER
    )
    assert address.login_url == (
        f"http://ss.example.vn/x/mapi/login?dstcode={DSTCODE}"
        "&providerurl=http:%2F%2Fp.example.vn%2Fa%3Fb"
    )
    straight = replace(address, base_url="http://x/RestService/forward", route=Route.DIRECT)
    assert straight.login_url == "http://x/RestService/forward/mapi/login"


def test_a_security_server_without_a_destination_is_refused() -> None:
    with pytest.raises(ValueError, match="dstcode"):
        DvcqgAddress("http://ss.example.vn/RestService/forward")
