"""sendEdoc: a document or a status, by the same use cases as `/v1/documents`."""

import asyncio
import json
from dataclasses import dataclass, replace

import structlog
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import AgencyNotYoursError
from app.catalogue.use_cases import resolve_member
from app.codes import AgencyCode
from app.documents.domain.documents import Document
from app.documents.use_cases import answering, sending
from app.documents.use_cases.consigning import Places, Sending
from app.documents.use_cases.mailing import sent_id
from app.documents.use_cases.naming import known_as
from app.documents.use_cases.packing import Consignment, packed
from app.documents.use_cases.sending_together import Asked, send_together
from app.exchange.vxp.edxml.errors import WrongAgencyCodeError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet, StatusPacket
from app.exchange.vxp.edxml.reader import read_content
from app.exchange.vxp.signing import read_file
from app.facades.vxp import envelope
from app.facades.vxp.errors import (
    BadRecipientsError,
    WrongHashError,
    WrongMessageTypeError,
    WrongSenderError,
)
from app.facades.vxp.guard import Call
from app.platform.contents import Content
from app.platform.context import Context
from app.platform.settings import Settings
from app.platform.spools import Spool
from app.platform.storage.streams import Deposit
from app.platform.together import Together

_log = structlog.get_logger("lgsp.facade")

_MESSAGE = "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader"
_DOCUMENT, _STATUS = "edoc", "status"
_SMALL = 64 * 1024
_SHOWN = 20
_TOGETHER = 256 * 1024
"""Bytes that a document may bring into an act which others wait for, its files unpacked."""


Sendings = Together[Asked, Document]


@dataclass(frozen=True, slots=True)
class _Given:
    """What came: the packet as read, the SHA-256 of its bytes, and whom the header chose of it."""

    content: Consignment | StatusPacket
    digest: str
    chosen: tuple[AgencyCode, ...] | None = None


async def send_edoc(request: Request, call: Call, context: Context) -> Response:
    """Take a packet over; the same one again is answered with its first DocId.

    Every recipient that the packet names gets it, or those of them that the header `to` names;
    a repeat reaches only those that it had not reached.
    """
    sender, kind = call.need("from"), call.need("messagetype").lower()
    spool = Spool(context.settings.spool_folder)
    raw = await read_file(request.stream(), spool, call.may("hash-file") or "")
    if raw is None:
        raise WrongHashError
    reading = _Reading(raw, spool, context.settings)
    given = await reading.done()
    is_status = isinstance(given.content, StatusPacket)
    if kind != (_STATUS if is_status else _DOCUMENT):
        raise WrongMessageTypeError
    if isinstance(given.content, Consignment):
        chosen = _chosen(given.content.packet, call.may("to"), context.settings)
        given = replace(given, chosen=chosen)
    number = await _sent_together(request, call, sender, given)
    if number is None:
        number = await _sent_alone(context, call, sender, given)
    return envelope.sent(envelope.doc_id(number, context.settings))


def sendings_of(context: Context) -> Sendings:
    """Return what sends small documents by common acts."""
    return Together(
        context.database,
        lambda connection, several: send_together(connection, context.clock, several),
    )


async def _sent_together(request: Request, call: Call, sender: str, given: _Given) -> str | None:
    """Send a small document in one act with others; None if it has to go alone."""
    if not isinstance(given.content, Consignment):
        return None
    if sum(one.size for one in given.content.contents) > _TOGETHER:
        return None
    try:
        speaking_for = None if sender == call.caller.system.system_id else AgencyCode(sender)
    except ValueError:
        return None
    sendings: Sendings = request.app.state.sendings
    wanted = _wanted(given, given.content, request.app.state.context.settings)
    document = await sendings.ask(Asked(call.caller, wanted, speaking_for))
    return None if document is None else document.id


