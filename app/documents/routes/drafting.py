"""From a draft in JSON to a packet."""

from app import codes
from app.documents.schemas.incoming import DocumentDraft, PriorityName, ReferenceIn, SignerIn
from app.documents.use_cases.packing import document_id_of
from app.exchange.vxp.edxml.packet import (
    Attachment,
    Business,
    DocumentReference,
    DocumentType,
    Organisation,
    OtherInfo,
    Packet,
    Priority,
    Signer,
    TraceHop,
)
from app.platform.clock import Clock


def packet_of(draft: DocumentDraft, files: tuple[Attachment, ...], clock: Clock) -> Packet:
    """Return the packet of a draft, its parties not named yet."""
    return Packet(
        sender=Organisation(draft.sender),
        recipients=tuple(Organisation(code) for code in draft.recipients),
        number=draft.number,
        notation=draft.notation,
        document_id=_document_id(draft),
        place=draft.place,
        promulgated_on=draft.promulgated_on,
        document_type=DocumentType(code=draft.type_code, name=draft.type_name),
        subject=draft.subject,
        content=draft.content,
        signer=_signer(draft.signer),
        due_on=draft.due_on,
        to_places=tuple(draft.to_places),
        other=_other(draft),
        response_for=tuple(map(_reference, draft.response_for)),
        hops=(TraceHop(code=draft.sender, at=clock.now()),),
        business=Business(has_paper=draft.has_paper),
        attachments=files,
    )


def _document_id(draft: DocumentDraft) -> codes.DocumentId:
    if draft.document_id is not None:
        return draft.document_id
    symbol = f"{draft.number}/{draft.notation}"
    return document_id_of(draft.sender, draft.promulgated_on, symbol)


def _signer(said: SignerIn | None) -> Signer:
    if said is None:
        return Signer()
    return Signer(full_name=said.full_name, position=said.position, authority=said.authority)


def _other(draft: DocumentDraft) -> OtherInfo:
    names = list(PriorityName)
    return OtherInfo(
        priority=None if draft.priority is None else Priority(names.index(draft.priority)),
        circulation=draft.circulation,
        drafter=draft.drafter,
        copies=draft.copies,
        pages=draft.pages,
        appendixes=tuple(draft.appendixes),
    )


def _reference(said: ReferenceIn) -> DocumentReference:
    return DocumentReference(
        agency=said.agency,
        document_id=said.document_id,
        symbol=said.symbol,
        promulgated_on=said.promulgated_on,
    )
