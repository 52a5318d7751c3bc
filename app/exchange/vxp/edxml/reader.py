"""Reading a packet: `read` takes the bytes of a document or of a status about one.

Children are found by name in any order, unknown ones are passed over, empty texts and `null`
count as absent. What is refused is refused by a named error that points at the element. A lenient
reading goes on without optional elements that do not fit, and tells which.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import TypeVar

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.decoding import Source
from app.exchange.vxp.edxml.layout import laid_out
from app.exchange.vxp.edxml.leniency import PassedOver
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.manifest import Carried, read_attachments
from app.exchange.vxp.edxml.names import ORGANISATION, SIGNER
from app.exchange.vxp.edxml.packet import (
    Attachment,
    DocumentReference,
    DocumentType,
    Organisation,
    OtherInfo,
    Packet,
    Priority,
    Signer,
    StatusCode,
    StatusPacket,
    Steering,
)
from app.exchange.vxp.edxml.skeleton import cut_out, restore
from app.exchange.vxp.edxml.trace import read_business, read_hops, read_staff
from app.exchange.vxp.edxml.tree import (
    Place,
    agency_of,
    day_of,
    document_id_of,
    moment_of,
    number_of,
    parse,
    parties_of,
    text_of,
)
from app.platform.contents import Content
from app.platform.spools import Spool

Number = TypeVar("Number", bound=IntEnum)


@dataclass(frozen=True, slots=True)
class Reading:
    """A packet, and its bytes laid out so that what they encode need not be kept twice."""

    packet: Packet | StatusPacket
    raw: Content
    passed_over: PassedOver = field(default_factory=PassedOver)


def read(data: bytes, *, limits: Limits, is_lenient: bool = False) -> Packet | StatusPacket:
    """Return the packet; a StatusCode makes it a status, as no document has one.

    Raises:
        EdxmlError: one of `errors`, if it cannot be read, routed or identified.
    """
    passed_over = PassedOver() if is_lenient else None
    return _read(Content.of(data), limits, Spool(), passed_over)[0]


def read_content(
    raw: Content, *, limits: Limits, spool: Spool, is_lenient: bool = False
) -> Reading:
    """Return a packet that need not be in memory; its attachments are decoded to the spool.

    Raises:
        EdxmlError: as `read` does.
        DiskFullError: if the spool finds no room.
    """
    passed_over = PassedOver()
    packet, carried = _read(raw, limits, spool, passed_over if is_lenient else None)
    return Reading(packet, laid_out(raw, carried), passed_over)


def _read(
    raw: Content, limits: Limits, spool: Spool, passed_over: PassedOver | None
) -> tuple[Packet | StatusPacket, tuple[Carried, ...]]:
    data = raw.read
    skeleton = cut_out(data, raw.size, limits)
    root = parse(skeleton, limits, passed_over)
    restore(root.element, skeleton, data)
    header = root.need("edXMLEnvelope").need("edXMLHeader")
    message = header.need("MessageHeader")
    if message.has("StatusCode"):
        return _status(message), ()
    carried = read_attachments(root, Source(skeleton, data, spool), limits)
    files = tuple(one.attachment for one in carried)
    packet = _document(message, header.one("TraceHeaderList"), files)
    if _named(packet) > limits.named:
        raise errors.PacketTooLargeError(header.path)
    return packet, carried


def _named(packet: Packet) -> int:
    """Count the other documents, and the recipients of their own, that a packet names."""
    business = packet.business
    replaced = sum([max(1, len(one.recipients)) for one in business.replacements])
    return len(packet.response_for) + len(business.added) + len(business.dropped) + replaced


def _status(message: Place) -> StatusPacket:
    answered = message.need("ResponseFor")
    agency, document_id = answered.need("OrganId"), answered.need("DocumentId")
    about = _reference(answered)
    return StatusPacket(
        sender=_organisation(message.need("From")),
        response_for=replace(
            about, agency=agency_of(agency), document_id=document_id_of(document_id)
        ),
        code=_status_code(message.need("StatusCode")),
        at=_moment(message.need("Timestamp")),
        description=message.text_at("Description"),
        staff=read_staff(message),
    )


def _moment(place: Place) -> datetime:
    found = moment_of(place)
    if found is None:
        raise errors.WrongDateError(place.path)
    return found


def _status_code(place: Place) -> StatusCode:
    try:
        return StatusCode(text_of(place))
    except ValueError:
        raise errors.UnknownStatusError(place.path) from None


def _document(message: Place, trace: Place | None, files: tuple[Attachment, ...]) -> Packet:
    code = message.need("Code")
    issue = message.get("PromulgationInfo", _itself)
    places = message.get("ToPlaces", _itself)
    return Packet(
        sender=_organisation(message.need("From")),
        recipients=_recipients(message),
        number=code.need_text("CodeNumber"),
        notation=code.need_text("CodeNotation"),
        document_id=document_id_of(message.need("DocumentId")),
        place=None if issue is None else issue.text_at("Place"),
        promulgated_on=None if issue is None else issue.get("PromulgationDate", day_of),
        document_type=message.get("DocumentType", _document_type) or DocumentType(),
        subject=message.text_at("Subject"),
        content=message.text_at("Content"),
        signer=message.get("SignerInfo", _signer) or Signer(),
        due_on=message.get("DueDate", day_of),
        to_places=() if places is None else places.texts_of("Place"),
        other=message.get("OtherInfo", _other) or OtherInfo(),
        response_for=tuple(map(_reference, message.all("ResponseFor"))),
        steering=message.get("SteeringType", _one_of(Steering)),
        hops=read_hops(trace),
        business=read_business(trace),
        attachments=files,
    )


def _organisation(place: Place) -> Organisation:
    return Organisation(agency_of(place.need("OrganId")), **place.texts(ORGANISATION))


def _recipients(message: Place) -> tuple[Organisation, ...]:
    found = message.all("To")
    if not found:
        raise errors.MissingElementError(f"{message.path}/To")
    return tuple(parties_of(found, _organisation))


def _reference(place: Place) -> DocumentReference:
    return DocumentReference(
        agency=place.get("OrganId", agency_of),
        document_id=place.get("DocumentId", document_id_of),
        symbol=place.text_at("Code"),
        promulgated_on=place.get("PromulgationDate", day_of),
    )


def _document_type(place: Place) -> DocumentType:
    return DocumentType(
        code=place.get("Type", number_of),
        name=place.text_at("TypeName"),
        detail=place.get("TypeDetail", number_of),
    )


def _signer(place: Place) -> Signer:
    return Signer(**place.texts(SIGNER))


def _other(place: Place) -> OtherInfo:
    appendixes = place.get("Appendixes", _itself)
    return OtherInfo(
        priority=place.get("Priority", _one_of(Priority)),
        circulation=place.text_at("SphereOfPromulgation"),
        drafter=place.text_at("TyperNotation"),
        copies=place.get("PromulgationAmount", number_of),
        pages=place.get("PageAmount", number_of),
        appendixes=() if appendixes is None else appendixes.texts_of("Appendix"),
    )


def _itself(place: Place) -> Place:
    return place


def _one_of(numbers: type[Number]) -> Callable[[Place], Number]:
    def read(place: Place) -> Number:
        number = number_of(place)
        if number not in set(numbers):
            raise errors.UnknownValueError(place.path)
        return numbers(number)

    return read
