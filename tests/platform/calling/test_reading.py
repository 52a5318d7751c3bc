"""What is read of an answer, and what is no answer."""

import pytest

from app.platform.calling.answers import Answer
from app.platform.calling.failing import LostError, UnreadableError
from tests.platform.calling.conftest import Run
from tests.platform.calling.speaking import Heard, again_and_again, get, scene

OK = b"HTTP/1.1 200 OK\r\n"
TWO = b"Content-Length: 2\r\n\r\nok"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"

READ: dict[str, tuple[bytes, bytes, bool]] = {
    "a length": (OK + TWO, b"ok", True),
    "chunks": (OK + CHUNKED + b"3\r\nabc\r\n2;x=y\r\nde\r\n" + LAST, b"abcde", True),
    "trailers": (OK + CHUNKED + b"2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n", b"ok", True),
    "nothing": (OK + b"Content-Length: 0\r\n\r\n", b"", True),
    "an empty line": (OK + b"X-Empty:\r\n" + TWO, b"ok", True),
    "no reason": (b"HTTP/1.1 200 \r\n" + TWO, b"ok", True),
    "bytes beyond ASCII": (OK + b"X: \xc3\xb3\xff\r\n" + TWO, b"ok", True),
    "204 with a length": (b"HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n", b"", True),
    "204": (b"HTTP/1.1 204 No\r\n\r\n", b"", True),
    "304 with a length": (b"HTTP/1.1 304 No\r\nContent-Length: 9\r\n\r\n", b"", True),
    "100 before it": (b"HTTP/1.1 100 Go\r\n\r\n" + OK + TWO, b"ok", True),
    "103 before it": (b"HTTP/1.1 103 X\r\nLink: x\r\n\r\n" + OK + TWO, b"ok", True),
    "HTTP/1.0 that keeps": (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + TWO, b"ok", True),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n" + TWO, b"ok", False),
    "a close": (OK + b"Connection: close\r\n" + TWO, b"ok", False),
    "more than its length": (OK + TWO + b"more", b"ok", False),
    "another behind it": (OK + TWO + OK + TWO, b"ok", False),
    "204 with a body": (b"HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nok", b"", False),
    "304 with a body": (b"HTTP/1.1 304 No\r\nContent-Length: 2\r\n\r\nok", b"", False),
    "after a close, more": (OK + b"Connection: close\r\n" + TWO + b"more", b"ok", False),
}
"""Answers, each with its body and whether its connection is good for another."""

UNREADABLE: dict[str, bytes] = {
    "nonsense": b"nonsense\r\n\r\n",
    "HTTP/2": b"HTTP/2.0 200 OK\r\n" + TWO,
    "HTTP/1.2": b"HTTP/1.2 200 OK\r\n" + TWO,
    "a status of two digits": b"HTTP/1.1 20 OK\r\n" + TWO,
    "101": b"HTTP/1.1 101 Now\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "100 with a length": b"HTTP/1.1 100 Go\r\nContent-Length: 2\r\n\r\nok" + OK + TWO,
    "103 in chunks": b"HTTP/1.1 103 X\r\n" + CHUNKED + LAST + OK + TWO,
    "two lengths": OK + b"Content-Length: 2\r\n" + TWO,
    "two lengths that differ": OK + b"Content-Length: 3\r\n" + TWO,
    "a list of lengths": OK + b"Content-Length: 2, 2\r\n\r\nok",
    "a length with a sign": OK + b"Content-Length: +2\r\n\r\nok",
    "a length below zero": OK + b"Content-Length: -2\r\n\r\nok",
    "a length in hexadecimal": OK + b"Content-Length: 0x2\r\n\r\nok",
    "no length where one is": OK + b"Content-Length:\r\n\r\nok",
    "a length beyond all": OK + b"Content-Length: 99999999999999999999\r\n\r\n",
    "length, then chunks": OK + b"Content-Length: 2\r\n" + CHUNKED + LAST,
    "chunks, then length": OK + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + LAST,
    "chunks twice": OK + b"Transfer-Encoding: chunked\r\n" + CHUNKED + LAST,
    "chunks of something else": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + LAST,
    "another encoding": OK + b"Transfer-Encoding: identity\r\n\r\nok",
    "chunks in HTTP/1.0": b"HTTP/1.0 200 OK\r\n" + CHUNKED + LAST,
    "a chunk below zero": OK + CHUNKED + b"-2\r\nok\r\n",
    "a chunk's size with a space": OK + CHUNKED + b"2 \r\nok\r\n" + LAST,
    "a chunk's size in a bare line": OK + CHUNKED + b"2\nok\r\n" + LAST,
    "a chunk longer than said": OK + CHUNKED + b"2\r\nokay\r\n" + LAST,
    "a folded line": OK + b"X: a\r\n b\r\n" + TWO,
    "a bare line feed": OK + b"X: a\n" + TWO,
    "a bare carriage return": OK + b"X: a\rb\r\n" + TWO,
    "a zero": OK + b"X: a\0b\r\n" + TWO,
    "a space before the colon": OK + b"X : a\r\n" + TWO,
    "a space before the name": OK + b" X: a\r\n" + TWO,
    "no name": OK + b": a\r\n" + TWO,
    "no colon": OK + b"Xa\r\n" + TWO,
    "bare line feeds throughout": b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    "one endless line": OK + b"X: " + b"a" * 70_000 + b"\r\n" + TWO,
    "lines without end": OK + b"X: a\r\n" * 20_000,
    "interim answers without end": b"HTTP/1.1 100 Go\r\n\r\n" * 5_000,
    "trailers without end": OK + CHUNKED + b"0\r\n" + b"X: a\r\n" * 20_000,
}


