"""Reading the trace header list: the nodes passed, and the business of the packet."""

from collections.abc import Sequence

from app.codes import AgencyCode
from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.names import STAFF
from app.exchange.vxp.edxml.packet import Business, BusinessKind, Replacement, Staff, TraceHop
from app.exchange.vxp.edxml.tree import (
    Place,
    agency_of,
    document_id_of,
    moment_of,
    number_of,
    parties_of,
)


def read_hops(trace: Place | None) -> tuple[TraceHop, ...]:
    """Return the nodes in the order they wrote themselves in; the first is the sender."""
    return tuple(
        TraceHop(hop.text_at("OrganId"), hop.get("Timestamp", moment_of))
        for hop in ([] if trace is None else trace.all("TraceHeader"))
    )


def read_business(trace: Place | None) -> Business:
    """Return what the packet does; a packet that does not say brings a new document."""
    place = None if trace is None else trace.one("Bussiness")
    if place is None:
        return Business()
    info = place.one("BussinessDocumentInfo")
    changes = [] if info is None else _receivers(info)
    return Business(
        kind=place.get_surely("BussinessDocType", _kind_of) or BusinessKind.NEW,
        reason=place.text_at("BussinessDocReason"),
        document_id=place.get_surely("DocumentId", document_id_of),
        is_content_changed=info is not None and _flag(info, "DocumentInfo"),
        are_receivers_changed=info is not None and _flag(info, "DocumentReceiver"),
        added=tuple(code for code, is_added in changes if is_added),
        dropped=tuple(code for code, is_added in changes if not is_added),
        staff=read_staff(place),
        has_paper=_flag(place, "Paper"),
        replacements=_replacements(place),
    )


def read_staff(place: Place) -> Staff | None:
    """Return the first member of staff: the vendor's own model allows several."""
    found = place.all("StaffInfo")
    return Staff(**found[0].texts(STAFF)) if found else None


def _kind_of(place: Place) -> BusinessKind:
    number = number_of(place)
    if number not in set(BusinessKind):
        raise errors.UnknownValueError(place.path)
    return BusinessKind(number)


def _receivers(info: Place) -> Sequence[tuple[AgencyCode, bool]]:
    listed = info.one("ReceiverList")
    return parties_of([] if listed is None else listed.all("Receiver"), _receiver)


def _receiver(place: Place) -> tuple[AgencyCode, bool]:
    return agency_of(place.need("OrganId")), _flag_of(place.need("ReceiverType"))


def _flag(place: Place, name: str) -> bool:
    return bool(place.get(name, _flag_of))


def _flag_of(place: Place) -> bool:
    number = number_of(place)
    if number > 1:
        raise errors.UnknownValueError(place.path)
    return number == 1


def _replacements(place: Place) -> tuple[Replacement, ...]:
    listed = place.one("ReplacementInfoList")
    return tuple(
        Replacement(document_id_of(one.need("DocumentId")), _recipients(one))
        for one in ([] if listed is None else listed.all("ReplacementInfo"))
    )


def _recipients(replacement: Place) -> tuple[AgencyCode, ...]:
    listed = replacement.one("OrganIdList")
    return tuple(parties_of([] if listed is None else listed.all("OrganId"), agency_of))
