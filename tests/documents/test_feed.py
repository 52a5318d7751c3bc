"""The feed of what happens to documents, and the timeline of one."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from sqlalchemy import Connection, text

from app.access.domain import Scope
from app.codes import AgencyCode
from app.documents.domain.documents import Delivery, Portion
from app.documents.store import events
from app.platform.paging import cursor_of
from app.platform.waking import Bell
from tests.documents.axis import Connected
from tests.documents.packets import XML, Refusal, a_packet, report, sent
from tests.gateway import Api, Gateway

FEED = "/v1/documents/feed"
ROOT = AgencyCode("H38")


def told(api: Api, after: str | None = None, **query: Any) -> tuple[list[tuple[str, str]], str]:
    """Return (kind or status, recipient) of what the feed tells, and where it goes on."""
    answer = api.get(FEED, params=query | ({} if after is None else {"after": after}))
    assert answer.status_code == 200, answer.text
    said = answer.json()
    return [
        (one["status"] if one["kind"] == "status" else one["kind"], one["recipient"])
        for one in said["items"]
    ], said["next"]


def test_nobody_watches_without_a_token_or_the_scope(knowing: Gateway) -> None:
    assert knowing.http.get(FEED).status_code == 401
    api = knowing.client("H38", Scope.SEND_DOCUMENTS)
    assert Refusal.of(api.get(FEED)).slug == "insufficient-scope"


def test_a_wrong_watch_is_refused(province: Api) -> None:
    queries = ["wait=61", "wait=-1", "wait=x", "after=x", "limit=0", "sort=1", "member=x"]
    answers = [province.get(f"{FEED}?{query}") for query in queries]
    assert {Refusal.of(answer).slug for answer in answers} == {"invalid-input"}


def test_a_place_beyond_the_end_is_the_end(sender: Api, commune: Api) -> None:
    sent(sender, a_packet("H38.61"))
    _, end = told(commune)
    beyond = told(commune, cursor_of(1000))
    assert beyond == ([], end)
    sent(sender, a_packet("H38.61", number="43"))
    assert told(commune, beyond[1])[0] == [("arrived", "H38.61")]


def test_each_party_is_told_what_concerns_it(sender: Api, commune: Api, stranger: Api) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62"))["id"]
    report(commune, document, "03")
    arrived = [("arrived", "H38.61"), ("arrived", "H38.62")]
    assert told(sender)[0] == [*arrived, ("03", "H38.61")]
    assert told(commune)[0] == [("arrived", "H38.61"), ("03", "H38.61")]
    assert told(stranger)[0] == []


def test_the_feed_goes_on_where_it_stopped(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    first, after = told(commune)
    assert told(commune, after) == ([], after)
    report(commune, document, "03")
    report(commune, document, "05")
    second, later = told(commune, after, limit=1)
    third, last = told(commune, later, limit=1)
    assert first + second + third == [("arrived", "H38.61"), ("03", "H38.61"), ("05", "H38.61")]
    assert told(commune, last)[0] == []


def test_a_cursor_moves_on_although_nothing_concerns_the_caller(sender: Api, stranger: Api) -> None:
    _, before = told(stranger)
    sent(sender, a_packet("H38.61"))
    found, after = told(stranger)
    assert found == []
    assert after != before


def test_the_feed_is_narrowed_to_a_member(sender: Api, province: Api) -> None:
    sent(sender, a_packet("H38.61", "H38.62"))
    assert told(province, member="000.00.62.H38")[0] == [("arrived", "H38.62")]
    assert told(province, member="H53")[0] == []


def test_an_event_says_of_which_document_it_tells(sender: Api) -> None:
    document = sent(sender, a_packet("H38.61"))
    event = sender.get(FEED).json()["items"][0]
    assert event["document"] == document["id"]
    assert (event["symbol"], event["from"], event["business"]) == ("42/SKTDL-VP", "H38.12", "new")
    assert event["label"] == "Đã đến đơn vị nhận"


def test_an_agreed_take_back_is_told_as_withdrawn(sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    report(sender, document, "13", reason="Gửi nhầm")
    report(commune, document, "15")
    assert [kind for kind, _ in told(sender)[0]] == ["arrived", "13", "15", "withdrawn"]


def test_the_axis_taking_a_document_is_told_to_its_sender(home: Connected) -> None:
    api = home.gateway.client("H38.12")
    document = sent(api, a_packet("G22", "H38.61"))["id"]
    home.relay()
    found, after = told(api)
    assert found == [("arrived", "H38.61"), ("sent", "G22")]
    for delivery in (Delivery.REFUSED, Delivery.QUEUED):
        portion = Portion(document, ("G22",))
        home.gateway.transact(events.settle, home.gateway.clock, portion, delivery)
    assert told(api, after)[0] == [("undeliverable", "G22")]


def test_a_timeline_shows_each_recipient_by_itself(
    sender: Api, commune: Api, stranger: Api
) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62"))["id"]
    report(commune, document, "02", reason="Thiếu phụ lục")

    def seen(api: Api) -> dict[str, list[tuple[str, str | None]]]:
        found = api.get(f"/v1/documents/{document}/timeline").json()
        return {
            one["code"]: [(each["label"], each["reason"]) for each in one["timeline"]]
            for one in found["recipients"]
        }

    arrived = ("Đã đến đơn vị nhận", None)
    refused = ("Từ chối tiếp nhận, trả lại", "Thiếu phụ lục")
    assert seen(sender) == {"H38.61": [arrived, refused], "H38.62": [arrived]}
    assert seen(commune) == {"H38.61": [arrived, refused]}
    answer = stranger.get(f"/v1/documents/{document}/timeline")
    assert Refusal.of(answer).slug == "unknown-document"


async def _polled(
    gateway: Gateway, api: Api, meanwhile: Callable[[httpx.AsyncClient], Awaitable[object]]
) -> Any:
    """Poll, let something happen once the poll waits, and return what the poll was answered."""
    app = gateway.http.app
    bell: Bell = app.state.bell  # type: ignore[attr-defined]
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
        first = await http.get(FEED, headers=api.headers)
        query = {"wait": 60, "after": first.json()["next"]}
        poll = asyncio.create_task(http.get(FEED, params=query, headers=api.headers))
        while not bell.waiting:
            await asyncio.sleep(0)
        await meanwhile(http)
        async with asyncio.timeout(20):
            return (await poll).json()["items"]


def test_a_poll_is_answered_when_something_happens(
    knowing: Gateway, sender: Api, commune: Api
) -> None:
    async def send(http: httpx.AsyncClient) -> None:
        headers = sender.headers | XML | {"Idempotency-Key": "k-0001-feed"}
        answer = await http.post("/v1/documents", content=a_packet("H38.61"), headers=headers)
        assert answer.status_code == 201, answer.text

    assert knowing.http.portal is not None
    items = knowing.http.portal.call(_polled, knowing, commune, send)
    assert [(one["kind"], one["recipient"]) for one in items] == [("arrived", "H38.61")]


def test_a_poll_ends_when_the_gateway_ends(knowing: Gateway, commune: Api) -> None:
    async def end(_http: httpx.AsyncClient) -> None:
        bell: Bell = knowing.http.app.state.bell  # type: ignore[attr-defined]
        bell.end()

    assert knowing.http.portal is not None
    assert knowing.http.portal.call(_polled, knowing, commune, end) == []
    assert commune.get(FEED, params={"wait": 60}).json()["items"] == []


def test_nothing_is_stepped_over_while_acts_commit_in_any_order(
    knowing: Gateway, sender: Api
) -> None:
    document = sent(sender, a_packet("G22"))["id"]
    database, clock = knowing.context.database, knowing.clock
    acts, turns = 60, random.Random(7)

    def act(connection: Connection, statements: int) -> None:
        events.settle(connection, clock, Portion(document, ("G22",)), Delivery.SENT)
        for _ in range(statements):
            connection.execute(text("SELECT 1")).all()

    async def watch() -> list[int]:
        found: list[int] = []
        after = 0
        while len(found) < acts:
            await database.transact(events.place)
            seen = await database.read(events.look, ROOT, after=after, limit=7)
            found += [one.position for one in seen.found]
            after = seen.reached
        return found

    async def storm() -> list[int]:
        async with asyncio.timeout(60):
            watching = asyncio.create_task(watch())
            await asyncio.gather(
                *(database.transact(act, turns.randrange(30)) for _ in range(acts))
            )
            return await watching

    assert knowing.http.portal is not None
    assert knowing.http.portal.call(storm) == list(range(1, acts + 1))
