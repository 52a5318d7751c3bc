"""Reading the manifest and the attachments it names."""

from dataclasses import dataclass

from app.exchange.vxp.edxml import attachments, errors
from app.exchange.vxp.edxml.decoding import Source
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Attachment
from app.exchange.vxp.edxml.skeleton import Cut
from app.exchange.vxp.edxml.tree import Place


@dataclass(frozen=True, slots=True)
class Carried:
    """A file of the packet; `wrapping` gives the text of `cut` again, where there is one."""

    attachment: Attachment
    wrapping: attachments.Wrapping
    cut: Cut | None


def read_attachments(root: Place, source: Source, limits: Limits) -> tuple[Carried, ...]:
    """Return the files in the manifest's order; one it does not name follows at the end.

    Raises:
        EdxmlError: if a named file is not there, or a file cannot be decoded or is too large.
    """
    carried = _by_id(root.one("AttachmentEncoded"), "Attachment")
    if len(carried) > limits.attachments:
        raise errors.TooManyAttachmentsError("/edXML/AttachmentEncoded")
    named = _by_id(_manifest(root), "Reference")
    for content_id, reference in named.items():
        if content_id not in carried:
            raise errors.MissingAttachmentError(reference.path)
    reading = _Reading(source, attachments.Budget(limits, limits.unpacked_bytes))
    order = [*named, *(content_id for content_id in carried if content_id not in named)]
    files = (reading.file(one, named.get(one), carried[one]) for one in order)
    return tuple(file for file in files if file is not None)


def _manifest(root: Place) -> Place | None:
    place = root.one("edXMLEnvelope")
    for name in ("edXMLBody", "edXMLManifest"):
        place = None if place is None else place.one(name)
    return place


def _by_id(parent: Place | None, name: str) -> dict[str, Place]:
    """Index children by ContentId without the one `cid:` that some writers put before it."""
    found: dict[str, Place] = {}
    for place in [] if parent is None else parent.all(name):
        content_id = place.need_text("ContentId").removeprefix("cid:")
        if content_id in found:
            raise errors.RepeatedContentIdError(f"{place.path}/ContentId")
        found[content_id] = place
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    source: Source
    budget: attachments.Budget

    def file(self, content_id: str, reference: Place | None, carried: Place) -> Carried | None:
        """Return a file; None in a lenient reading for one that was zipped without content."""
        places = [carried] if reference is None else [reference, carried]
        name = _first(places, "AttachmentName") or content_id
        path = f"{carried.path}/ContentTransferEncoded"
        encoded = carried.elements("ContentTransferEncoded")
        if len(encoded) > 1:
            raise errors.RepeatedElementError(path)
        sent = self.source.decode((encoded[0].text if encoded else None) or "", path)
        spool = self.source.spool
        file, wrapping = attachments.unwrap(sent.content, name, self.budget, spool, path)
        if not file.size:
            if carried.passed_over is not None and sent.content.size:
                carried.passed_over.values.append(path)
                return None
            raise errors.EmptyAttachmentError(path)
        attachment = Attachment(content_id, name, file, _first(places, "Description"))
        return Carried(attachment, wrapping, sent.cut)


def _first(places: list[Place], name: str) -> str | None:
    texts = (place.text_at(name) for place in places)
    return next((text for text in texts if text is not None), None)
