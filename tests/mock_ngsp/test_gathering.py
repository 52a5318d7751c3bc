"""What the mock puts on the wire, and in how many pieces."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from typing_extensions import override

from mock_ngsp.gathering import Gathering

Act = Callable[[Gathering], object]


class Wire(asyncio.Transport):
    """Notes what reaches it, each call by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[object] = []

    @override
    def writelines(self, list_of_data: Iterable[Any]) -> None:
        assert not self.is_closing(), "nobody writes behind the end"
        self.calls.append(b"".join(list_of_data))

    @override
    def close(self) -> None:
        self.calls.append("closed")

    @override
    def abort(self) -> None:
        self.calls.append("aborted")

    @override
    def is_closing(self) -> bool:
        return any(isinstance(call, str) for call in self.calls)


def calls(*turns: Act) -> list[object]:
    """Act in one turn of the loop after the other; return what the wire was told."""

    async def act() -> Wire:
        wire = Wire()
        gathering = Gathering(wire, asyncio.get_running_loop())
        for turn in turns:
            turn(gathering)
            await asyncio.sleep(0)
        return wire

    return asyncio.run(act()).calls


def tell(gathering: Gathering) -> None:
    gathering.write(b"HTTP/1.1 200 OK\r\n\r\n")
    gathering.write(b"{}")


TOLD = b"HTTP/1.1 200 OK\r\n\r\n{}"


def test_head_and_body_leave_together_and_each_turn_for_itself() -> None:
    assert calls(tell, tell) == [TOLD, TOLD]


def test_a_large_piece_leaves_at_once_with_what_is_before_it() -> None:
    large = bytes(40_000)

    def stream(gathering: Gathering) -> None:
        gathering.write(b"head")
        gathering.write(large)
        gathering.write(large)
        gathering.write(b"end")

    assert calls(stream) == [b"head" + large, large, b"end"]


def test_the_end_comes_behind_what_was_said() -> None:
    def say_and_close(gathering: Gathering) -> None:
        tell(gathering)
        gathering.close()

    assert calls(say_and_close) == [TOLD, "closed"]


def test_who_is_cut_off_hears_nothing_more() -> None:
    def say_and_abort(gathering: Gathering) -> None:
        tell(gathering)
        gathering.abort()

    assert calls(say_and_abort, tell) == ["aborted"]
