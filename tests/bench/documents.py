"""The document axis: sending, long lists, large packets and the directory, through the mock."""

import hashlib
import hmac
import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from itertools import chain, count, repeat
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.bench.load import hurry, post
from tests.bench.report import Figure, Turn, in_turns
from tests.bench.stage import CONNECTIONS, MockNation, Stage, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

_SAMPLE = Path(__file__).parents[2] / "openapi" / "messages" / "edoc_new.edxml"
_HEAD, _, _TAIL = _SAMPLE.read_bytes().partition(b"JVBERi")
_TAIL = _TAIL[_TAIL.index(b"<") :]
_FILLING = 18 * 1024 - len(_HEAD) - len(_TAIL)
_SMALL = b"QUJD" * (_FILLING // 4)
_MIB = 2**20
_PIECE = b"QUJDREVG" * (_MIB // 8)
_HERE, _THERE = "000.00.00.H38", "000.00.00.H53"
_SECRETS = {_HERE: "mock-secret-of-h38", _THERE: "mock-secret-of-h53"}
_ONE = '["000.00.71.H53"]'

_LIST_LIMIT = 250.0
"""Milliseconds in which a list of all that waits should be there."""

_DIRECTORY_LIMIT = 10.0
"""Seconds in which the whole directory should be there."""

_DIRECTORY_MEMORY, _ONE_MEMORY, _EIGHT_MEMORY = 60.0, 32.0, 128.0
"""MiB by which the mock may grow."""

_numbers = count(1)


def _is_quick(size: "Size") -> bool:
    return size.rounds == 1


def send(stage: Stage, size: "Size") -> Figure:
    """Measure documents of 18 KB taken by the mock against a bare app that takes their bytes."""
    mock = stage.mock()
    bare = stage.serve("bare", {})

    def turn(port: int) -> Turn:
        number = min(size.posts, 4_000)
        requests = [_sending(_HEAD, _SMALL, _TAIL) for _ in range(number)]
        return run(hurry(port, requests, connections=CONNECTIONS, within=size.seconds))

    return in_turns(partial(turn, mock.port), partial(turn, bare), rounds=size.rounds)


def waiting(stage: Stage, size: "Size") -> Figure:
    """Measure one list of 10,000 waiting items, median in milliseconds."""
    mock = stage.mock()
    number = 200 if _is_quick(size) else 10_000
    requests = [_sending(_HEAD, b"QUJD", _TAIL, to=_ONE) for _ in range(number)]
    run(hurry(mock.port, requests, connections=CONNECTIONS, within=600))
    asked = {"servicetype": "eDoc", "messagetype": "edoc"}
    request = post("/getReceivedEdocList", b"", _signed(_THERE, asked))
    turns = [run(hurry(mock.port, [request], connections=1, within=60)) for _ in range(21)]
    rows = json.loads(_asked(mock, "POST", "getReceivedEdocList", asked).read())["data"]
    if len(rows) != number:
        raise RuntimeError(f"{len(rows)} items wait, not {number}")
    return _within(statistics.median(turn.seconds for turn in turns) * 1000, _LIST_LIMIT, number)


def directory(stage: Stage, size: "Size") -> Figure:
    """Measure the reply with 111,000 units, in seconds."""
    mock, units = _with_directory(stage, size)
    began = perf_counter()
    _drained(_asked(mock, "POST", "getAgenciesList", {}))
    return _within(perf_counter() - began, _DIRECTORY_LIMIT, units)


def directory_memory(stage: Stage, size: "Size") -> Figure:
    """Measure what replies with 111,000 units cost the mock, in MiB."""
    mock, units = _with_directory(stage, size)
    before = mock.most_memory
    for operation in ("getAgenciesList", "getAgenciesListQD20", "getSynchronizeUnit"):
        _drained(_asked(mock, "POST", operation, {}))
    return _within((mock.most_memory - before) / _MIB, _DIRECTORY_MEMORY, units)


def large(packets: int, limit: float, stage: Stage, size: "Size") -> Figure:
    """Measure what packets of 200 MiB, sent and fetched at once, cost the mock, in MiB."""
    mock = stage.mock()
    mib = 4 if _is_quick(size) else 200
    _put(mock, 1, 0)
    before = mock.most_memory
    with ThreadPoolExecutor(packets) as together:
        list(together.map(partial(_put, mock, mib), range(1, packets + 1)))
        answer = json.loads(_asked(mock, "POST", "getReceivedEdocList", {}).read())
        ids = [row["docId"] for row in answer["data"]]
        list(together.map(partial(_fetch, mock), ids))
    return _within((mock.most_memory - before) / _MIB, limit, packets * mib)


MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    "documents-send-mock": send,
    "documents-waiting": waiting,
    "documents-directory": directory,
    "documents-directory-memory": directory_memory,
    "documents-large-mock": partial(large, 1, _ONE_MEMORY),
    "documents-eight-large-mock": partial(large, 8, _EIGHT_MEMORY),
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


def _within(found: float, limit: float, number: int) -> Figure:
    return Figure(round(found, 1), limit, round(found / limit, 3), number)


def _with_directory(stage: Stage, size: "Size") -> tuple[MockNation, int]:
    units = 1_000 if _is_quick(size) else 111_000
    mock = stage.mock("--set", f"agencies={units}")
    _asked(mock, "POST", "getReceivedEdocList", {}).read()
    return mock, units


def _signed(system: str, given: Mapping[str, str]) -> dict[str, str]:
    names = {"systemid": system, **given, "timestamp": "21112026T225657+0039"}
    prefixed = {f"XroadVnpt-{name}": value for name, value in names.items()}
    signed = json.dumps(prefixed, separators=(",", ":"))
    signature = hmac.new(_SECRETS[system].encode(), signed.encode(), hashlib.sha256)
    return prefixed | {
        "XroadVnpt-sign-header-key": ";".join(names),
        "XroadVnpt-sign-header": signed,
        "XroadVnpt-hash-header": signature.hexdigest(),
    }


def _numbered(head: bytes) -> bytes:
    return head.replace(b"42/SKTDL", b"%d/SKTDL" % next(_numbers))


def _sending_headers(file: Sequence[bytes] | Iterator[bytes], **given: str) -> dict[str, str]:
    digest = hashlib.sha256()
    for part in file:
        digest.update(part)
    asked = {"servicetype": "eDoc", "messagetype": "edoc", "from": _HERE}
    return _signed(_HERE, asked | {"hash-file": digest.hexdigest()} | given)


def _sending(head: bytes, content: bytes, tail: bytes, **given: str) -> bytes:
    file = b"".join((_numbered(head), content, tail))
    return post("/sendEdoc", file + b"\r\n", _sending_headers([file], **given))


def _put(mock: MockNation, mib: int, _number: int) -> None:
    head = _numbered(_HEAD)

    def file() -> Iterator[bytes]:
        return chain((head,), repeat(_PIECE, mib), (_TAIL,))

    headers = _sending_headers(file(), to=_ONE)
    headers["Content-Length"] = str(len(head) + mib * _MIB + len(_TAIL) + 2)
    connection = HTTPConnection("127.0.0.1", mock.port, timeout=600)
    connection.request("POST", "/sendEdoc", chain(file(), (b"\r\n",)), headers)
    told = json.loads(connection.getresponse().read())
    if told["status"] != "OK":
        raise RuntimeError(told)


def _fetch(mock: MockNation, doc_id: str) -> None:
    for method, operation in (("GET", "downloadEdoc"), ("POST", "getEdoc")):
        _drained(_asked(mock, method, operation, {"docId": doc_id}))


def _asked(mock: MockNation, method: str, operation: str, given: Mapping[str, str]) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", mock.port, timeout=600)
    connection.request(method, f"/{operation}", b"", _signed(_THERE, given))
    return connection.getresponse()


def _drained(answer: HTTPResponse) -> int:
    return sum(len(piece) for piece in iter(partial(answer.read, _MIB), b""))
