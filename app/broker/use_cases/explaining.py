"""Telling the people of a service why a call would be allowed or refused now."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.access.store import find as find_client
from app.broker.domain.deciding import Call, View, decide
from app.broker.domain.errors import ConsumerRefusedError, UnknownSharedServiceError
from app.broker.domain.explaining import Explained, Question
from app.platform.clock import Clock


def explain(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    view: View,
    *,
    code: str,
    question: Question,
) -> Explained:
    """Decide by `view`, the register as this process would decide the call itself.

    Raises:
        UnknownSharedServiceError: if the service is not the caller's: strangers learn nothing.
        ConsumerRefusedError: if nobody knows the client.
    """
    line = view.codes.get(code)
    if line is None or not any(caller.may_see(one.tenant) for one in line.versions.values()):
        raise UnknownSharedServiceError
    found = find_client(connection, question.client_id)
    if found is None:
        raise ConsumerRefusedError("/client_id")
    call = Call(question.method, question.path.encode())
    decision = decide(view, found[0], line.version(question.version), call, now=clock.now())
    return Explained(found[0], decision)
