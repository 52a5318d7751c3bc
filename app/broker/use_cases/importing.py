"""Taking over documents that describe a version: its operations, and what is different now."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.broker.domain.describing import Change, ChangeKind, Description, differences
from app.broker.domain.errors import BreakingDescriptionError
from app.broker.domain.lifecycle import check_operations
from app.broker.domain.service import Service, ServiceState
from app.broker.store import descriptions, registered
from app.broker.store.descriptions import Document, Imported
from app.broker.store.revisions import raise_revision
from app.broker.use_cases.finding import own
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.errors import Invalid

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A document, what it says, and whether it may break who uses the version already."""

    document: Document
    description: Description
    may_break: bool = False


def import_description(
    connection: Connection, clock: Clock, caller: Caller, *, key: tuple[str, str], told: Told
) -> tuple[Service, Imported]:
    """Describe a version: its operations become those of the document.

    It is compared with the last document of the version, or else of the version before it.

    Raises:
        UnknownSharedServiceError: if the version is not the caller's.
        OperationRefusedError: if two of its operations are the same.
        BreakingDescriptionError: if the version is published, this breaks consumers, and nobody
            said that it may.
    """
    raise_revision(connection)
    number, service = own(connection, caller, *key)
    return describe(connection, clock, caller, (number, service), told=told)


def describe(
    connection: Connection, clock: Clock, actor: Actor, of: tuple[int, Service], *, told: Told
) -> tuple[Service, Imported]:
    """Describe a version for whoever may act for it; raises as `import_description` does."""
    number, service = of
    operations = told.description.callable_operations()
    check_operations(operations)
    before = descriptions.latest(connection, number)
    changes = _changes(connection, service, before, told.description)
    breaking = [one for one in changes if one.kind is ChangeKind.BREAKING]
    is_used = service.state is not ServiceState.DRAFT and before is not None
    if breaking and is_used and not told.may_break:
        raise BreakingDescriptionError(
            [Invalid(f"/{one.operation}", one.text, one.text_en) for one in breaking[:_SHOWN]]
        )
    imported = Imported(
        kind=told.description.kind.value,
        title=told.description.title,
        media_type=told.document.media_type,
        digest=told.document.digest,
        changes=changes,
        imported_at=clock.now(),
        imported_by=actor.client_id,
    )
    after = replace(service, operations=operations, description_digest=told.document.digest)
    descriptions.add(connection, number, told.document, told.description, imported)
    registered.save(connection, number, after)
    act = Act("shared-service.describe", service.subject, told.document.digest)
    record(connection, clock, actor, act)
    return after, imported


def _changes(
    connection: Connection, service: Service, before: Description | None, after: Description
) -> tuple[Change, ...]:
    if before is None:
        versions = reversed(registered.of_code(connection, service.code))
        numbers = (number for number, one in versions if one.version != service.version)
        found = (descriptions.latest(connection, number) for number in numbers)
        before = next((one for one in found if one is not None), None)
    return () if before is None else differences(before, after)
