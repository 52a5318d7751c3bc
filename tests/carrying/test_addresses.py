"""Whatever stands in the register, a call goes only to addresses that may be called."""

import asyncio
import socket
from collections import Counter

from app.broker.carrying.connections import Connections
from app.platform.calling.dialing import Found
from app.platform.targets import Targets
from tests.carrying.errands import SETTINGS, a_carrier, carry
from tests.carrying.offering import a_consumer, a_service
from tests.carrying.raw import always, answer, say, speaking
from tests.conftest import Tell
from tests.gateway import Gateway
from tests.platform.test_targets import hostile_urls


def test_more_than_200_targets_are_refused_at_the_carrying(tell: Tell) -> None:
    async def run() -> Counter[str]:
        connections = Connections(SETTINGS, Targets())
        carrier = a_carrier(connections)
        found = Counter([await carry(carrier, url) for url in hostile_urls()])
        connections.close()
        return found

    found = asyncio.run(run())
    tell(f"targets refused at the carrying: {found}")
    assert set(found) == {"address-refused"}
    assert found.total() >= 200


class Rebinding:
    """Gives one address after the other for the same name."""

    def __init__(self, *addresses: str) -> None:
        self.left = list(addresses)

    async def resolve(self, host: str, port: int) -> list[Found]:
        assert host == "a.example"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (self.left.pop(0), port))]


def test_a_name_that_turns_to_another_address_is_refused_there() -> None:
    closing = answer("200 OK", b"told", "Connection: close")
    with speaking(lambda c, h: say(c, h, answer=closing), host="127.0.0.2") as raw:
        allowed = Targets.within(["127.0.0.2/32"])

        async def run() -> list[str]:
            resolver = Rebinding("127.0.0.2", "127.0.0.1", "169.254.169.254", "10.0.0.1")
            connections = Connections(SETTINGS, allowed, resolver.resolve, names_seconds=0)
            carrier = a_carrier(connections)
            found = [await carry(carrier, f"http://a.example:{raw.port}") for _ in range(4)]
            connections.close()
            return found

        assert asyncio.run(run()) == ["200", *["address-refused"] * 3]
    assert raw.connections == 1


def test_a_network_that_is_no_longer_allowed_is_not_called(knowing: Gateway) -> None:
    """The register holds it still, since it was allowed when it was registered."""
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url.replace("127.0.0.1", "10.255.255.1")))
        assert api.get("/apiCSDLDKDN/1.0/x").status_code == 503
    assert raw.heard == []
