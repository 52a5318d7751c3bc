"""The axis's operations at `/` and at `/XrdAdapter/adapter/`."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mock_ngsp.systems import System
from mock_ngsp.vxp import agencies, envelope, receiving, sending, signing
from mock_ngsp.vxp.intake import Intake
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.wire import Answer, Axis, Body, Call, Request

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

Operation = Callable[["Universe", System, signing.Parameters, bytes], Answer]

_ADAPTER = "/XrdAdapter/adapter/"
_SEND, _DOWNLOAD = "sendEdoc", "downloadEdoc"
_EMPTY = Answer(b"", content_type=b"application/octet-stream")

_BUFFERED: dict[str, tuple[str, Operation]] = {
    "getReceivedEdocList": ("POST", receiving.received),
    "getSentEdocList": ("POST", receiving.sent),
    "getEdoc": ("POST", receiving.get),
    _DOWNLOAD: ("GET", receiving.download),
    "updateStatus": ("POST", receiving.update),
    "countReceiveEdoc": ("POST", receiving.count_documents),
    "countReceiveStatus": ("POST", receiving.count_statuses),
    "getAgenciesList": ("POST", agencies.old_codes),
    "getAgenciesListQD20": ("POST", agencies.new_codes),
    "getSynchronizeUnit": ("POST", agencies.units),
    "registerAgency": ("POST", agencies.register),
    "deleteAgency": ("POST", agencies.delete),
}
"""Method and meaning of each operation; the name is the last segment of the path."""

OPERATIONS = (_SEND, *_BUFFERED)


class DocumentAxis:
    """Reads a request into a call of the axis."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def intake(self, method: str, path: str, headers: signing.HttpHeaders) -> Intake | None:
        """Where the body goes while it arrives: None for all but sendEdoc."""
        if method != "POST" or _operation(path) != _SEND:
            return None
        given = signing.parameters(headers)
        admitted: tuple[System, signing.Parameters] | AxisRefusalError
        try:
            admitted = self._caller(headers, given)
            sending.admit(*admitted)
        except AxisRefusalError as refusal:
            admitted = refusal
        intake = Intake(self._universe.settings, self._universe.folder, admitted)
        intake.caller = (given or {}).get("systemid", "")
        return intake

    def sending(self, intake: Intake) -> Call:
        """The sendEdoc whose body has come."""
        answer = partial(self._sent, intake)
        return Call(Axis.VXP, _SEND, intake.caller, Body.EDXML, intake.shown(), answer)

    def read(self, request: Request) -> Call | Answer:
        """Any other call, or an HTTP error for a path or method that is no operation."""
        operation = _operation(request.path)
        if operation not in OPERATIONS:
            return _http_error(Refusal.UNKNOWN_OPERATION, 404)
        if operation == _SEND or request.method != _BUFFERED[operation][0]:
            return _http_error(Refusal.WRONG_METHOD, 405)
        given = signing.parameters(request.headers)
        caller = (given or {}).get("systemid", "")
        signed = request.headers.get(signing.SIGNED, b"")
        answer = partial(self._answer, operation, request, given)
        return Call(Axis.VXP, operation, caller, Body.SIGNED, signed, answer)

    def _caller(
        self, headers: signing.HttpHeaders, given: signing.Parameters | None
    ) -> tuple[System, signing.Parameters]:
        system = signing.verify(headers, given, self._universe.systems)
        signed = given or {}
        signing.agree(headers, signed, required=self._universe.settings.require_headers)
        return system, signed

    def _sent(self, intake: Intake) -> Answer:
        try:
            return sending.send(self._universe, *intake.admitted(), intake)
        except AxisRefusalError as refusal:
            return envelope.fail(refusal, with_doc_id=True)

    def _answer(self, operation: str, request: Request, given: signing.Parameters | None) -> Answer:
        try:
            system, signed = self._caller(request.headers, given)
            return _BUFFERED[operation][1](self._universe, system, signed, request.body)
        except AxisRefusalError as refusal:
            if operation == _DOWNLOAD:
                return _EMPTY  # A client takes any body at all for the package.
            return envelope.fail(refusal, with_doc_id=False)


def _operation(path: str) -> str:
    return path.removeprefix(_ADAPTER if path.startswith(_ADAPTER) else "/")


def _http_error(refusal: Refusal, status: int) -> Answer:
    return envelope.fail(AxisRefusalError(refusal), with_doc_id=False, status=status)
