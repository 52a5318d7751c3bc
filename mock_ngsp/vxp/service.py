"""The axis's operations at `/` and at `/XrdAdapter/adapter/`."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mock_ngsp.systems import System
from mock_ngsp.vxp import agencies, envelope, receiving, sending, signing
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.wire import Answer, Axis, Body, Call, Request

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

Operation = Callable[["Universe", System, signing.Parameters, bytes], Answer]

_ADAPTER = "/XrdAdapter/adapter/"
_SEND, _DOWNLOAD = "sendEdoc", "downloadEdoc"
_EMPTY = Answer(b"", content_type=b"application/octet-stream")


def _agencies(universe: "Universe", _s: System, _p: signing.Parameters, _b: bytes) -> Answer:
    return envelope.rows(agencies.old_code_rows(universe.systems))


def _agencies_qd20(universe: "Universe", _s: System, _p: signing.Parameters, _b: bytes) -> Answer:
    return envelope.rows(agencies.new_code_rows(universe.systems))


OPERATIONS: dict[str, tuple[str, Operation]] = {
    _SEND: ("POST", sending.send),
    "getReceivedEdocList": ("POST", receiving.received),
    "getSentEdocList": ("POST", receiving.sent),
    "getEdoc": ("POST", receiving.get),
    _DOWNLOAD: ("GET", receiving.download),
    "updateStatus": ("POST", receiving.update),
    "countReceiveEdoc": ("POST", receiving.count_documents),
    "countReceiveStatus": ("POST", receiving.count_statuses),
    "getAgenciesList": ("POST", _agencies),
    "getAgenciesListQD20": ("POST", _agencies_qd20),
}
"""Method and meaning of each operation; the name is the last segment of the path."""


class DocumentAxis:
    """Reads a request into a call of the axis."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer:
        """The call, or an HTTP error for a path or method that is no operation."""
        base = _ADAPTER if request.path.startswith(_ADAPTER) else "/"
        operation = request.path.removeprefix(base)
        known = OPERATIONS.get(operation)
        if known is None:
            return _http_error(Refusal.UNKNOWN_OPERATION, 404)
        if request.method != known[0]:
            return _http_error(Refusal.WRONG_METHOD, 405)
        given = signing.parameters(request.headers)
        sends = operation == _SEND
        return Call(
            Axis.VXP,
            operation,
            caller=(given or {}).get("systemid", ""),
            kind=Body.EDXML if sends else Body.SIGNED,
            body=request.body if sends else request.headers.get(signing.SIGNED, b""),
            answer=partial(self._answer, operation, request, given),
        )

    def _answer(self, operation: str, request: Request, given: signing.Parameters | None) -> Answer:
        try:
            system = signing.verify(request.headers, given, self._universe.systems)
            signed = given or {}
            required = self._universe.settings.require_headers
            signing.agree(request.headers, signed, required=required)
            return OPERATIONS[operation][1](self._universe, system, signed, request.body)
        except AxisRefusalError as refusal:
            if operation == _DOWNLOAD:
                return _EMPTY  # A client takes any body at all for the package.
            return envelope.fail(refusal, with_doc_id=operation == _SEND)


def _http_error(refusal: Refusal, status: int) -> Answer:
    return envelope.fail(AxisRefusalError(refusal), with_doc_id=False, status=status)