async def _sent_alone(context: Context, call: Call, sender: str, given: _Given) -> str:
    async with Deposit(context.database, context.clock) as deposit:
        if isinstance(given.content, Consignment):
            await deposit.lay(given.content.contents)
        return await context.database.transact(_act, context, call, sender, given)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A packet on its spool."""

    raw: Content
    spool: Spool
    settings: Settings

    async def done(self) -> _Given:
        """Read it: a small body at once, which is quicker than to wake another thread for it."""
        return self.read() if self.raw.size <= _SMALL else await asyncio.to_thread(self.read)

    def read(self) -> _Given:
        raw = self.raw
        limits = Limits.of(self.settings.max_document_bytes)
        is_lenient = self.settings.vxp_packet_values == "lenient"
        reading = read_content(raw, limits=limits, spool=self.spool, is_lenient=is_lenient)
        packet, passed_over = reading.packet, reading.passed_over
        if passed_over.parties:
            # Whom its own sender names it must reach, or the sender be told.
            raise WrongAgencyCodeError(passed_over.parties[0])
        if places := passed_over.values[:_SHOWN]:
            _log.warning("packet-read-leniently", sha256=raw.sha256, places=places)
        if isinstance(packet, StatusPacket):
            return _Given(packet, raw.sha256)
        return _Given(packed(packet, reading.raw), raw.sha256)


def _act(connection: Connection, context: Context, call: Call, sender: str, given: _Given) -> str:
    """Send on behalf of `sender`; return the id by which the system knows it."""
    is_status = isinstance(given.content, StatusPacket)
    _check(connection, context, call, sender, may_be_closed=is_status)
    if isinstance(given.content, StatusPacket):
        is_strict = context.settings.status_table_own == "strict"
        told = answering.Told(given.digest, is_strict)
        answered = answering.answer(connection, context.clock, call.caller, given.content, told)
        return sent_id(answered.document, answered.entry.number)
    wanted = _wanted(given, given.content, context.settings)
    return sending.send(connection, context.clock, call.caller, wanted).document.id


def _wanted(given: _Given, consignment: Consignment, settings: Settings) -> Sending:
    to = (f"{_MESSAGE}/To/OrganId",) * len(consignment.packet.recipients)
    places = Places(f"{_MESSAGE}/From/OrganId", to, f"{_MESSAGE}/DocumentId")
    return Sending(
        consignment,
        places,
        given.digest,
        settings.province,
        settings.members_beyond,
        are_originals_here=settings.unknown_originals == "refuse",
        chosen=given.chosen,
        further_place="header/XroadVnpt-to",
    )


def _check(
    connection: Connection, context: Context, call: Call, sender: str, *, may_be_closed: bool
) -> None:
    """Demand that the header `from` is the system's id, its own unit or one under its root.

    A unit that was closed still answers for what lies with it.
    """
    caller = call.caller
    if sender == caller.system.system_id:
        return
    try:
        code = AgencyCode(sender)
    except ValueError:
        raise WrongSenderError(sender, caller.system.system_id) from None
    try:
        if may_be_closed:
            unit = known_as(connection, code)
        else:
            unit = resolve_member(connection, context.clock, code, pointer="from").code
        caller.act_for(unit, pointer="from")
    except AgencyNotYoursError:
        raise WrongSenderError(sender, caller.system.system_id) from None


def _chosen(packet: Packet, to: str | None, settings: Settings) -> tuple[AgencyCode, ...] | None:
    """Return whom the header `to` names, None if it says nothing.

    It may name whom an update adds or drops as well, and by setting even who is not in the packet.
    """
    is_bare = to is not None and not to.startswith("[")
    if to is None or (is_bare and settings.vxp_bare_to == "ignore"):
        return None
    try:
        codes = tuple(AgencyCode(code) for code in ([to] if is_bare else json.loads(to)))
    except (ValueError, TypeError, RecursionError):
        raise BadRecipientsError from None
    named = {one.code.canonical for one in packet.recipients}
    named |= {one.canonical for one in (*packet.business.added, *packet.business.dropped)}
    strangers = {one.canonical for one in codes} - named
    if not codes or (strangers and settings.vxp_to_strangers == "refuse"):
        raise BadRecipientsError
    return codes
