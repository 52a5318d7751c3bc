"""How services do, as this process has seen it."""

from typing import Annotated

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.carrying.carrier import Carrier
from app.broker.carrying.upstreams import Standing, Upstreams, state_of
from app.broker.domain.service import Service, Upstream
from app.broker.routes.router import PathCode, answer, router
from app.broker.schemas.health import HealthOut, UpstreamHealth, VersionHealth
from app.broker.use_cases import finding
from app.platform.context import Ctx
from app.platform.problems import problem_answers


@router.get(
    "/v1/services/{code}/health",
    operation_id="show_service_health",
    summary="Tình trạng của một dịch vụ / How a service does",
    response_model=HealthOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def show_service_health(
    request: Request,
    code: PathCode,
    caller: Annotated[Caller, requires(Scope.READ_SERVICES)],
    ctx: Ctx,
) -> Response:
    """Show how the addresses of a service have answered the process that answers this.

    Each process keeps its own breakers; the exchanges of all are counted at
    `/v1/exchanges/statistics`.
    """
    found = await ctx.database.read(finding.show_versions, ctx.clock, caller, code)
    carrier: Carrier = request.app.state.broker.carrier
    versions = [
        _version(one, carrier.upstreams, is_own=caller.may_see(one.tenant)) for one in found
    ]
    return answer(HealthOut(code=code, versions=versions))


def _version(service: Service, upstreams: Upstreams, *, is_own: bool) -> VersionHealth:
    called = {one.url for one in service.reached}
    return VersionHealth(
        version=service.version,
        route=service.route,
        state=state_of([upstreams.of(url) for url in called]).value,
        upstreams=[
            _upstream(upstreams.of(one.url), one, is_called=one.url in called, is_own=is_own)
            for one in service.upstreams
        ],
    )


def _upstream(one: Standing, place: Upstream, *, is_called: bool, is_own: bool) -> UpstreamHealth:
    return UpstreamHealth(
        url=one.url if is_own else None,
        via=place.via,
        is_called=is_called,
        state=one.breaker.state.value,
        answers=one.answers,
        failures=one.failures,
        last_answer_at=one.last_answer_at,
        last_failure_at=one.last_failure_at,
        last_failure=one.last_failure and one.last_failure.value,
        mean_milliseconds=None if one.seconds is None else round(one.seconds * 1000, 1),
    )
