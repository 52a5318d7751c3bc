"""Finding services that a caller may see, or may act for."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.broker.domain.deciding import today
from app.broker.domain.errors import NoDescriptionError, UnknownSharedServiceError
from app.broker.domain.service import Service, ServiceState
from app.broker.store import descriptions, registered
from app.broker.store.descriptions import Document, Imported
from app.broker.store.registered import Wanted
from app.platform.clock import Clock


def list_services(
    connection: Connection, wanted: Wanted, *, after: int | None, limit: int
) -> Sequence[tuple[int, Service]]:
    """Return a page of the versions that a member's clients may see."""
    return registered.page(connection, wanted, after=after, limit=limit)


def show_versions(
    connection: Connection, clock: Clock, caller: Caller, code: str
) -> Sequence[Service]:
    """Return the versions of a service that a caller may see.

    Raises:
        UnknownSharedServiceError: if there is none.
    """
    every = [one for _, one in registered.of_code(connection, code)]
    found = [one for one in every if is_shown(one, clock, caller)]
    if not found:
        raise UnknownSharedServiceError
    return found


def show_version(
    connection: Connection, clock: Clock, caller: Caller, code: str, version: str
) -> Service:
    """Return a version.

    Raises:
        UnknownSharedServiceError: if there is none, or it is not the caller's to see.
    """
    return visible(connection, clock, caller, code, version)[1]


def show_document(
    connection: Connection, clock: Clock, caller: Caller, code: str, version: str
) -> Document:
    """Return the document that describes a version.

    Raises:
        UnknownSharedServiceError: if the version is not the caller's to see.
        NoDescriptionError: if it has none.
    """
    number, _ = visible(connection, clock, caller, code, version)
    found = descriptions.document(connection, number)
    if found is None:
        raise NoDescriptionError
    return found


def list_imports(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    key: tuple[str, str],
    *,
    before: int | None,
    limit: int,
) -> Sequence[tuple[int, Imported]]:
    """Return a page of what was imported of a version, the last first.

    Raises:
        UnknownSharedServiceError: if the version is not the caller's to see.
    """
    number, _ = visible(connection, clock, caller, *key)
    return descriptions.page(connection, number, before=before, limit=limit)


def visible(
    connection: Connection, clock: Clock, caller: Caller, code: str, version: str
) -> tuple[int, Service]:
    """Return a version that a caller may see, with its row number.

    Raises:
        UnknownSharedServiceError: if it may not.
    """
    found = registered.find(connection, code, version)
    if found is None or not is_shown(found[1], clock, caller):
        raise UnknownSharedServiceError
    return found


def own(connection: Connection, caller: Caller, code: str, version: str) -> tuple[int, Service]:
    """Return a version that a caller may act for, with its row number.

    Raises:
        UnknownSharedServiceError: if it may not: strangers are not told that it exists.
    """
    found = registered.find(connection, code, version)
    if found is None or not caller.may_see(found[1].tenant):
        raise UnknownSharedServiceError
    return found


def is_shown(service: Service, clock: Clock, caller: Caller) -> bool:
    """Tell whether a caller may see a version: its own, or one that is published to it."""
    if caller.may_see(service.tenant):
        return True
    state = service.state_on(today(clock.now()))
    is_public = state in {ServiceState.PUBLISHED, ServiceState.DEPRECATED}
    return is_public and service.is_open_to(caller.member)
