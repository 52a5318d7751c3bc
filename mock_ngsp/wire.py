"""Requests, answers and calls of both wires, as plain as HTTP allows."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_ngsp.faults import Fault

JSON = b"application/json; charset=utf-8"


class Axis(StrEnum):
    """The national sides the mock plays."""

    VXP = "vxp"
    DVCQG = "dvcqg"
    PAYMENT = "payment"
    SSO = "sso"
    STATISTICS = "statistics"
    NGSP = "ngsp"
    MESSAGES = "messages"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, its body already read; header names are in lower case."""

    method: str
    path: str
    query: bytes
    headers: dict[bytes, bytes]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer: its body, or the pieces of one too large to hold."""

    body: bytes
    status: int = 200
    content_type: bytes = JSON
    extra: tuple[tuple[bytes, bytes], ...] = ()
    pieces: Iterator[bytes] | None = None
    length: int | None = None
    """Of all pieces together; without it they are sent chunked."""


class Body(StrEnum):
    """How the record shows what a request carried."""

    SIGNED = "sign-header"
    EDXML = "edxml"
    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Call:
    """A request understood far enough to be recorded, failed on purpose, or answered."""

    axis: Axis
    operation: str
    caller: str
    kind: Body
    body: bytes
    answer: Callable[[], Answer]
    forced: "Fault | None" = None
    """How it fails by itself, where no script says otherwise."""


def json_answer(content: object, status: int = 200) -> Answer:
    """Answer with JSON, Vietnamese letters as they are."""
    return Answer(compact(content).encode("utf-8", "replace"), status)


def compact(content: object) -> str:
    """JSON without a blank between its parts."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
