"""Finding services, and reading what describes them."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.domain.deciding import today
from app.broker.domain.service import ServiceState
from app.broker.routes.router import VERSION_PATH, PathCode, PathVersion, answer, router
from app.broker.schemas.described import ImportOut
from app.broker.schemas.documents import JSON, XML, YAML
from app.broker.schemas.registered import ServiceOut, VersionsOut
from app.broker.store.registered import Wanted
from app.broker.use_cases import finding
from app.fields import AgencyCode
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

Reader = Annotated[Caller, requires(Scope.READ_SERVICES)]


class ServicesQuery(BaseModel):
    """A page of services."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: ServiceState | None = Field(None, description="Trạng thái. / State.")
    owner: AgencyCode | None = Field(None, description="Cơ quan cung cấp. / Who provides it.")
    limit: Limit = 50
    after: After = None

    def wanted(self, caller: Caller) -> Wanted:
        """Return which are wanted."""
        owner = None if self.owner is None else codes.AgencyCode(self.owner)
        return Wanted(caller.member, self.state, owner)


@router.get(
    "/v1/services",
    operation_id="list_shared_services",
    summary="Danh mục dịch vụ chia sẻ / The catalogue of shared services",
    response_model=Page[ServiceOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_shared_services(
    query: Annotated[ServicesQuery, Query()], caller: Reader, ctx: Ctx
) -> Response:
    """List versions that the caller may see: its own, and those published to its member."""
    key = key_of(query.after, int)
    after = None if key is None else int(key[0])
    found = await ctx.database.read(
        finding.list_services, query.wanted(caller), after=after, limit=query.limit + 1
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    day = today(ctx.clock.now())
    items = [ServiceOut.of(one, day, is_own=caller.may_see(one.tenant)) for _, one in shown]
    return answer(Page[ServiceOut](items=items, next=behind))


@router.get(
    "/v1/services/{code}",
    operation_id="show_shared_service",
    summary="Một dịch vụ và các phiên bản / A service and its versions",
    response_model=VersionsOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def show_shared_service(code: PathCode, caller: Reader, ctx: Ctx) -> Response:
    """Show the versions of a service that the caller may see."""
    found = await ctx.database.read(finding.show_versions, ctx.clock, caller, code)
    day = today(ctx.clock.now())
    versions = [ServiceOut.of(one, day, is_own=caller.may_see(one.tenant)) for one in found]
    return answer(VersionsOut(code=code, versions=versions))


@router.get(
    VERSION_PATH,
    operation_id="show_service_version",
    summary="Một phiên bản của dịch vụ / A version of a service",
    response_model=ServiceOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def show_service_version(
    code: PathCode, version: PathVersion, caller: Reader, ctx: Ctx
) -> Response:
    """Show a version."""
    found = await ctx.database.read(finding.show_version, ctx.clock, caller, code, version)
    is_own = caller.may_see(found.tenant)
    return answer(ServiceOut.of(found, today(ctx.clock.now()), is_own=is_own))


@router.get(
    VERSION_PATH + "/description",
    operation_id="read_service_description",
    summary="Bản mô tả OpenAPI hoặc WSDL / The OpenAPI or WSDL document",
    response_class=Response,
    responses={
        200: {
            "description": "Tài liệu như đã nộp / The document as it came",
            "content": {
                JSON: {"schema": {"type": "object"}},
                YAML: {"schema": {"type": "string"}},
                XML: {"schema": {"type": "string"}},
            },
        },
        **problem_answers(401, 403, 404, 422, 503),
    },
)
async def read_service_description(
    code: PathCode, version: PathVersion, caller: Reader, ctx: Ctx
) -> Response:
    """Give the last document of a version, byte for byte."""
    found = await ctx.database.read(finding.show_document, ctx.clock, caller, code, version)
    headers = {"ETag": f'"{found.digest}"', "Content-Disposition": "attachment"}
    return Response(found.body, media_type=found.media_type, headers=headers)


class ImportsQuery(BaseModel):
    """A page of imports."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.get(
    VERSION_PATH + "/descriptions",
    operation_id="list_service_descriptions",
    summary="Các lần nhập bản mô tả và khác biệt / Imports, and how they differed",
    response_model=Page[ImportOut],
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def list_service_descriptions(
    code: PathCode,
    version: PathVersion,
    query: Annotated[ImportsQuery, Query()],
    caller: Reader,
    ctx: Ctx,
) -> Response:
    """List what was imported of a version, the last first, each with what it changed."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        finding.list_imports,
        ctx.clock,
        caller,
        (code, version),
        before=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    items = [ImportOut.of(one) for _, one in shown]
    return answer(Page[ImportOut](items=items, next=behind))
