"""The JSON that the axis's clients read: an envelope that is always there and never null.

A field that has no value is left out, because one null makes a client lose a whole list.
Texts are unaccented ASCII, because one client reads answers so.
"""

import binascii
import json
from collections.abc import AsyncIterator, Iterable
from typing import Final

from starlette.responses import Response, StreamingResponse
from starlette.types import Scope

from app.documents.domain.mail import short_id
from app.exchange.vxp.plain import plain
from app.facades.vxp.codes import CODES, OTHER
from app.platform.bodies import BodyTooLargeError
from app.platform.contents import encoded_size
from app.platform.errors import ProblemError, UnavailableError
from app.platform.problems import InternalError, MethodNotAllowedError, UnknownResourceError
from app.platform.settings import Settings

ADAPTER: Final = "/XrdAdapter/adapter"
SEND: Final = "sendEdoc"
DOWNLOAD: Final = "downloadEdoc"
OPERATIONS: Final = (
    SEND, "getReceivedEdocList", "getSentEdocList", "getEdoc", DOWNLOAD, "updateStatus",
    "countReceiveEdoc", "countReceiveStatus", "getAgenciesList", "getAgenciesListQD20",
    "getSynchronizeUnit", "registerAgency", "deleteAgency",
)  # fmt: skip
"""Every operation of the wire; its name is the last segment of the path."""

LARGE_BODIES: Final = (f"{ADAPTER}/{SEND}", f"/{SEND}")
"""Paths whose bodies may be as large as a document: they are read as they arrive."""

LINE_END: Final = 2
"""Bytes that the vendor's client appends to a document, which are no part of it."""

JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
_OK: Final = b'{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong"'
_STATUS: Final[tuple[tuple[type[ProblemError], int], ...]] = (
    (UnknownResourceError, 404),
    (MethodNotAllowedError, 405),
    (BodyTooLargeError, 413),
    (InternalError, 500),
    (UnavailableError, 503),
)
"""Whatever else is refused is a matter of business: clients read only the envelope."""


def done() -> Response:
    """Return the bare success."""
    return _answer(_OK + b"}")


def sent(doc_id: str) -> Response:
    """Return the success of sendEdoc."""
    return _answer(_OK + b',"DocId":' + json.dumps(doc_id).encode() + b"}")


def doc_id(number: str, settings: Settings) -> str:
    """Return an id of ours in the form in which this wire gives it out."""
    return short_id(number) if settings.vxp_doc_id_form == "hex24" else number


def counted(number: int) -> Response:
    """Return how much waits."""
    return _answer(_OK + b',"count":%d}' % number)


def listed(rows: Iterable[bytes]) -> Response:
    """Return a list of rows that are JSON already; an empty one is `[]`."""
    return _answer(_OK + b',"data":[' + b",".join(rows) + b"]}")


def packed(size: int, pieces: AsyncIterator[bytes]) -> Response:
    """Return a packet of so many bytes in base64, encoded while it is read."""
    head, tail = _OK + b',"data":"', b'"}'

    async def answer() -> AsyncIterator[bytes]:
        yield head
        rest = b""
        async for piece in pieces:
            whole = rest + piece
            cut = len(whole) // 3 * 3
            yield binascii.b2a_base64(whole[:cut], newline=False)
            rest = whole[cut:]
        yield binascii.b2a_base64(rest, newline=False) + tail

    length = str(len(head) + encoded_size(size) + len(tail))
    return StreamingResponse(answer(), media_type=JSON, headers={"Content-Length": length})


def row(**fields: str | int | bool | None) -> bytes:
    """Return one row of a list; empty fields are left out."""
    kept = {name: value for name, value in fields.items() if value not in {None, ""}}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def operation_of(scope: Scope) -> str | None:
    """Return the operation that a request's path names, known or not; None beside the wire."""
    path = str(scope["path"])
    if path.startswith(f"{ADAPTER}/"):
        return path.removeprefix(f"{ADAPTER}/")
    name = path.removeprefix("/")
    return name if name in OPERATIONS else None


def refusal(scope: Scope, problem: ProblemError) -> Response | None:
    """Return how this wire tells a refusal; None for a request that is not on it."""
    operation = operation_of(scope)
    if operation is None:
        return None
    status = next((number for kind, number in _STATUS if isinstance(problem, kind)), 200)
    if operation == DOWNLOAD:
        # A client takes any body at all for the package.
        return Response(b"", status_code=status, media_type=OCTETS)
    told = {
        "status": "FAIL",
        "ErrorCode": CODES.get(problem.slug, OTHER),
        "ErrorDesc": plain(_named(problem, scope["app"].state.context.settings)),
    }
    if operation == SEND:
        told["DocId"] = "0"
    return _answer(json.dumps(told, separators=(",", ":")).encode(), status)


def _named(problem: ProblemError, settings: Settings) -> str:
    """Return what a refusal says, with the id of a first document as this wire gives it out."""
    first = problem.extensions.get("first_id")
    if not isinstance(first, str):
        return problem.detail
    return problem.detail.replace(first, doc_id(first, settings))


def _answer(content: bytes, status: int = 200) -> Response:
    return Response(content, status_code=status, media_type=JSON)
