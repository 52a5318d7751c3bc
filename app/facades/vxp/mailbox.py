"""What a system asks about its packages: lists, counts, the package itself, its state."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.documents.domain.documents import Delivery
from app.documents.domain.mail import MailKind, MailState, short_id
from app.documents.store.mailboxes import MailLine, MailWanted, SentLine
from app.documents.use_cases import mailing
from app.documents.use_cases.mailing import MailContent, Receipt, sent_id
from app.facades.vxp import envelope
from app.facades.vxp.errors import BadParameterError, UnknownStateError
from app.facades.vxp.guard import Call
from app.platform.clock import VIETNAM
from app.platform.context import Context
from app.platform.settings import Settings
from app.platform.storage import streams

_SERVICE: Final = "eDoc"
_TIME: Final = "%Y/%m/%d %H:%M:%S"
_ASKED_TIME: Final = "%d/%m/%Y %H:%M:%S"
_LONGEST: Final = 300
_FIRST: Final = datetime(1900, 1, 1, tzinfo=VIETNAM)
_LAST: Final = datetime(2200, 1, 1, tzinfo=VIETNAM)
"""Clients that want no bound send the ends of their calendar, which no database compares with."""

_SEND_STATES: Final = {
    None: MailState.DONE,
    Delivery.QUEUED: MailState.PROCESSING,
    Delivery.SENT: MailState.DONE,
    Delivery.DELIVERED: MailState.DONE,
    Delivery.REFUSED: MailState.FAIL,
}
"""How far a package got on its way, in the words this wire has for it."""


async def list_received(_request: Request, call: Call, context: Context) -> Response:
    """List what waits; `status`, `from`, `to` and the ids are left over from other calls."""
    wanted = _wanted(call, context)
    if wanted is None:
        return envelope.listed(())
    found = await context.database.read(mailing.list_waiting, call.caller, wanted)
    return envelope.listed(_received(line, context.settings) for line in found)


async def list_sent(_request: Request, call: Call, context: Context) -> Response:
    """List what the system's units sent, one row for each document and recipient.

    An id that is not of something sent, but lies in the inbox, is left over from getEdoc.
    """
    wanted, doc_id = _wanted(call, context), call.may("docId", "docid")
    if wanted is None:
        return envelope.listed(())
    named = replace(wanted, doc_id=doc_id)
    found = await context.database.read(mailing.list_sent, call.caller, named)
    if doc_id is not None:
        found = [line for line in found if doc_id in _ids(line)]
        if not found and await context.database.read(mailing.has_received, call.caller, doc_id):
            found = await context.database.read(mailing.list_sent, call.caller, wanted)
    return envelope.listed(_sent(line, context.settings) for line in found)


async def count_documents(_request: Request, call: Call, context: Context) -> Response:
    """Count the documents that wait."""
    return await _count(call, context, MailKind.DOCUMENT)


async def count_statuses(_request: Request, call: Call, context: Context) -> Response:
    """Count the status packets that wait."""
    return await _count(call, context, MailKind.STATUS)


async def _count(call: Call, context: Context, kind: MailKind) -> Response:
    number = await context.database.read(mailing.count_waiting, call.caller, kind)
    return envelope.counted(number)


async def get_edoc(_request: Request, call: Call, context: Context) -> Response:
    """Give a package in base64; it stays listed until it is acknowledged."""
    found = await _content(call, context)
    if found.packet is not None:
        return envelope.packed(len(found.packet), _once(found.packet))
    kept = await streams.find(context.database, found.sha256)
    return envelope.packed(kept.size, streams.stream(context.database, kept))


async def _once(packet: bytes) -> AsyncIterator[bytes]:
    yield packet


async def download_edoc(_request: Request, call: Call, context: Context) -> Response:
    """Give a package as it is, part by part."""
    found = await _content(call, context)
    if found.packet is not None:
        return Response(found.packet, media_type=envelope.OCTETS)
    kept = await streams.find(context.database, found.sha256)
    return StreamingResponse(
        streams.stream(context.database, kept),
        media_type=envelope.OCTETS,
        headers={"Content-Length": str(kept.size)},
    )


async def _content(call: Call, context: Context) -> MailContent:
    doc_id = call.need("docId", "docid")
    return await context.database.read(mailing.find_content, call.caller, doc_id)


async def update_status(_request: Request, call: Call, context: Context) -> Response:
    """Note how far the system got with a package: its transport, not the document's status."""
    try:
        state = MailState(call.need("status"))
    except ValueError:
        raise UnknownStateError from None
    said = (call.may("description") or "")[:_LONGEST]
    receipt = Receipt(call.need("docid", "docId"), state, said or None)
    await context.database.transact(
        mailing.acknowledge,
        context.clock,
        call.caller,
        receipt,
        relisted=context.settings.vxp_relist_after_fail,
    )
    return envelope.done()


