"""Reading what a client sends as a document: a form of metadata and files, or an edXML packet."""

import asyncio
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from app.documents.domain.errors import PacketIsStatusError
from app.documents.routes.drafting import packet_of
from app.documents.schemas.incoming import DocumentDraft
from app.documents.use_cases.consigning import Places
from app.documents.use_cases.packing import Consignment, packed
from app.documents.use_cases.sending import addressed
from app.exchange.vxp.edxml.errors import AttachmentTooLargeError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Attachment, Packet, StatusPacket
from app.exchange.vxp.edxml.reader import read_content
from app.platform.bodies import (
    InvalidInputError,
    UnsupportedMediaTypeError,
    media_type_of,
    parse_json,
)
from app.platform.contents import Content
from app.platform.context import Context
from app.platform.errors import Invalid
from app.platform.forms import NAME_LENGTH, Form, FormPart, NotAFormError, read_body, read_form
from app.platform.spools import Spool

FORM: Final = "multipart/form-data"
XML: Final = ("application/xml", "text/xml", "application/edxml+xml")

_METADATA: Final = "metadata"
_FILES: Final = "files"
_METADATA_BYTES: Final = 1024 * 1024
_MESSAGE: Final = "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader"


@dataclass(frozen=True, slots=True)
class Intake:
    """A document ready to be sent, and where its parts stand in the request.

    `digest` is the SHA-256 of the body.
    """

    consignment: Consignment
    places: Places
    digest: str


async def read_document(request: Request, context: Context) -> Intake:
    """Return the document of a request, whose body is read as it arrives.

    Raises:
        UnsupportedMediaTypeError: if it is neither a form nor XML.
        NotAFormError: if it is no form although it says so.
        InvalidInputError: if the form's parts do not fit their description.
        EdxmlError: if the packet cannot be read or written.
        PacketIsStatusError: if the packet tells a status.
        RefusedError: if a party of a form is not in the catalogue.
        DiskFullError: if there is no room for it.
    """
    media_type = media_type_of(request)
    spool = Spool(context.settings.spool_folder)
    limits = Limits.of(context.settings.max_document_bytes)
    if media_type in XML:
        raw = await read_body(request.stream(), spool)
        return await asyncio.to_thread(_read_packet, raw, limits, spool)
    if media_type != FORM:
        raise UnsupportedMediaTypeError(FORM, *XML)
    form = await read_form(
        request.stream(), request.headers["content-type"], spool, at_most=limits.attachments + 2
    )
    draft, files = _draft_and_files(form, limits)
    places = Places(
        "/from", tuple(f"/to/{n}" for n, _ in enumerate(draft.recipients)), "/document_id"
    )
    packet = packet_of(draft, files, context.clock)
    complete = await context.database.read(addressed, context.clock, packet, places)
    return Intake(await asyncio.to_thread(packed, complete), places, form.digest)


def _read_packet(raw: Content, limits: Limits, spool: Spool) -> Intake:
    reading = read_content(raw, limits=limits, spool=spool)
    packet = reading.packet
    if isinstance(packet, StatusPacket):
        raise PacketIsStatusError
    return Intake(packed(packet, reading.raw), _places(packet), raw.sha256)


def _places(packet: Packet) -> Places:
    several = len(packet.recipients) > 1
    return Places(
        f"{_MESSAGE}/From/OrganId",
        tuple(
            f"{_MESSAGE}/To[{n}]/OrganId" if several else f"{_MESSAGE}/To/OrganId"
            for n, _ in enumerate(packet.recipients, 1)
        ),
        f"{_MESSAGE}/DocumentId",
    )


def _draft_and_files(form: Form, limits: Limits) -> tuple[DocumentDraft, tuple[Attachment, ...]]:
    wrong = [
        Invalid(f"/{name}", "phần này không có trong bản mô tả", "no such part")
        for name in dict.fromkeys(part.name for part in form.parts)
        if name not in {_METADATA, _FILES}
    ]
    found, files = form.named(_METADATA), form.named(_FILES)
    if len(found) != 1:
        wrong.append(Invalid(f"/{_METADATA}", "phải có đúng một phần này", "wanted exactly once"))
    if wrong:
        raise InvalidInputError(wrong)
    if found[0].content.size > _METADATA_BYTES:
        raise NotAFormError
    draft = parse_json(found[0].content.data, DocumentDraft)
    if sum(file.content.size for file in files) > limits.unpacked_bytes:
        raise AttachmentTooLargeError(f"/{_FILES}")
    return draft, tuple(_file(n, one) for n, one in enumerate(files))


def _file(n: int, part: FormPart) -> Attachment:
    if part.file_name is None:
        raise InvalidInputError([Invalid(f"/{_FILES}/{n}", "phải là tệp có tên", "not a file")])
    name = part.plain_name
    if not name:
        reason = f"tên tệp phải có 1-{NAME_LENGTH} ký tự in được"
        raise InvalidInputError([Invalid(f"/{_FILES}/{n}", reason, "unusable file name")])
    if not part.content.size:
        raise InvalidInputError([Invalid(f"/{_FILES}/{n}", "tệp rỗng", "the file is empty")])
    return Attachment(f"a{n + 1:03}", name, part.content)
