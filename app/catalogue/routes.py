"""The catalogue, to read and to search."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import codes
from app.access.domain import Scope
from app.access.guard import requires
from app.catalogue import use_cases
from app.catalogue.domain import (
    Division,
    Member,
    MemberKind,
    MemberNotFoundError,
    Procedure,
    ProcedureNotFoundError,
)
from app.catalogue.schemas import (
    DivisionOut,
    MemberOut,
    ProcedureOut,
    ProcedureSummaryOut,
    SyncOut,
)
from app.catalogue.store.members import MembersWanted
from app.catalogue.store.procedures import ProceduresWanted
from app.fields import AgencyCode, Line
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

router = APIRouter(tags=["catalogue"], dependencies=[requires(Scope.READ_CATALOGUE)])

Found = TypeVar("Found", Member, Procedure, Division)
_Searched = Annotated[
    Line | None,
    Field(
        max_length=200,
        description="Tìm trong tên và mã, không cần dấu. / Sought in names and codes; "
        "accents may be left out.",
        examples=["lao cai"],
    ),
]


class ListQuery(BaseModel):
    """Paging; an unknown name is refused like an unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None

    @property
    def last_code(self) -> str | None:
        """The code behind which the page begins.

        Raises:
            InvalidInputError: if `after` is not a cursor of these lists.
        """
        key = key_of(self.after, str)
        return None if key is None else str(key[0])


class MemberQuery(ListQuery):
    """Which members a list shows."""

    q: _Searched = None
    kind: MemberKind | None = Field(None, description="Khối. / Kind.")
    root: AgencyCode | None = Field(
        None, description="Đơn vị và mọi cấp dưới. / A member and all below it."
    )


class ProcedureQuery(ListQuery):
    """Which procedures a list shows."""

    q: _Searched = None
    sector: Line | None = Field(None, max_length=50, description="Mã lĩnh vực. / Sector code.")


@router.get(
    "/v1/members",
    operation_id="list_members",
    summary="Danh mục cơ quan, tổ chức / Members",
    response_model=Page[MemberOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_members(query: Annotated[MemberQuery, Query()], ctx: Ctx) -> Response:
    """List members in the order of their codes, closed ones too."""
    root = None if query.root is None else codes.AgencyCode(query.root)
    found = await ctx.database.read(
        use_cases.list_members,
        MembersWanted(text=query.q, kind=query.kind, root=root),
        after=query.last_code,
        limit=query.limit + 1,
    )
    day = use_cases.today(ctx.clock)
    shown, behind = _cut(found, query)
    return _answer(
        Page[MemberOut](items=[MemberOut.of(member, day) for member in shown], next=behind)
    )


@router.get(
    "/v1/members/{code}",
    operation_id="show_member",
    summary="Một cơ quan, tổ chức / One member",
    response_model=MemberOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_member(
    code: Annotated[
        str,
        Path(
            description="Mã theo QĐ 20/2020 hoặc QCVN 102:2016. / In either spelling.",
            examples=["000.00.12.H38"],
        ),
    ],
    ctx: Ctx,
) -> Response:
    """Show a member, also a closed one: `successor` is the code that took its place."""
    try:
        wanted = codes.AgencyCode(code)
    except ValueError:
        raise MemberNotFoundError from None
    member = await ctx.database.read(use_cases.show_member, code=wanted)
    return _answer(MemberOut.of(member, use_cases.today(ctx.clock)))


@router.get(
    "/v1/procedures",
    operation_id="list_procedures",
    summary="Danh mục thủ tục hành chính / Administrative procedures",
    response_model=Page[ProcedureSummaryOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_procedures(query: Annotated[ProcedureQuery, Query()], ctx: Ctx) -> Response:
    """List procedures in the order of their codes, without their full records."""
    found = await ctx.database.read(
        use_cases.list_procedures,
        ProceduresWanted(text=query.q, sector=query.sector),
        after=query.last_code,
        limit=query.limit + 1,
    )
    shown, behind = _cut(found, query)
    items = [ProcedureSummaryOut.of(procedure) for procedure in shown]
    return _answer(Page[ProcedureSummaryOut](items=items, next=behind))


@router.get(
    "/v1/procedures/{code}",
    operation_id="show_procedure",
    summary="Một thủ tục hành chính / One administrative procedure",
    response_model=ProcedureOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_procedure(
    code: Annotated[str, Path(description="Mã thủ tục. / Code.", examples=["1.003560.H38"])],
    ctx: Ctx,
) -> Response:
    """Show a procedure with its full record."""
    try:
        wanted = codes.ProcedureCode(code)
    except ValueError:
        raise ProcedureNotFoundError from None
    return _answer(ProcedureOut.of(await ctx.database.read(use_cases.show_procedure, code=wanted)))


@router.get(
    "/v1/provinces",
    operation_id="list_provinces",
    summary="Tỉnh, thành phố hiện nay / Provinces of today",
    response_model=Page[DivisionOut],
    responses=problem_answers(401, 403, 422),
)
async def list_provinces(query: Annotated[ListQuery, Query()]) -> Response:
    """List the provinces since 1 July 2025 in the order of their codes."""
    found = await asyncio.to_thread(
        use_cases.list_provinces, after=query.last_code, limit=query.limit + 1
    )
    return _divisions(found, query)


@router.get(
    "/v1/provinces/{code}/communes",
    operation_id="list_communes",
    summary="Xã, phường, đặc khu của một tỉnh / Communes of a province",
    response_model=Page[DivisionOut],
    responses=problem_answers(401, 403, 404, 422),
)
async def list_communes(
    code: Annotated[str, Path(description="Mã tỉnh, 2 chữ số. / Two digits.", examples=["15"])],
    query: Annotated[ListQuery, Query()],
) -> Response:
    """List the communes of a province since 1 July 2025 in the order of their codes."""
    found = await asyncio.to_thread(
        use_cases.list_communes, province=code, after=query.last_code, limit=query.limit + 1
    )
    return _divisions(found, query)


@router.get(
    "/v1/catalogue/syncs",
    operation_id="list_catalogue_syncs",
    summary="Các lần đồng bộ danh mục từ quốc gia / What each synchronisation changed",
    response_model=Page[SyncOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_syncs(query: Annotated[ListQuery, Query()], ctx: Ctx) -> Response:
    """List synchronisations with the nation, the newest first, each with what it changed."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        use_cases.list_syncs,
        before=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1].number) if len(found) > len(shown) else None
    return _answer(Page[SyncOut](items=[SyncOut.of(one) for one in shown], next=behind))


def _divisions(found: Sequence[Division], query: ListQuery) -> Response:
    shown, behind = _cut(found, query)
    return _answer(Page[DivisionOut](items=[DivisionOut.of(one) for one in shown], next=behind))


def _cut(found: Sequence[Found], query: ListQuery) -> tuple[Sequence[Found], str | None]:
    """Return what the page shows of one row more than its limit, and the cursor behind it."""
    shown = found[: query.limit]
    return shown, cursor_of(shown[-1].code) if len(found) > len(shown) else None


def _answer(body: BaseModel) -> Response:
    return Response(body.model_dump_json(), media_type="application/json")
