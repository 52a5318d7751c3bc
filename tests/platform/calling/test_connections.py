"""What a connection does between requests, when the other side is silent, and when we give up."""

import asyncio

import pytest

from app.platform.calling.failing import (
    LostError,
    SilenceError,
    UnwritableError,
)
from app.platform.calling.requests import Request
from tests.platform.calling.conftest import Run
from tests.platform.calling.speaking import (
    Heard,
    again_and_again,
    always,
    ends,
    get,
    scene,
    turns,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LARGE = 32 * 1024 * 1024


async def silent(heard: Heard) -> None:
    await heard.next()
    await heard.until_ended()


def test_a_request_is_written_as_it_is(run: Run) -> None:
    heads: list[bytes] = []

    async def speak(heard: Heard) -> None:
        while True:
            heads.append(await heard.next())
            await heard.reader.readexactly(4 * (b"Length: 4" in heads[-1]))
            await heard.say(OK)

    async def work() -> None:
        async with scene(speak) as on:
            lines = ((b"X-A", b"\xc3\xb3 \xff"), (b"x-a", b"two"), (b"Accept", b""))
            await on.told(Request("FETCH", b"/x%2fy?a=%20&b", lines))
            await on.told(Request("POST", b"/", ()))
            await on.told(Request("POST", b"/", (), b"body"))
            host = b"Host: " + on.place.authority + b"\r\n"
            assert heads == [
                b"FETCH /x%2fy?a=%20&b HTTP/1.1\r\n" + host
                + b"X-A: \xc3\xb3 \xff\r\nx-a: two\r\nAccept: \r\n\r\n",
                b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 0\r\n\r\n",
                b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 4\r\n\r\n",
            ]  # fmt: skip

    run(work())


@pytest.mark.parametrize(
    "request_",
    [get((b"X", b"a\r\nEvil: 1")), get((b"X", b"a\nEvil: 1")), get((b"X", b"a\rb")),
     get((b"X", b"a\0b")), get((b"X\r\nEvil", b"1")), Request("GET", b"/ HTTP/1.1\r\nX: y", ()),
     Request("GET /\r\n", b"/", ())],
)  # fmt: skip
def test_a_line_that_would_break_is_not_sent(run: Run, request_: Request) -> None:
    async def work() -> None:
        async with scene(again_and_again(OK)) as on:
            assert await on.told() == b"ok"
            with pytest.raises(UnwritableError):
                await on.told(request_)
            [heard] = on.heard
            assert await ends(heard)
            assert await heard.until_ended() == b""

    run(work())


@pytest.mark.parametrize("told", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Go\r\n\r\n"])
def test_whoever_does_not_answer_in_time_is_given_up(run: Run, told: bytes) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(told)
        await heard.until_ended()

    async def work() -> None:
        async with scene(speak) as on:
            with pytest.raises(SilenceError):
                await on.told(seconds=0.1)
            assert await ends(on.heard[0])
            assert on.pool.open == 0

    run(work())


def test_a_head_that_drips_has_no_more_time_than_one_that_does_not(run: Run) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(b"HTTP/1.1 200 OK\r\nX: ")
        while not heard.writer.is_closing():
            await heard.say(b"a")
            await turns(1000)

    async def work() -> None:
        async with scene(speak) as on:
            with pytest.raises(SilenceError):
                await on.told(seconds=0.2)
            assert on.pool.open == 0

    run(work())


def test_a_body_that_stops_is_given_up_and_one_that_goes_on_is_not(run: Run) -> None:
    goes_on = asyncio.Event()

    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun")
        await goes_on.wait()
        await heard.say(b" ..")
        await heard.until_ended()

    async def work() -> None:
        async with scene(speak) as on:
            connection = await on.ask(seconds=0.2)
            assert await connection.more() == b"begun"
            goes_on.set()
            assert await connection.more() == b" .."
            with pytest.raises(SilenceError):
                await connection.more()
            assert await ends(on.heard[0])

    run(work())


def test_what_came_before_the_end_is_still_told(run: Run) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun")

    async def work() -> None:
        async with scene(speak) as on:
            connection = await on.ask()
            assert await ends(on.heard[0])
            assert await connection.more() == b"begun"
            with pytest.raises(LostError):
                await connection.more()
            connection.give_back()
            assert on.pool.open == 0

    run(work())


def test_whoever_speaks_unasked_is_not_asked_again(run: Run) -> None:
    """What it says would be taken for the answer to the next request."""

    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(OK)
        await heard.say(OK.replace(b"ok", b"no"))
        await heard.until_ended()

    async def work() -> None:
        async with scene(speak) as on:
            assert await on.told() == b"ok"
            assert await ends(on.heard[0])
            assert await on.told() == b"ok"
            assert len(on.heard) == 2

    run(work())


def test_a_connection_that_was_ended_meanwhile_is_not_used(run: Run) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(OK)

    async def work() -> None:
        async with scene(speak) as on:
            for _ in range(5):
                assert await on.told() == b"ok"
                await on.until(lambda: not on.pool.open)
            assert len(on.heard) == 5

    run(work())


def test_a_connection_that_ends_at_the_next_request_is_told_and_not_asked_again(run: Run) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(OK)
        await heard.next()

    async def work() -> None:
        async with scene(speak) as on:
            assert await on.told() == b"ok"
            with pytest.raises(LostError):
                await on.told()
            assert len(on.heard) == 1

    run(work())


def test_whoever_leaves_ends_the_connection(run: Run) -> None:
    async def work() -> None:
        async with scene(silent) as on:
            asking = asyncio.create_task(on.told())
            await on.until(lambda: bool(on.heard))
            asking.cancel()
            assert await ends(on.heard[0])
            assert on.pool.open == 0

    run(work())


def test_an_answer_is_read_no_faster_than_it_is_taken(run: Run) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % LARGE)
        heard.writer.write(bytes(LARGE))
        await heard.until_ended()

    async def work() -> None:
        async with scene(speak) as on:
            connection = await on.ask()
            most = taken = 0
            while piece := await connection.more():
                taken += len(piece)
                await turns()  # The other side sends on meanwhile, if it can.
                most = max(most, connection.answer.held)
            assert taken == LARGE
            assert most < 1024 * 1024

    run(work())


def test_one_that_answers_every_request_is_kept(run: Run) -> None:
    async def work() -> None:
        async with scene(always(*[OK] * 20)) as on:
            for _ in range(20):
                assert await on.told() == b"ok"
            assert (len(on.heard), on.pool.open) == (1, 1)

    run(work())
