"""Taking over documents that describe a version."""

from typing import Annotated, Any, Final, Literal

from fastapi import Query
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.broker.routes.registering import Registrar
from app.broker.routes.router import (
    PROBLEMS,
    VERSION_PATH,
    PathCode,
    PathVersion,
    acted,
    router,
    told,
    version_path,
)
from app.broker.schemas.described import DescribedOut, ImportOut
from app.broker.schemas.documents import JSON, XML, YAML, plain_media_type, read_description
from app.broker.schemas.documents.examples import JSON_EXAMPLE, XML_EXAMPLE, YAML_EXAMPLE
from app.broker.store.descriptions import Document
from app.broker.use_cases import importing
from app.broker.use_cases.importing import Told
from app.platform.bodies import digest_of, media_type_of
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer
from app.platform.problems import problem_answers

Breaking = Annotated[
    Literal["accepted"] | None,
    Query(
        description="accepted: vẫn nhập khi làm hỏng hệ thống đang dùng phiên bản đã công bố. / "
        "Take it over even if it breaks consumers of a published version."
    ),
]
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "description": "OpenAPI 3.0, 3.1, Swagger 2.0 (JSON, YAML) hoặc WSDL 1.1 (XML). / or WSDL.",
    "content": {
        JSON: {"schema": {"type": "object"}, "example": JSON_EXAMPLE},
        YAML: {"schema": {"type": "string"}, "example": YAML_EXAMPLE},
        XML: {"schema": {"type": "string"}, "example": XML_EXAMPLE},
    },
}


@router.post(
    VERSION_PATH + "/descriptions",
    operation_id="describe_service",
    summary="Nhập bản mô tả OpenAPI hoặc WSDL / Take over an OpenAPI or WSDL document",
    status_code=201,
    response_model=DescribedOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER], "requestBody": _BODY},
)
async def describe_service(
    code: PathCode,
    version: PathVersion,
    request: Request,
    caller: Registrar,
    ctx: Ctx,
    breaking: Breaking = None,
) -> Response:
    """Have a document say which operations a version has; tells what differs from the one before.

    It is read strictly and must be whole: nothing outside it is fetched. On a published version
    what breaks consumers is refused with the list, unless `breaking=accepted`.
    """
    raw, media_type = await request.body(), media_type_of(request)
    description = await run_in_threadpool(read_description, raw, media_type)
    document = Document(plain_media_type(media_type), digest_of(raw), raw)
    wish = Told(document, description, may_break=breaking is not None)

    def act(connection: Connection) -> Answer:
        service, imported = importing.import_description(
            connection, ctx.clock, caller, key=(code, version), told=wish
        )
        shown = ImportOut.of(imported).model_dump()
        body = DescribedOut(**shown, operations=[one.id for one in service.operations])
        return told(f"{version_path((code, version))}/description", body, service.subject)

    return await acted(request, ctx, caller, document.digest, act)
