"""Telling the people of a service why a call would be allowed or refused now."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.access.store import find as find_client
from app.broker.domain.deciding import Call, View, decide
from app.broker.domain.errors import ConsumerRefusedError, UnknownSharedServiceError
from app.broker.domain.explaining import Explained, Question
from app.broker.domain.service import Service
from app.broker.store import grants, registered
from app.platform.clock import Clock


def explain(
    connection: Connection, clock: Clock, caller: Caller, *, code: str, question: Question
) -> Explained:
    """Decide as every process would that has read the register just now.

    Raises:
        UnknownSharedServiceError: if the service is not the caller's: strangers learn nothing.
        ConsumerRefusedError: if nobody knows the client.
    """
    every = [one for _, one in registered.of_code(connection, code)]
    if not any(caller.may_see(one.tenant) for one in every):
        raise UnknownSharedServiceError
    found = find_client(connection, question.client_id)
    if found is None:
        raise ConsumerRefusedError("/client_id")
    service = _meant(every, question.version)
    view = View.of(0, every, grants.of_client(connection, question.client_id))
    call = Call(question.method, question.path.encode())
    return Explained(found[0], decide(view, found[0], service, call, now=clock.now()))


def _meant(every: list[Service], version: str | None) -> Service | None:
    if version is None:
        return next((one for one in every if one.is_default), None)
    return next((one for one in every if one.version == version), None)
