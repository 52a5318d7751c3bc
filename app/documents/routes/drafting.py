"""From a draft in JSON to a packet."""

from app import codes
from app.documents.domain.refusals import StateSecretError
from app.documents.schemas.business import BusinessName, ReceiverChange
from app.documents.schemas.incoming import DocumentDraft, PriorityName, ReferenceIn, SignerIn
from app.documents.use_cases.packing import document_id_of
from app.exchange.vxp.edxml.packet import (
    Attachment,
    Business,
    BusinessKind,
    DocumentReference,
    DocumentType,
    Organisation,
    OtherInfo,
    Packet,
    Priority,
    Replacement,
    Signer,
    TraceHop,
)
from app.platform.clock import Clock


def packet_of(draft: DocumentDraft, files: tuple[Attachment, ...], clock: Clock) -> Packet:
    """Return the packet of a draft, its parties not named yet.

    Raises:
        StateSecretError: if the draft says that it is one.
    """
    if draft.state_secret:
        raise StateSecretError
    business = _business(draft)
    added = [code for code in business.added if code not in draft.recipients]
    return Packet(
        sender=Organisation(draft.sender),
        recipients=tuple(map(Organisation, (*draft.recipients, *added))),
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
        business=business,
        attachments=files,
    )


def _business(draft: DocumentDraft) -> Business:
    said = draft.business
    if said is None:
        return Business(has_paper=draft.has_paper)
    changes = {
        change: tuple(one.agency for one in said.receivers if one.change is change)
        for change in ReceiverChange
    }
    return Business(
        kind=BusinessKind(list(BusinessName).index(said.type)),
        reason=said.reason,
        document_id=said.original,
        is_content_changed=said.is_content_changed,
        are_receivers_changed=bool(said.receivers),
        added=changes[ReceiverChange.ADDED],
        dropped=changes[ReceiverChange.DROPPED],
        has_paper=draft.has_paper,
        replacements=tuple(
            Replacement(one.document_id, tuple(one.recipients)) for one in said.replaced
        ),
    )


def _document_id(draft: DocumentDraft) -> codes.DocumentId:
    if draft.document_id is not None:
        return draft.document_id
    if draft.business is not None and draft.business.original is not None:
        return draft.business.original
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
