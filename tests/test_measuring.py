"""Coverage is measured once, and goes on after what is not measured."""

import sys
import threading
from types import FrameType

import pytest
from coverage import Coverage

from tests.measuring import is_measured, untraced


def aside() -> None: ...


def afterwards() -> None: ...


def test_a_test_is_measured_on_one_engine(request: pytest.FixtureRequest, engine: str) -> None:
    assert is_measured(request.node) == (engine == "sqlite")
    is_traced = sys.gettrace() is not None
    assert is_traced == (Coverage.current() is not None and engine == "sqlite")
    assert (threading.gettrace() is not None) == is_traced


@pytest.mark.unmeasured
def test_nor_is_what_says_so(request: pytest.FixtureRequest) -> None:
    assert not is_measured(request.node)
    assert sys.gettrace() is None


def test_what_follows_is_traced_again() -> None:
    seen: list[str] = []

    def trace(frame: FrameType, _event: str, _argument: object) -> None:
        seen.append(frame.f_code.co_name)

    before = sys.gettrace(), threading.gettrace()
    sys.settrace(trace)
    threading.settrace(trace)
    try:
        with untraced():
            aside()
            beside = threading.Thread(target=aside)
            beside.start()
            beside.join()
        afterwards()
    finally:
        threading.settrace(before[1])
        sys.settrace(before[0])
    assert "aside" not in seen
    assert "afterwards" in seen