@pytest.mark.parametrize("said", READ)
def test_an_answer_is_read(run: Run, said: str) -> None:
    answer, body, is_kept = READ[said]

    async def work() -> None:
        async with scene(again_and_again(answer)) as on:
            assert await on.told() == body
            assert await on.told() == body
            assert len(on.heard) == (1 if is_kept else 2)

    run(work())


@pytest.mark.parametrize("said", READ)
def test_it_reads_the_same_byte_by_byte(said: str) -> None:
    told, body, is_kept = READ[said]
    answer = Answer("GET")
    for at in range(len(told)):
        answer.feed(told[at : at + 1])
    assert (answer.take(), answer.keeps_connection) == (body, is_kept)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_may_be_read_in_two_ways_is_not_read(run: Run, said: str) -> None:
    async def work() -> None:
        async with scene(again_and_again(UNREADABLE[said])) as on:
            with pytest.raises(UnreadableError):
                await on.told()
            assert on.pool.open == 0

    run(work())


@pytest.mark.parametrize("said", UNREADABLE)
def test_nor_is_it_byte_by_byte(said: str) -> None:
    told, answer = UNREADABLE[said], Answer("GET")

    def read() -> None:
        for at in range(len(told)):
            answer.feed(told[at : at + 1])

    with pytest.raises(UnreadableError):
        read()
    assert not answer.is_whole


@pytest.mark.parametrize(
    ("head", "is_kept"),
    [(b"Content-Length: 9\r\n\r\n", True), (CHUNKED, True), (b"\r\n", False),
     (b"Content-Length: 2\r\n\r\nok", False), (CHUNKED + LAST, False)],
)  # fmt: skip
def test_head_is_answered_without_a_body(run: Run, head: bytes, *, is_kept: bool) -> None:
    async def work() -> None:
        async with scene(again_and_again(OK + head)) as on:
            for _ in range(2):
                connection = await on.ask(get(method="HEAD"))
                assert connection.answer.is_at_end
                assert connection.take() == b""
                connection.give_back()
            assert len(on.heard) == (1 if is_kept else 2)

    run(work())


@pytest.mark.parametrize("head", [OK, b"HTTP/1.0 200 OK\r\n", OK + b"Connection: close\r\n"])
def test_an_answer_without_a_length_ends_with_its_connection(run: Run, head: bytes) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(head + b"\r\nall of it")

    async def work() -> None:
        async with scene(speak) as on:
            assert await on.told() == b"all of it"
            assert on.pool.open == 0

    run(work())


@pytest.mark.parametrize(
    "told",
    [b"", b"HTTP/1.1 200", OK, OK + b"Content-Length: 3\r\n\r\nok", OK + CHUNKED + b"2\r\nok\r\n",
     OK + CHUNKED + b"2\r\nok\r\n0\r\n", b"HTTP/1.1 100 Go\r\n\r\n"],
)  # fmt: skip
def test_an_answer_that_is_cut_short_is_none(run: Run, told: bytes) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(told)

    async def work() -> None:
        async with scene(speak) as on:
            with pytest.raises(LostError):
                await on.told()
            assert on.pool.open == 0

    run(work())


def test_lines_are_told_byte_for_byte(run: Run) -> None:
    lines = [(b"X-A", b"\xc3\xb3 \xff"), (b"x-a", b"two"), (b"Content-Length", b"0")]
    told = OK + b"".join(b"%b: %b\r\n" % line for line in lines) + b"\r\n"

    async def work() -> None:
        async with scene(again_and_again(told)) as on:
            connection = await on.ask()
            assert connection.answer.lines == lines
            connection.give_back()

    run(work())
