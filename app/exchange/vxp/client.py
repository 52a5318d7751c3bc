"""Speaking to the document axis: one async method per operation.

Sending answers with an `Outcome`; everything else returns what was asked for or raises
`AxisUnavailableError`. HTTP numbers below 500 mean nothing on this wire: the envelope decides.
"""

import binascii
import json
from collections.abc import Sequence
from typing import Literal, TypeVar

import httpx
import structlog
from pydantic import SecretStr, ValidationError

from app.exchange import transport
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.vxp.calls import CRLF, OCTETS, SMALL, Call, Fetching, Parcel, within
from app.exchange.vxp.error_codes import MEANINGS
from app.exchange.vxp.plain import plain
from app.exchange.vxp.signing import (
    Credentials,
    UnsendableParameterError,
    file_hash,
    sign,
    unpadded,
)
from app.exchange.vxp.wire import (
    AgencyRow,
    Answer,
    ListAnswer,
    PacketAnswer,
    ReceivedItem,
    SendAnswer,
    SentItem,
    UnitRow,
)
from app.platform.clock import Clock
from app.platform.contents import Content, encoded_size
from app.platform.errors import UnavailableError
from app.platform.spools import Spool

MessageType = Literal["edoc", "status"]
DeliveryState = Literal["done", "fail", "processing", "initial"]
AnswerModel = TypeVar("AnswerModel", bound=Answer)
Row = TypeVar("Row")

_log = structlog.get_logger("lgsp.axis")

_SERVICE = "eDoc"
_LONGEST_ID = 100
"""Characters of an id of the axis that are kept: it was taken over, however long it calls it."""

_LONGEST_WHY = 300
"""Characters of a reason: with all the others it stands in headers."""

_LIST = 64 << 20
"""A directory of 111,000 agencies comes in one answer."""


class AxisUnavailableError(UnavailableError):
    """The axis did not do what it was asked.

    `failure` says why and whether another attempt is worth while: a `Refused` never is.
    """

    slug = "axis-unavailable"
    title = "Trục liên thông văn bản chưa đáp ứng"
    title_en = "The document axis did not answer as it should"

    def __init__(self, failure: Deferred | Refused) -> None:
        self.failure = failure
        self.reason = failure.reason
        wait = failure.retry_after if isinstance(failure, Deferred) else None
        super().__init__(
            f"Trục liên thông văn bản chưa thực hiện được yêu cầu ({self.reason})",
            f"The document axis did not carry out the request ({self.reason})",
            extensions={"reason": self.reason},
            retry_after=None if wait is None else int(wait.total_seconds()),
        )


