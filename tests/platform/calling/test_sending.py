"""Bodies that are sent while they come in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest

from app.platform.calling.failing import BodyBrokenError, SilenceError
from app.platform.calling.requests import Request
from tests.platform.calling.conftest import Run
from tests.platform.calling.speaking import Heard, ends, scene

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
PIECE = bytes(64 * 1024)


def post(pieces: AsyncIterator[bytes], length: int | None = None) -> Request:
    return Request("POST", b"/", (), pieces=pieces, length=length)


async def of(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def unfinished(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    raise ConnectionAbortedError


@pytest.mark.parametrize(
    ("length", "line", "sent"),
    [(None, b"Transfer-Encoding: chunked", b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
     (5, b"Content-Length: 5", b"abcde")],
)  # fmt: skip
def test_pieces_are_sent_with_their_length_or_in_chunks(
    run: Run, length: int | None, line: bytes, sent: bytes
) -> None:
    async def speak(heard: Heard) -> None:
        for _ in range(2):
            assert line in await heard.next()
            assert await heard.reader.readexactly(len(sent)) == sent
            await heard.say(OK)

    async def work() -> None:
        async with scene(speak) as on:
            for _ in range(2):
                assert await on.told(post(of(b"abc", b"", b"de"), length)) == b"ok"
            assert len(on.heard) == 1

    run(work())


@pytest.mark.parametrize(
    ("pieces", "length"),
    [(partial(of, b"abc"), 5), (partial(of, b"abc", b"def"), 5), (partial(unfinished, b"abc"), 5),
     (partial(unfinished, b"abc"), None)],
)  # fmt: skip
def test_a_body_that_is_not_as_long_as_was_said_is_never_ended_well(
    run: Run, pieces: Callable[[], AsyncIterator[bytes]], length: int | None
) -> None:
    got: list[bytes] = []

    async def speak(heard: Heard) -> None:
        await heard.next()
        got.append(await heard.until_ended())

    async def work() -> None:
        async with scene(speak) as on:
            with pytest.raises(BodyBrokenError):
                await on.told(post(pieces(), length))
            assert await ends(on.heard[0])
            assert on.pool.open == 0
        assert len(got[0].removeprefix(b"3\r\n").removesuffix(b"\r\n")) < 5
        assert b"0\r\n\r\n" not in got[0]

    run(work())


class Endless:
    """Gives pieces for ever, and counts them."""

    def __init__(self) -> None:
        self.given = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        while True:
            self.given += len(PIECE)
            yield PIECE


def test_a_body_is_taken_no_faster_than_it_can_be_sent(run: Run) -> None:
    endless = Endless()

    async def speak(heard: Heard) -> None:
        await heard.next()
        await asyncio.Event().wait()

    async def work() -> None:
        async with scene(speak) as on:
            with pytest.raises(SilenceError):
                await on.told(post(endless.pieces()), seconds=0.3)
            assert on.pool.open == 0
        assert endless.given < 16 * 1024 * 1024

    run(asyncio.wait_for(work(), 10))


def test_time_does_not_run_while_we_are_the_ones_who_send_nothing(run: Run) -> None:
    goes_on = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"abc"
        await goes_on.wait()
        yield b"de"

    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.reader.readexactly(3)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await heard.reader.readexactly(1)
        goes_on.set()
        await heard.reader.readexactly(2)
        await heard.say(OK)

    async def work() -> None:
        async with scene(speak) as on:
            assert await on.told(post(slow(), 5), seconds=0.1) == b"ok"

    run(work())


def test_an_answer_before_the_end_of_the_body_is_told_and_the_connection_ended(run: Run) -> None:
    endless = Endless()

    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(OK)
        await heard.until_ended()

    async def work() -> None:
        async with scene(speak) as on:
            assert await on.told(post(endless.pieces())) == b"ok"
            assert await ends(on.heard[0])
            assert on.pool.open == 0

    run(work())