def _wanted(call: Call, context: Context) -> MailWanted | None:
    """Return which rows a list shall have; None if it asks for a kind that there is none of."""
    settings = context.settings
    limit, offset = settings.vxp_list_most, 0
    if settings.vxp_paging and call.may("pageSize") is not None:
        limit = min(limit, max(1, _number(call, "pageSize")))
        offset = (max(1, _number(call, "pageIndex")) - 1) * limit
    said = (call.may("messagetype") or "").lower()
    kinds = {kind.value: kind for kind in MailKind}
    if said and said not in kinds:
        return None
    return MailWanted(
        kinds.get(said),
        _moment(call, "fromDate"),
        _moment(call, "toDate"),
        limit,
        offset,
    )


def _number(call: Call, name: str) -> int:
    text = call.may(name) or "1"
    if not (text.isascii() and text.isdigit()) or len(text) > 9:  # noqa: PLR2004 -- fits 32 bits
        raise BadParameterError(name)
    return int(text)


def _moment(call: Call, name: str) -> datetime | None:
    text = call.may(name)
    if text is None:
        return None
    try:
        found = datetime.strptime(text, _ASKED_TIME).replace(tzinfo=VIETNAM)
    except ValueError:
        raise BadParameterError(name) from None
    return min(max(found, _FIRST), _LAST)


def _received(line: MailLine, settings: Settings) -> bytes:
    return envelope.row(
        docId=envelope.doc_id(line.id, settings),
        serviceType=_SERVICE,
        messageType=line.kind.value,
        created_time=_told(line.created_at),
        updated_time=_told(line.updated_at),
        **{"from": line.sender},
        to=line.to,
        status=line.state.value,
        status_desc=line.description,
    )


def _sent(line: SentLine, settings: Settings) -> bytes:
    mail = None if line.mail is None else envelope.doc_id(line.mail, settings)
    return envelope.row(
        serviceType=_SERVICE,
        messageType=line.kind.value,
        senderDocId=envelope.doc_id(sent_id(line.document, line.status), settings),
        receiverDocId=mail or line.transport_id,
        fromCode=line.sender,
        toCode=line.to,
        title=line.title,
        notation=line.symbol,
        sentTime=_told(line.sent_at),
        receivedTime=None if line.received_at is None else _told(line.received_at),
        sendStatus=_SEND_STATES[line.delivery].value,
        sendStatusDesc=line.reason,
        receiveStatus=None if line.state is None else line.state.value,
    )


def _ids(line: SentLine) -> set[str | None]:
    """Return the ids by which its sender may know it, whatever form they had when it was sent."""
    ours = [one for one in (sent_id(line.document, line.status), line.mail) if one]
    return {*ours, *map(short_id, ours), line.transport_id}


@lru_cache(maxsize=10_000)
def _told(moment: datetime) -> str:
    """Write a moment; most rows have one twice, and who polls is told it again and again."""
    return moment.astimezone(VIETNAM).strftime(_TIME)