class VxpClient:
    """One connected system at one axis; many calls may run at once."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        system_id: str,
        secret: SecretStr | str,
        clock: Clock,
    ) -> None:
        key = secret if isinstance(secret, str) else secret.get_secret_value()
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._credentials = Credentials(system_id, key)
        self._clock = clock

    @property
    def system_id(self) -> str:
        """Who we are on the axis."""
        return self._credentials.system_id

    async def send_edoc(
        self,
        body: bytes | Parcel,
        *,
        sender: str,
        message_type: MessageType,
        recipients: Sequence[str] | None = None,
    ) -> Outcome:
        """Send a packet; without `recipients` the axis reads them from the packet.

        Delivered carries the axis's transport id. A repeat of the same bytes is another
        package to the axis; receivers recognise it by the document's own identity.
        """
        parameters = {"from": sender, "servicetype": _SERVICE, "messagetype": message_type}
        if recipients is not None:
            parameters["to"] = json.dumps(list(recipients), separators=(",", ":"))
        if isinstance(body, Parcel):
            parameters["hash-file"] = unpadded(body.sha256)
            call = Call("sendEdoc", parameters, body, OCTETS)
        else:
            parameters["hash-file"] = file_hash(body)
            call = Call("sendEdoc", parameters, body + CRLF, OCTETS)
        try:
            answer = await self._ask(call, SendAnswer)
        except UnsendableParameterError as error:
            return Refused(error.slug, error.detail_en)
        if isinstance(answer, Deferred | Refused):
            return answer
        if not answer.doc_id or answer.doc_id == "0":
            return Deferred("answer-without-doc-id", alarm=True)
        return Delivered(answer.doc_id[:_LONGEST_ID])

    async def list_received(self, message_type: MessageType) -> list[ReceivedItem]:
        """Return the packages waiting for this system.

        Raises:
            AxisUnavailableError: if the axis does not say.
        """
        call = Call("getReceivedEdocList", _kind(message_type), limit=_LIST)
        return self._rows(call, await self._read(call, ListAnswer[ReceivedItem]))

    async def fetch(self, doc_id: str, spool: Spool, bounds: Fetching) -> Content:
        """Return the packet of one delivery: by getEdoc, or by downloadEdoc where it is large.

        The list does not say how large a packet is, so getEdoc's answer is read up to the bound.

        Raises:
            AxisUnavailableError: if the axis does not hand it out, or it is over the limit.
            DiskFullError: if there is no room for it.
        """
        limit = encoded_size(bounds.download_above) + SMALL
        call = Call("getEdoc", {"docId": doc_id}, b"{}", limit=limit)
        answer = await self._ask(call, PacketAnswer)
        if isinstance(answer, Deferred) and answer.reason == transport.TOO_LARGE:
            return await self._download(doc_id, spool, bounds.at_most)
        if isinstance(answer, Deferred | Refused):
            raise AxisUnavailableError(answer)
        return Content.of(_decoded(answer))

    async def _download(self, doc_id: str, spool: Spool, at_most: int) -> Content:
        """Return the packet as raw bytes; a failure is an empty body, or an envelope after all."""
        call = Call("downloadEdoc", {"docId": doc_id}, method="GET")
        answer = await transport.exchange(
            self._http,
            self._request(call),
            max_bytes=at_most,
            deadline=within(at_most),
            sink=spool.write,
        )
        if isinstance(answer, Deferred):
            raise AxisUnavailableError(answer)
        content = spool.complete()
        said = content.read(0, SMALL) if answer.is_success else answer.body
        envelope = _parsed(said, Answer) if said.startswith(b"{") else None
        if envelope is not None and not envelope.is_ok:
            raise AxisUnavailableError(_failure(envelope))
        if not answer.is_success or not content.size:
            raise AxisUnavailableError(Deferred("nothing-downloaded", alarm=True))
        return content

    async def update_status(self, doc_id: str, status: DeliveryState, why: str = "") -> None:
        """Acknowledge one delivery; `done` takes it off the list, `why` is told the sender.

        Raises:
            AxisUnavailableError: if the axis does not confirm it.
        """
        told = {"docid": doc_id, "status": status}
        if why:
            told["description"] = plain(why)[:_LONGEST_WHY]
        await self._read(Call("updateStatus", told, b"{}"), Answer)

    async def list_sent(
        self, message_type: MessageType, *, doc_id: str | None = None
    ) -> list[SentItem]:
        """Return one row per package and recipient, of all packages or of one.

        Raises:
            AxisUnavailableError: if the axis does not say.
        """
        chosen = {} if doc_id is None else {"docId": doc_id}
        call = Call("getSentEdocList", {**_kind(message_type), **chosen}, limit=_LIST)
        return self._rows(call, await self._read(call, ListAnswer[SentItem]))

    async def list_agencies(self) -> list[AgencyRow]:
        """Return the whole directory of the axis.

        Raises:
            AxisUnavailableError: if the axis does not say.
        """
        call = Call("getAgenciesList", {}, limit=_LIST)
        return self._rows(call, await self._read(call, ListAnswer[AgencyRow]))

    async def list_agencies_qd20(self) -> list[AgencyRow]:
        """Return the directory by the codes of QĐ 20/2020, with the older one of each.

        Raises:
            AxisUnavailableError: if the axis does not say.
        """
        call = Call("getAgenciesListQD20", {}, limit=_LIST)
        return self._rows(call, await self._read(call, ListAnswer[AgencyRow]))

    async def list_units(self) -> list[UnitRow]:
        """Return the directory as a tree, deleted units too.

        Raises:
            AxisUnavailableError: if the axis does not say.
        """
        call = Call("getSynchronizeUnit", {}, limit=_LIST)
        return self._rows(call, await self._read(call, ListAnswer[UnitRow]))

    def _rows(self, call: Call, answer: ListAnswer[Row]) -> list[Row]:
        if answer.unreadable:
            _log.error("rows-unreadable", operation=call.operation, number=answer.unreadable)
        return answer.rows

    async def _read(self, call: Call, model: type[AnswerModel]) -> AnswerModel:
        answer = await self._ask(call, model)
        if isinstance(answer, Deferred | Refused):
            raise AxisUnavailableError(answer)
        return answer

    async def _ask(self, call: Call, model: type[AnswerModel]) -> AnswerModel | Deferred | Refused:
        answer = await transport.exchange(
            self._http, self._request(call), max_bytes=call.limit, deadline=call.deadline
        )
        if isinstance(answer, Deferred):
            return answer
        found = _parsed(answer.body, model)
        envelope = found or _parsed(answer.body, Answer)
        if envelope is None and not answer.is_success:
            return Deferred(f"http-{answer.status}", alarm=True)
        if envelope is None:
            return transport.contract_breach(call.operation, answer, "no-envelope")
        if not envelope.is_ok:
            return _failure(envelope)
        return found or transport.contract_breach(call.operation, answer, "bad-fields")

    def _request(self, call: Call) -> httpx.Request:
        """Sign a call. The reply to sendEdoc must not be compressed, as its client reads bytes."""
        headers = sign(
            call.parameters, self._credentials, self._clock, content_type=call.content_type
        )
        headers["Accept-Encoding"] = "identity" if call.is_raw else "gzip, deflate"
        if isinstance(call.body, Parcel):
            headers["Content-Length"] = str(call.body.size + len(CRLF))
        content = call.body.with_line_end() if isinstance(call.body, Parcel) else call.body
        url = f"{self._base_url}/{call.operation}"
        return self._http.build_request(call.method, url, headers=headers, content=content)


def _kind(message_type: MessageType) -> dict[str, str]:
    return {"servicetype": _SERVICE, "messagetype": message_type}


def _decoded(answer: PacketAnswer) -> bytes:
    try:
        return binascii.a2b_base64("".join((answer.data or "").split()), strict_mode=True)
    except ValueError:
        raise AxisUnavailableError(Deferred("contract-breach", alarm=True)) from None


def _parsed(body: bytes, model: type[AnswerModel]) -> AnswerModel | None:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        return None


def _failure(envelope: Answer) -> Deferred | Refused:
    meaning = MEANINGS.get(envelope.error_code or "")
    if meaning is None:
        return Deferred("unknown-error-code", alarm=True)
    if meaning.is_final:
        return Refused(envelope.error_code or "", meaning.reason)
    return Deferred(meaning.reason, alarm=True)
