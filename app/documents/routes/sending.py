"""`POST /v1/documents`: taking a document over to be delivered."""

from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.routes.describing import request_body
from app.documents.routes.intake import read_document
from app.documents.routes.router import router
from app.documents.schemas.outgoing import DocumentOut
from app.documents.use_cases import reading, sending
from app.documents.use_cases.consigning import Sending
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once
from app.platform.problems import problem_answers
from app.platform.storage.streams import Deposit

_CREATED = 201
_KNOWN = 200


@router.post(
    "/v1/documents",
    operation_id="send_document",
    summary="Gửi văn bản điện tử / Send an electronic document",
    status_code=_CREATED,
    response_model=DocumentOut,
    responses={
        _KNOWN: {"model": DocumentOut, "description": "Văn bản này đã gửi trước / Sent before"},
        **problem_answers(400, 401, 403, 409, 413, 415, 422, 503, 507),
    },
    openapi_extra={"parameters": [KEY_PARAMETER], "requestBody": request_body()},
)
async def send_document(
    request: Request, caller: Annotated[Caller, requires(Scope.SEND_DOCUMENTS)], ctx: Ctx
) -> Response:
    """Take a document over, durably, for all its recipients or for none.

    Recipients of our own province have it at once; the others get it over the document axis.
    """
    intake = await read_document(request, ctx)
    settings = ctx.settings
    wanted = Sending(
        intake.consignment,
        intake.places,
        intake.digest,
        settings.province,
        settings.members_beyond,
        are_originals_here=settings.unknown_originals == "refuse",
    )

    def act(connection: Connection) -> Answer:
        sent = sending.send(connection, ctx.clock, caller, wanted)
        document = sent.document
        seen = reading.whole(connection, caller, document)
        content = DocumentOut.of(document, seen.recipients, seen.history, seen.related, seen.check)
        return Answer(
            _CREATED if sent.is_new else _KNOWN,
            content.model_dump_json().encode(),
            document.subject_of_evidence,
            {"Location": f"/v1/documents/{document.id}"},
        )

    async with Deposit(ctx.database, ctx.clock) as deposit:
        await deposit.lay(intake.consignment.contents)
        return await answer_once(request, ctx, caller.client_id, intake.digest, act)
