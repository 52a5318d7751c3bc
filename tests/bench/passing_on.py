"""Large documents between a system of the province and the axis: what the worker needs for them."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from app.cli.demo.hop import await_that
from app.facades.vxp.envelope import ADAPTER
from tests.bench.documents import (
    EIGHT_MEMORY,
    ONE_MEMORY,
    Carrying,
    mib_of,
    put,
    waiting_for,
    within,
)
from tests.bench.facade import connected
from tests.bench.packets import HEAD, HERE, MIB, THERE
from tests.bench.report import Figure
from tests.bench.stage import MockNation, Serving, Stage

if TYPE_CHECKING:
    from tests.bench.measurements import Size

Way = Callable[[Serving, MockNation], tuple[Carrying, Carrying]]
"""Where packets are sent, and where they then wait."""

_PATIENCE: Final = 900.0
_FROM_THERE: Final = re.sub(
    rb"(<edXML:To>.*</edXML:To>)",
    b"<edXML:To><edXML:OrganId>000.00.61.H38</edXML:OrganId></edXML:To>",
    HEAD.replace(b"000.00.12.H38", b"000.00.71.H53"),
    flags=re.DOTALL,
)
"""The head of a packet from another province to a commune of ours."""


def outward(gateway: Serving, mock: MockNation) -> tuple[Carrying, Carrying]:
    """A system of the province sends, and the worker relays to the axis."""
    return Carrying(gateway, base=ADAPTER), Carrying(mock)


def inward(gateway: Serving, mock: MockNation) -> tuple[Carrying, Carrying]:
    """Another province sends, and the worker fetches from the axis."""
    sent = Carrying(mock, _FROM_THERE, '["000.00.61.H38"]', sender=THERE)
    return sent, Carrying(gateway, reader=HERE, base=ADAPTER)


def passed_on(way: Way, packets: int, limit: float, stage: Stage, size: "Size") -> Figure:
    """Measure what packets of 200 MiB, passed on at once, cost the worker, in MiB."""
    mock, mib = stage.mock(), mib_of(size)
    gateway, worker = stage.relaying("sqlite", mock)
    sent, arriving = way(connected(gateway), mock)
    _pass(sent, arriving, 1, 1)
    before = worker.most_memory
    _pass(sent, arriving, mib, packets)
    return within((worker.most_memory - before) / MIB, limit, packets * mib)


def _pass(sent: Carrying, arriving: Carrying, mib: int, packets: int) -> None:
    wanted = len(waiting_for(arriving)) + packets
    put(sent, mib, packets)
    await_that(
        lambda: len(waiting_for(arriving)) == wanted or None,
        within=_PATIENCE,
        what=f"{packets} of {mib} MiB on the other side",
    )


MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    "documents-large-relay": partial(passed_on, outward, 1, ONE_MEMORY),
    "documents-eight-large-relay": partial(passed_on, outward, 8, EIGHT_MEMORY),
    "documents-large-fetch": partial(passed_on, inward, 1, ONE_MEMORY),
    "documents-eight-large-fetch": partial(passed_on, inward, 8, EIGHT_MEMORY),
}
"""`python -m tests.bench documents` takes these too."""

AIMS: Mapping[str, str] = dict.fromkeys(MEASUREMENTS, "<= 1")
