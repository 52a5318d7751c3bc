"""What a question may be answered with: by the client's scope, or by the broker's grant."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from app.access.domain import Caller
from app.broker.domain.deciding import RefusalReason, Refused
from app.broker.domain.errors import SharedServiceBlockedError
from app.broker.domain.service import Service
from app.lookups.domain.asking import Question
from app.lookups.domain.granting import BY_SCOPE, Leave, LookUpNotGrantedError, by_scope
from app.lookups.domain.verifying import Proof
from app.lookups.routes.keeping import KeptAnswers
from app.platform.errors import ProblemError
from app.platform.links import LinkSigner

if TYPE_CHECKING:
    from app.broker.register import Register


@dataclass(frozen=True, slots=True)
class Terms:
    """How a question is asked: what may be told, what its answer proves, what may be kept.

    Under `key` an answer is kept as long as the leave says, 0 seconds unless a grant says more.
    """

    leave: Leave = BY_SCOPE
    proof: Proof | None = None
    kept: KeptAnswers | None = None
    key: str = ""


async def terms_of(
    request: Request,
    caller: Caller,
    question: Question,
    *,
    fields: Collection[str] | None = None,
    proof: Proof | None = None,
) -> Terms:
    """Return the terms of a question; `fields` are what a scope alone lets be told, None for all.

    Where the register has a service with the code of the look-up's, only a grant of its
    operation `POST /<operation>` lets ask, and says what for and what is told.

    Raises:
        LookUpNotGrantedError: if there is no good grant.
        SharedServiceBlockedError: if there is one, and nobody may ask for the time being.
        PurposeNotGrantedError: if it is asked for another purpose.
    """
    register: Register = request.app.state.register
    path = f"/{question.operation}".encode()
    decided = await register.decide_code(caller, question.service.value, "POST", path)
    if isinstance(decided, Refused):
        if decided.service is not None:
            raise _refusal(question, decided.reason, decided.service)
        return Terms(BY_SCOPE if fields is None else by_scope(fields), proof)
    grant = decided.grant
    leave = Leave(
        frozenset(grant.fields) if grant.fields else None,
        grant.id,
        grant.purpose,
        grant.cache_seconds,
    )
    leave.check_purpose(question.reason)
    signer: LinkSigner = request.app.state.links
    body = (await request.body()).hex()
    key = signer.person_hash(f"{caller.client_id}/{grant.id}/{question.act}/{body}")
    return Terms(leave, proof, request.app.state.kept_answers, key)


def _refusal(question: Question, reason: RefusalReason, service: Service) -> ProblemError:
    if reason is RefusalReason.BLOCKED:
        return SharedServiceBlockedError(service)
    return LookUpNotGrantedError(question.service)
