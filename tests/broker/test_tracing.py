import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.broker.domain.tracing import Trace, follow

TRACE = "0af7651916cd43dd8448eb211c80319c"
SPAN = "b7ad6b7169203331"
GOOD = f"00-{TRACE}-{SPAN}-01"


def test_a_good_header_is_read() -> None:
    assert Trace.read(GOOD) == Trace(TRACE, SPAN, 1)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        GOOD.upper(),
        f" {GOOD}",
        f"{GOOD}\n",
        f"{GOOD}-more",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE[1:]}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-0x",
        f"0-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01, {GOOD}",
        f"cc-{TRACE}-{SPAN}-01more",
        f"00-{TRACE.replace('0', '٠')}-{SPAN}-01",
    ],
)
def test_a_bad_header_begins_a_new_trace(header: str | None) -> None:
    assert Trace.read(header) is None
    ours, is_theirs = follow(header)
    assert not is_theirs
    assert Trace.read(ours.header) == ours


@pytest.mark.parametrize("more", ["", "-what-the-future-may-be"])
def test_a_later_version_is_read_as_far_as_we_know_it(more: str) -> None:
    assert Trace.read(f"cc-{TRACE}-{SPAN}-03{more}") == Trace(TRACE, SPAN, 3)


def test_a_call_is_a_span_of_its_own_in_the_callers_trace() -> None:
    ours, is_theirs = follow(GOOD)
    assert is_theirs
    assert (ours.trace_id, ours.flags) == (TRACE, 1)
    assert ours.span_id != SPAN


def test_flags_that_nobody_knows_are_not_passed_on() -> None:
    assert follow(f"00-{TRACE}-{SPAN}-ff")[0].header.endswith("-03")


@given(st.text())
def test_whatever_comes_what_we_pass_on_can_be_read(header: str) -> None:
    ours, _ = follow(header)
    assert Trace.read(ours.header) == ours
