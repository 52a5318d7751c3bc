"""Adding papers to a dossier, and searching what its owner was given before."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.handling import ResultPaper
from app.dossiers.routes.acting import ACT, Actor, answer_act
from app.dossiers.routes.router import JSON, PathCode, router
from app.dossiers.schemas.acts import COUNTER, PapersIn
from app.dossiers.schemas.papers import PAPER
from app.dossiers.schemas.searching import SEARCH, EarlierResultOut, FoundOut, SearchIn
from app.dossiers.use_cases import papers
from app.dossiers.use_cases.acting import Done, Order
from app.dossiers.use_cases.files import SYSTEM
from app.dossiers.use_cases.searching import search_results
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.links import LinkSigner, valid_for
from app.platform.problems import problem_answers


@router.post(
    "/v1/dossiers/{code}/papers",
    operation_id="add_papers",
    summary="Thêm giấy tờ, bản số hoá / Add papers to a dossier",
    **ACT,
)
@reads(PapersIn, example={"actor": COUNTER, "papers": [PAPER]})
async def add_papers(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Add papers, e.g. scans made at the counter; what was filed stays as it is."""

    def perform(connection: Connection, order: Order, said: PapersIn) -> Done:
        return papers.add_papers(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, PapersIn, perform)


@router.post(
    "/v1/dossiers/results/search",
    operation_id="search_results",
    summary="Tìm kết quả đã có của một người / Search a person's earlier results",
    response_model=FoundOut,
    responses=problem_answers(400, 401, 403, 413, 415, 422, 503),
)
@reads(SearchIn, example=SEARCH)
async def find_results(
    request: Request, caller: Annotated[Caller, requires(Scope.SEARCH_RESULTS)], ctx: Ctx
) -> Response:
    """Find what any agency of the province gave a person, for the purpose they consented to.

    Purpose and consent are kept; the log has only a keyed hash of the person. Each call is a
    search of its own.
    """
    said = (await read_json(request, SearchIn)).value
    signer: LinkSigner = request.app.state.links
    question = said.question(signer.person_hash(said.identity_number))
    found = await ctx.database.transact(search_results, ctx.clock, caller, question)
    until = valid_for(ctx.clock, hours=ctx.settings.file_view_minutes / 60)
    shown = FoundOut(
        search_id=found[0].id,
        items=[EarlierResultOut.of(one, *_link(signer, one.paper, until)) for one in found[1]],
    )
    return Response(shown.model_dump_json(), media_type=JSON)


def _link(
    signer: LinkSigner, paper: ResultPaper, until: datetime
) -> tuple[str | None, datetime | None]:
    if not paper.file_id:
        return paper.url or None, None
    return signer.link(f"/files/{paper.file_id}", audience=SYSTEM, until=until), until
