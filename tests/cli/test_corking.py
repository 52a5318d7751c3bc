"""What leaves together, and what does not wait."""

import asyncio
from collections.abc import Callable
from typing import Any

from typing_extensions import override

from app.cli.corking import Corked


class Wire(asyncio.Transport):
    """Remembers what was done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[object] = []
        self.is_ended = False

    @override
    def write(self, data: Any) -> None:
        assert not self.is_ended
        self.done.append(bytes(data))

    @override
    def close(self) -> None:
        self.is_ended = True
        self.done.append("close")

    @override
    def abort(self) -> None:
        self.is_ended = True
        self.done.append("abort")

    @override
    def is_closing(self) -> bool:
        return self.is_ended


def done(*acts: Callable[[Corked], object]) -> list[object]:
    """Return what reaches the wire of acts in turns of the loop of their own."""
    wire = Wire()

    async def work() -> None:
        corked = Corked(wire)
        for act in acts:
            act(corked)
            await asyncio.sleep(0)

    asyncio.run(work())
    return wire.done


def answer(corked: Corked) -> None:
    corked.write(b"head ")
    corked.writelines([b"and ", b"body"])


def test_what_is_written_in_one_turn_leaves_together() -> None:
    assert done(answer, answer) == [b"head and body"] * 2


def test_much_does_not_wait() -> None:
    piece = bytes(40_000)

    def much(corked: Corked) -> None:
        for _ in range(4):
            corked.write(piece)

    assert done(much) == [piece * 2] * 2


def test_what_was_written_leaves_before_the_end() -> None:
    def end(corked: Corked) -> None:
        answer(corked)
        corked.close()

    assert done(end) == [b"head and body", "close"]


def test_nothing_leaves_after_it() -> None:
    def end(corked: Corked) -> None:
        answer(corked)
        corked.abort()
        corked.write(b"more")

    assert done(end) == ["abort"]
