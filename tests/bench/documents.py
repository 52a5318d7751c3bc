"""The document axis: sending, long lists, large packets and the directory, through the mock."""

import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from itertools import chain, repeat
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.bench.load import hurry, post
from tests.bench.packets import (
    HEAD,
    HERE,
    MIB,
    TAIL,
    TAKEN,
    THERE,
    numbered,
    sending,
    sending_headers,
    signed,
)
from tests.bench.report import Figure, Turn, in_turns
from tests.bench.stage import CONNECTIONS, MockNation, Serving, Stage, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

_PIECE = b"QUJDREVG" * (MIB // 8)
_ONE = '["000.00.71.H53"]'
_LIST = "getReceivedEdocList"

_LIST_LIMIT = 250.0
"""Milliseconds in which a list of all that waits should be there."""

_DIRECTORY_LIMIT = 10.0
"""Seconds in which the whole directory should be there."""

_DIRECTORY_MEMORY, ONE_MEMORY, EIGHT_MEMORY = 60.0, 32.0, 128.0
"""MiB by which a server may grow."""


def _is_quick(size: "Size") -> bool:
    return size.rounds == 1


def send(stage: Stage, size: "Size") -> Figure:
    """Measure documents of 18 KB taken by the mock against a bare app that takes their bytes."""
    return sent_in_turns(stage.mock().port, stage.serve("bare-as-mock", {}), size)


def sent_in_turns(port: int, bare: int, size: "Size", base: str = "") -> Figure:
    """Measure documents of 18 KB taken by whoever listens there, in answers per second.

    `bare` is served as that is, and only takes their bytes.
    """
    number = min(size.posts, 4_000)

    def turn(port: int, told: bytes = b"") -> Turn:
        requests = [sending(HEAD, base=base) for _ in range(number)]
        work = hurry(port, requests, connections=CONNECTIONS, within=size.seconds, told=told)
        return run(work)

    return in_turns(partial(turn, port, TAKEN), partial(turn, bare), rounds=size.rounds)


def waiting(stage: Stage, size: "Size") -> Figure:
    """Measure one list of 10,000 waiting items of the mock, median in milliseconds."""
    inbox = Inbox(stage.mock().port, THERE)
    return listed(inbox, partial(sending, HEAD, b"QUJD", to=_ONE), size)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where a system asks for what waits for it."""

    port: int
    reader: str
    base: str = ""


def listed(inbox: Inbox, document: Callable[[], bytes], size: "Size", *, items: int = 1) -> Figure:
    """Measure one list of 10,000 waiting items; each document sent makes so many of them."""
    number = 200 if _is_quick(size) else 10_000
    requests = [document() for _ in range(number // items)]
    run(hurry(inbox.port, requests, connections=CONNECTIONS, within=900, told=TAKEN))
    asked = signed(inbox.reader, {"servicetype": "eDoc", "messagetype": "edoc"})
    path = f"{inbox.base}/{_LIST}"
    request = post(path, b"", asked)
    turns = [run(hurry(inbox.port, [request], connections=1, within=60)) for _ in range(21)]
    connection = HTTPConnection("127.0.0.1", inbox.port, timeout=60)
    connection.request("POST", path, b"", asked)
    rows = json.loads(connection.getresponse().read())["data"]
    if len(rows) != number:
        raise RuntimeError(f"{len(rows)} items wait, not {number}")
    return within(statistics.median(turn.seconds for turn in turns) * 1000, _LIST_LIMIT, number)


def directory(stage: Stage, size: "Size") -> Figure:
    """Measure the reply with 111,000 units, in seconds."""
    mock, units = _with_directory(stage, size)
    began = perf_counter()
    _drained(_asked(mock, "POST", "getAgenciesList", {}))
    return within(perf_counter() - began, _DIRECTORY_LIMIT, units)


def directory_memory(stage: Stage, size: "Size") -> Figure:
    """Measure what replies with 111,000 units cost the mock, in MiB."""
    mock, units = _with_directory(stage, size)
    before = mock.most_memory
    for operation in ("getAgenciesList", "getAgenciesListQD20", "getSynchronizeUnit"):
        _drained(_asked(mock, "POST", operation, {}))
    return within((mock.most_memory - before) / MIB, _DIRECTORY_MEMORY, units)


@dataclass(frozen=True, slots=True)
class Carrying:
    """Who carries large packets, under which address; who sends which `head` to whom, who reads."""

    server: MockNation | Serving
    head: bytes = HEAD
    to: str = _ONE
    reader: str = THERE
    base: str = ""
    sender: str = HERE


def large(packets: int, limit: float, stage: Stage, size: "Size") -> Figure:
    """Measure what packets of 200 MiB, sent and fetched at once, cost the mock, in MiB."""
    return carried(packets, limit, Carrying(stage.mock()), size)


def carried(packets: int, limit: float, through: Carrying, size: "Size") -> Figure:
    """Measure what packets of 200 MiB, sent and fetched at once, cost who carries them, in MiB."""
    mib = mib_of(size)
    put(through, 1, 1)
    before = through.server.most_memory
    put(through, mib, packets)
    ids = waiting_for(through)
    with ThreadPoolExecutor(packets) as together:
        list(together.map(partial(_fetch, through), ids))
    return within((through.server.most_memory - before) / MIB, limit, packets * mib)


def mib_of(size: "Size") -> int:
    """How large a large packet is."""
    return 4 if _is_quick(size) else 200


def put(through: Carrying, mib: int, packets: int) -> None:
    """Send so many packets of so many MiB at once."""
    with ThreadPoolExecutor(packets) as together:
        list(together.map(lambda _: _put(through, mib), range(packets)))


def waiting_for(through: Carrying) -> list[str]:
    """Return the ids of what waits for the reader."""
    answer = json.loads(_called(through, "POST", _LIST, {"messagetype": "edoc"}).read())
    return [row["docId"] for row in answer["data"]]


MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    "documents-send-mock": send,
    "documents-waiting": waiting,
    "documents-directory": directory,
    "documents-directory-memory": directory_memory,
    "documents-large-mock": partial(large, 1, ONE_MEMORY),
    "documents-eight-large-mock": partial(large, 8, EIGHT_MEMORY),
}
"""`python -m tests.bench documents` takes them all."""

AIMS = {
    "documents-send-mock": ">= .10",
    "documents-waiting": "<= 1",
    "documents-directory": "<= 1",
    "documents-directory-memory": "<= 1",
    "documents-large-mock": "<= 1",
    "documents-eight-large-mock": "<= 1",
}


def within(found: float, limit: float, number: int) -> Figure:
    """Return what was found of so many, beside its limit."""
    return Figure(round(found, 1), limit, round(found / limit, 3), number)


def _with_directory(stage: Stage, size: "Size") -> tuple[MockNation, int]:
    units = 1_000 if _is_quick(size) else 111_000
    mock = stage.mock("--set", f"agencies={units}")
    _asked(mock, "POST", _LIST, {}).read()
    return mock, units


def _put(through: Carrying, mib: int) -> None:
    head = numbered(through.head)

    def file() -> Iterator[bytes]:
        return chain((head,), repeat(_PIECE, mib), (TAIL,))

    headers = sending_headers(file(), through.sender, to=through.to)
    headers["Content-Length"] = str(len(head) + mib * MIB + len(TAIL) + 2)
    connection = HTTPConnection("127.0.0.1", through.server.port, timeout=600)
    path = f"{through.base}/sendEdoc"
    connection.request("POST", path, chain(file(), (b"\r\n",)), headers)
    told = json.loads(connection.getresponse().read())
    if told["status"] != "OK":
        raise RuntimeError(told)


def _fetch(through: Carrying, doc_id: str) -> None:
    for method, operation in (("GET", "downloadEdoc"), ("POST", "getEdoc")):
        _drained(_called(through, method, operation, {"docId": doc_id}))


def _called(
    through: Carrying, method: str, operation: str, given: Mapping[str, str]
) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", through.server.port, timeout=600)
    connection.request(method, f"{through.base}/{operation}", b"", signed(through.reader, given))
    return connection.getresponse()


def _asked(mock: MockNation, method: str, operation: str, given: Mapping[str, str]) -> HTTPResponse:
    return _called(Carrying(mock), method, operation, given)


def _drained(answer: HTTPResponse) -> int:
    return sum(len(piece) for piece in iter(partial(answer.read, MIB), b""))
