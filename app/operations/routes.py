"""Pages for whoever runs the gateway; public, and without a word about its content."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import JSONResponse, Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.use_cases import waiting
from app.evidence.store import page
from app.exchange import outbox
from app.operations import use_cases
from app.operations.schemas import EntryOut, LiveOut, ProblemKindOut, ReadyOut
from app.platform.context import Context, Ctx
from app.platform.database import DatabaseUnavailableError
from app.platform.errors import ProblemError
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import (
    UnknownResourceError,
    known_problems,
    problem_answers,
    status_of,
)

router = APIRouter(tags=["operations"])

_UNAVAILABLE = 503

Subject = Annotated[
    str | None,
    Query(
        max_length=300,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        description="Ví dụ dossier:H38.12-261102-0007. / For instance.",
    ),
]

Slug = Annotated[str, Path(description="Mã lỗi. / Name of the problem.", examples=["not-json"])]


@router.get(
    "/livez",
    operation_id="show_liveness",
    summary="Tiến trình còn sống / The process is alive",
    response_model=LiveOut,
)
async def show_liveness() -> Response:
    """Answer as long as the process can."""
    return JSONResponse({"status": "alive"})


@router.get(
    "/readyz",
    operation_id="show_readiness",
    summary="Sẵn sàng phục vụ / Ready to serve",
    responses={200: {"model": ReadyOut}, 503: {"model": ReadyOut}},
)
async def show_readiness(ctx: Ctx) -> Response:
    """Say what hinders: 503 when nothing can be taken in, 200 `degraded` when it only waits."""
    try:
        found = await ctx.database.read(use_cases.readiness, ctx.clock, ctx.settings)
    except DatabaseUnavailableError:
        found = use_cases.Readiness(blocking=("database-unreachable",))
    body = ReadyOut(status=found.status, reasons=[*found.blocking, *found.degrading])
    status = _UNAVAILABLE if found.blocking else 200
    return JSONResponse(body.model_dump(), status_code=status)


@router.get(
    "/metrics",
    operation_id="show_metrics",
    summary="Số đo cho Prometheus / Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def show_metrics(ctx: Ctx) -> Response:
    """Give what this gateway has counted, and how many messages are owed."""
    await _gauge(ctx)
    return Response(ctx.metrics.render(), media_type="text/plain; version=0.0.4")


async def _gauge(ctx: Context) -> None:
    try:
        most = ctx.settings.ready_outbox_depth
        counts = await ctx.database.read(outbox.counts, at_most=most)
        early = await ctx.database.read(waiting.counts)
    except DatabaseUnavailableError:
        return
    for state, number in counts.items():
        ctx.metrics.outbox.labels(state.value).set(number)
    for word, number in early.items():
        ctx.metrics.early.labels(word).set(number)


@router.get(
    "/problems/{slug}",
    operation_id="show_problem",
    summary="Ý nghĩa một mã lỗi / What a problem means",
    response_model=ProblemKindOut,
    responses=problem_answers(404),
)
async def show_problem(slug: Slug) -> Response:
    """Describe the problem whose `type` this address is."""
    kind = known_problems().get(slug)
    if kind is None:
        raise UnknownResourceError
    return JSONResponse(_described(kind).model_dump())


@router.get(
    "/problems",
    operation_id="list_problems",
    summary="Danh mục mã lỗi / All kinds of problems",
    response_model=list[ProblemKindOut],
)
async def list_problems() -> Response:
    """List every problem this gateway can answer."""
    kinds = sorted(known_problems().values(), key=lambda kind: kind.slug)
    return JSONResponse([_described(kind).model_dump() for kind in kinds])


def _described(kind: type[ProblemError]) -> ProblemKindOut:
    return ProblemKindOut(
        slug=kind.slug,
        status=status_of(kind),
        title=kind.title,
        title_en=kind.title_en,
        meaning=(kind.__doc__ or "").strip(),
    )


@router.get(
    "/v1/evidence",
    operation_id="list_evidence",
    summary="Nhật ký giao dịch / The evidence log",
    response_model=Page[EntryOut],
    responses=problem_answers(401, 403, 422),
)
async def list_evidence(
    ctx: Ctx,
    caller: Annotated[Caller, requires(Scope.READ_EVIDENCE)],
    subject: Subject = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """List what the caller's member and all below it did, the newest first."""
    key = key_of(after, int)
    entries = await ctx.database.read(
        page,
        member=caller.member.canonical,
        subject=subject,
        after=None if key is None else int(key[0]),
        limit=limit,
    )
    following = cursor_of(entries[-1].number) if len(entries) == limit else None
    body = Page[EntryOut](items=[EntryOut(**asdict(entry)) for entry in entries], next=following)
    return Response(body.model_dump_json(), media_type="application/json")
