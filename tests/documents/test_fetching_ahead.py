"""Several packets are fetched at a time, and kept in the order in which the axis lists them."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from app.documents.callbacks import Receiver
from app.exchange import leases
from app.exchange.vxp.client import VxpClient
from app.platform.settings import Settings
from mock_ngsp.front import Nation
from tests.documents.arrivals import a_status, bring
from tests.documents.axis import Connected
from tests.documents.packets import a_packet, content_answers, history, sent, standing
from tests.gateway import Api

AT_ONCE = 3
ID = "000.00.12.H38,2026/03/02,{}/SKTDL-VP"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"vxp_fetch_at_once": AT_ONCE})


@dataclass
class Backwards:
    """An axis that answers the fetches it has at a time in the order opposite to that they came."""

    axis: ASGIApp
    expected: int
    waiting: list[asyncio.Event] = field(default_factory=list)
    most: int = 0
    seen: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].endswith("/getEdoc"):
            await self.axis(scope, receive, send)
            return
        self.seen += 1
        mine = asyncio.Event()
        self.waiting.append(mine)
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == AT_ONCE or self.seen == self.expected:
            self.waiting[-1].set()
        await mine.wait()
        await self.axis(scope, receive, send)
        self.waiting.remove(mine)
        if self.waiting:
            self.waiting[-1].set()


def receiver(at: Connected, axis: ASGIApp) -> Receiver:
    context = at.gateway.context
    http = httpx.AsyncClient(transport=httpx.ASGITransport(axis))
    system = f"000.00.00.{at.province}"
    row = at.universe.systems.get(system)
    assert row is not None
    client = VxpClient(http, "http://axis.test", system, row.secret, at.gateway.clock)
    return Receiver(client, context.database, context.clock, context.settings, "w-1")


def taken(at: Connected, expected: int) -> Backwards:
    """Take what waits at the axis over, and return how that went."""
    axis = Backwards(Nation(at.universe), expected)
    assert at.run(receiver(at, axis).turn) == expected
    return axis


def test_they_are_kept_in_their_order(away: Connected) -> None:
    numbers = [str(number) for number in range(10, 20)]
    for number in numbers:
        bring(away, a_packet("H53.71", number=number), "H53.71")
    assert taken(away, len(numbers)).most == AT_ONCE
    items = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["document_id"] for one in items] == [ID.format(one) for one in numbers][::-1]
    assert away.waiting() == []


def test_an_update_comes_after_its_document_and_a_revocation_last(away: Connected) -> None:
    reasons = {"BussinessDocReason": "Lý do"}
    for business in ("0", "2", "1"):
        bring(away, a_packet("H53.71", BussinessDocType=business, **reasons), "H53.71")
    taken(away, 3)
    api = away.gateway.client("H53.71")
    kinds = [one["business"] for one in api.get("/v1/documents/inbox").json()["items"]]
    assert kinds == ["revoke", "update", "new"]
    assert content_answers(api, away.inbox())[0].status_code == 200


def test_statuses_are_written_down_in_their_order(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    for code in ("01", "03", "04", "05", "06"):
        bring(home, a_status(code), "H38.12")
    assert taken(home, 5).most == AT_ONCE
    assert [code for _, code in history(sender, document)] == ["01", "03", "04", "05", "06"]
    assert standing(sender, document)["000.00.71.H53"] == "06"


def test_one_that_cannot_be_fetched_leaves_the_others_in_their_order(away: Connected) -> None:
    for number in ("1", "2", "3", "4", "5"):
        bring(away, a_packet("H53.71", number=number), "H53.71")
    lost = away.waiting()[1].doc_id

    class Losing:
        """The axis, which fails to hand one package out."""

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            headers = dict(scope["headers"])
            if scope["path"].endswith("/getEdoc") and lost.encode() in headers.values():
                await send({"type": "http.response.start", "status": 503, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
            await Nation(away.universe)(scope, receive, send)

    assert away.run(receiver(away, Losing()).turn) == 4
    assert [one.doc_id for one in away.waiting()] == [lost]
    items = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["document_id"] for one in items] == [ID.format(one) for one in "5431"]


def test_whoever_loses_the_lease_keeps_nothing_more(away: Connected) -> None:
    for number in ("1", "2", "3", "4", "5", "6"):
        bring(away, a_packet("H53.71", number=number), "H53.71")
    gateway = away.gateway

    class Robbing:
        """The axis, at whose first acknowledgement another worker takes the lease."""

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"].endswith("/updateStatus"):
                gateway.clock.advance(timedelta(seconds=gateway.settings.lease_seconds + 1))
                await gateway.context.database.transact(
                    leases.acquire,
                    gateway.clock,
                    name="vxp:000.00.00.H53",
                    holder="w-2",
                    duration=timedelta(hours=1),
                )
            await Nation(away.universe)(scope, receive, send)

    done = away.run(receiver(away, Robbing()).turn)
    items = gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert 1 <= done == len(items) <= AT_ONCE
    assert len(away.waiting()) == 6 - done
    assert away.receive("w-3") == 0
    assert away.receive("w-2") == 6 - done
