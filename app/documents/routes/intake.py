"""Reading what a client sends as a document: a form of metadata and files, or an edXML packet."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from app.documents.domain.errors import PacketIsStatusError
from app.documents.routes.drafting import packet_of
from app.documents.schemas.incoming import DocumentDraft
from app.documents.use_cases.packing import Consignment, packed
from app.documents.use_cases.sending import Places, addressed
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Attachment, Packet, StatusPacket
from app.exchange.vxp.edxml.reader import read
from app.platform.bodies import (
    InvalidInputError,
    UnsupportedMediaTypeError,
    media_type_of,
    parse_json,
)
from app.platform.context import Context
from app.platform.errors import Invalid, MalformedError

FORM: Final = "multipart/form-data"
XML: Final = ("application/xml", "text/xml", "application/edxml+xml")

_METADATA: Final = "metadata"
_FILES: Final = "files"
_METADATA_BYTES: Final = 1024 * 1024
_NAME_LENGTH: Final = 255
_MESSAGE: Final = "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader"


class NotAFormError(MalformedError):
    """The body is not the multipart form that its media type promises."""

    slug = "not-a-form"
    title = "Nội dung không phải biểu mẫu nhiều phần"
    title_en = "The body is not a multipart form"

    def __init__(self) -> None:
        super().__init__(
            "Không đọc được biểu mẫu multipart/form-data, hoặc có quá nhiều phần.",
            "The multipart/form-data body cannot be read, or has too many parts.",
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """A document ready to be sent, and where its parts stand in the request."""

    consignment: Consignment
    places: Places


async def read_document(request: Request, raw: bytes, context: Context) -> Intake:
    """Return the document of a request whose body is `raw`.

    Raises:
        UnsupportedMediaTypeError: if it is neither a form nor XML.
        NotAFormError: if it is no form although it says so.
        InvalidInputError: if the form's parts do not fit their description.
        EdxmlError: if the packet cannot be read or written.
        PacketIsStatusError: if the packet tells a status.
        RefusedError: if a party of a form is not in the catalogue.
    """
    media_type = media_type_of(request)
    if media_type in XML:
        return await asyncio.to_thread(_read_packet, raw)
    if media_type != FORM:
        raise UnsupportedMediaTypeError(FORM, *XML)
    form = await _read_form(request, raw)
    places = Places(
        "/from", tuple(f"/to/{n}" for n, _ in enumerate(form.draft.recipients)), "/document_id"
    )
    packet = packet_of(form.draft, form.files, context.clock)
    complete = await context.database.read(addressed, context.clock, packet, places)
    return Intake(await asyncio.to_thread(packed, complete), places)


def _read_packet(raw: bytes) -> Intake:
    packet = read(raw, limits=Limits())
    if isinstance(packet, StatusPacket):
        raise PacketIsStatusError
    return Intake(packed(packet, raw), _places(packet))


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


@dataclass(frozen=True, slots=True)
class _Form:
    draft: DocumentDraft
    files: tuple[Attachment, ...]


async def _read_form(request: Request, raw: bytes) -> _Form:
    async def body() -> AsyncGenerator[bytes, None]:
        yield raw

    parser = MultiPartParser(
        request.headers,
        body(),
        max_files=Limits().attachments + 1,
        max_fields=Limits().attachments + 1,
        max_part_size=_METADATA_BYTES,
    )
    try:
        form = await parser.parse()
    except MultiPartException:
        raise NotAFormError from None
    try:
        return await _form_of(form)
    finally:
        await form.close()


async def _form_of(form: FormData) -> _Form:
    wrong = [
        Invalid(f"/{name}", "phần này không có trong bản mô tả", "no such part")
        for name in dict.fromkeys(form.keys())
        if name not in {_METADATA, _FILES}
    ]
    found = form.getlist(_METADATA)
    if len(found) != 1:
        wrong.append(Invalid(f"/{_METADATA}", "phải có đúng một phần này", "wanted exactly once"))
    if wrong:
        raise InvalidInputError(wrong)
    said = found[0]
    text = await said.read() if isinstance(said, UploadFile) else said.encode()
    draft = parse_json(text, DocumentDraft)
    return _Form(draft, tuple([await _file(n, one) for n, one in _numbered(form)]))


def _numbered(form: FormData) -> list[tuple[int, UploadFile | str]]:
    return list(enumerate(form.getlist(_FILES)))


async def _file(n: int, part: UploadFile | str) -> Attachment:
    if isinstance(part, str):
        raise InvalidInputError([Invalid(f"/{_FILES}/{n}", "phải là tệp có tên", "not a file")])
    name = (part.filename or "").replace("\\", "/").rpartition("/")[2].strip()
    if not name or len(name) > _NAME_LENGTH or not name.isprintable():
        reason = f"tên tệp phải có 1-{_NAME_LENGTH} ký tự in được"
        raise InvalidInputError([Invalid(f"/{_FILES}/{n}", reason, "unusable file name")])
    content = await part.read()
    if not content:
        raise InvalidInputError([Invalid(f"/{_FILES}/{n}", "tệp rỗng", "the file is empty")])
    return Attachment(f"a{n + 1:03}", name, content)
