"""Routes of the control API; README.md describes each."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from mock_ngsp.control import views
from mock_ngsp.control.figures import figure_routes
from mock_ngsp.control.land import land_routes
from mock_ngsp.control.messages import message_routes
from mock_ngsp.control.ngsp import application_routes, service_routes
from mock_ngsp.control.payments import pay_routes, payment_routes
from mock_ngsp.control.portal import file_routes, filing_routes, people_routes, published_routes
from mock_ngsp.control.promotions import promotion_routes
from mock_ngsp.control.sso import sign_on_routes
from mock_ngsp.control.taxes import tax_routes
from mock_ngsp.control.wire import Advance, FailNext, FailShare, Page, SystemRow
from mock_ngsp.record import Wanted
from mock_ngsp.universe import Universe
from mock_ngsp.wire import Axis

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=10_000)]
After = Annotated[str | None, Query(pattern=r"^\d{1,18}$")]
Member = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9.\-]+$")]


def control_app(universe: Universe) -> FastAPI:
    """The control API over one universe; its description is at `/openapi.json`."""
    app = FastAPI(
        title="mock-ngsp control",
        version="1",
        docs_url=None,
        redoc_url=None,
        exception_handlers={RequestValidationError: _invalid},
    )
    for router in (
        _commands(universe), _record(universe), _state(universe),
        published_routes(universe), people_routes(universe), filing_routes(universe),
        payment_routes(universe), sign_on_routes(universe),
        file_routes(universe),
        promotion_routes(universe),
        tax_routes(universe),
        figure_routes(universe),
        land_routes(universe),
        service_routes(universe),
        application_routes(universe),
        message_routes(universe),
    ):  # fmt: skip
        app.include_router(router, prefix="/_axis/v1")
    app.include_router(pay_routes(universe))
    return app


async def _invalid(_request: Request, wrong: Exception) -> JSONResponse:
    told: list[str] = []
    if isinstance(wrong, RequestValidationError):
        told = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors()]
    return JSONResponse({"detail": "; ".join(told)}, 422)


def _commands(universe: Universe) -> APIRouter:
    router = APIRouter()

    @router.get("/health")
    async def health() -> dict[str, Any]:
        return views.health(universe)

    @router.post("/reset", status_code=204)
    async def reset() -> None:
        universe.reset()

    @router.post("/systems", status_code=201)
    async def put_system(row: SystemRow) -> dict[str, str]:
        universe.systems.put(row.system())
        return {"id": row.id, "member": row.member}

    @router.post("/fail-next", status_code=201)
    async def fail_next(script: FailNext) -> FailNext:
        universe.faults.add(script.fault())
        return script

    @router.post("/fail-share", status_code=201)
    async def fail_share(weather: FailShare) -> dict[str, Any]:
        before = views.weather(universe, weather.axis)
        universe.faults.stir(weather.axis, weather.sea())
        return {**weather.model_dump(), "before": before}

    @router.post("/clock")
    async def advance(by: Advance) -> dict[str, str]:
        universe.clock.advance(timedelta(seconds=by.seconds))
        return {"time": universe.clock.now().isoformat()}

    return router


def _record(universe: Universe) -> APIRouter:
    router = APIRouter()

    @router.get("/received")
    async def received(
        axis: Axis | None = None,
        operation: str | None = None,
        limit: Limit = 100,
        after: After = None,
    ) -> Page:
        wanted = Wanted(axis, operation, int(after or 0), limit)
        entries, following = universe.record.page(wanted)
        return Page(
            items=[entry.shown() for entry in entries],
            next=None if following is None else str(following),
        )

    return router


def _state(universe: Universe) -> APIRouter:
    router = APIRouter()

    @router.get("/dossiers")
    async def dossiers(limit: Limit = 100, after: After = None) -> Page:
        return _page(universe.dossiers.all(), views.dossier_line, limit, after)

    @router.get("/dossiers/{MaHoSo}")
    async def dossier(MaHoSo: str) -> dict[str, Any]:
        held = universe.dossiers.find(MaHoSo)
        if held is None:
            raise HTTPException(404, "The nation holds no dossier with this MaHoSo.")
        return views.dossier(held)

    @router.get("/deliveries")
    async def deliveries(
        member: Member = None,
        document_id: str | None = None,
        limit: Limit = 100,
        after: After = None,
    ) -> Page:
        rows = views.deliveries(universe, member, document_id)
        return _page(rows, views.delivery, limit, after)

    return router


def _page(
    rows: Sequence[T], shown: Callable[[T], dict[str, Any]], limit: int, after: str | None
) -> Page:
    start = int(after or 0)
    chosen = rows[start : start + limit]
    more = len(rows) > start + limit
    return views.page([shown(row) for row in chosen], start, more=more)
