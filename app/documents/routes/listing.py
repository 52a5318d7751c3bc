"""Lists of documents: inbox, outbox, and a search through both."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.domain.statuses import Status
from app.documents.routes.router import router
from app.documents.schemas.outgoing import DocumentLineOut
from app.documents.store.searching import Direction, Sought
from app.documents.use_cases import reading
from app.documents.use_cases.reading import View, Wanted
from app.fields import AgencyCode, Day, Line
from app.platform.context import Context, Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

Reader = Annotated[Caller, requires(Scope.READ_DOCUMENTS)]
_List = Callable[[Connection, Caller, Wanted], list[View]]


class DocumentQuery(BaseModel):
    """Which documents a list shows; an unknown name is refused like an unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    member: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )
    q: Line | None = Field(
        None,
        max_length=200,
        description="Tìm trong trích yếu, số ký hiệu và mã định danh, không cần dấu; đủ mọi từ, "
        "mỗi từ gõ phần đầu cũng được. / Sought in subject, symbol and id; accents may be left "
        "out; every word must begin one of the document's.",
        examples=["cong van 42"],
    )
    type: Line | None = Field(
        None,
        max_length=100,
        description="Tên loại văn bản, không cần dấu. / Name of the type; accents may be left out.",
        examples=["cong van"],
    )
    promulgated_from: Day | None = Field(None, description="Ban hành từ ngày. / Issued since.")
    promulgated_to: Day | None = Field(None, description="Ban hành đến ngày. / Issued until.")
    due_from: Day | None = Field(None, description="Hạn xử lý từ ngày. / Due since.")
    due_to: Day | None = Field(None, description="Hạn xử lý đến ngày. / Due until.")
    status: Status | None = Field(
        None,
        description="Trạng thái hiện tại ở một nơi nhận mà danh sách cho thấy. "
        "/ Present status at a recipient that the list shows.",
    )
    limit: Limit = 50
    after: After = None

    def wanted(self) -> Wanted:
        """Return the page wanted, with one item more to see whether another page follows."""
        key = key_of(self.after, str)
        sought = Sought(
            text=self.q,
            type_name=self.type,
            promulgated_from=self.promulgated_from,
            promulgated_to=self.promulgated_to,
            due_from=self.due_from,
            due_to=self.due_to,
            status=self.status,
        )
        before = None if key is None else str(key[0])
        return Wanted(self.member, before, self.limit + 1, sought)


class SearchQuery(DocumentQuery):
    """The same through everything that is the caller's."""

    direction: Direction | None = Field(
        None,
        description="Văn bản đi hay đến; bỏ trống: cả hai. / Sent or received; both if absent.",
    )


@router.get(
    "/v1/documents",
    operation_id="search_documents",
    summary="Tìm văn bản / Search documents",
    response_model=Page[DocumentLineOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def search_documents(
    query: Annotated[SearchQuery, Query()], caller: Reader, ctx: Ctx
) -> Response:
    """Search what the caller's units sent and received, the newest first."""
    lists = {None: reading.search, Direction.SENT: reading.outbox}
    return await _page(ctx, lists.get(query.direction, reading.inbox), caller, query)


@router.get(
    "/v1/documents/inbox",
    operation_id="list_inbox",
    summary="Văn bản đến / Documents received",
    response_model=Page[DocumentLineOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_inbox(
    query: Annotated[DocumentQuery, Query()], caller: Reader, ctx: Ctx
) -> Response:
    """List what the caller's units received, the newest first."""
    return await _page(ctx, reading.inbox, caller, query)


@router.get(
    "/v1/documents/outbox",
    operation_id="list_outbox",
    summary="Văn bản đi / Documents sent",
    response_model=Page[DocumentLineOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_outbox(
    query: Annotated[DocumentQuery, Query()], caller: Reader, ctx: Ctx
) -> Response:
    """List what the caller's units sent, the newest first."""
    return await _page(ctx, reading.outbox, caller, query)


async def _page(ctx: Context, wanted: _List, caller: Caller, query: DocumentQuery) -> Response:
    found = await ctx.database.read(wanted, caller, query.wanted())
    shown = found[: query.limit]
    page = Page[DocumentLineOut](
        items=[DocumentLineOut.of(one.document, one.recipients) for one in shown],
        next=cursor_of(shown[-1].document.id) if len(found) > len(shown) else None,
    )
    return Response(page.model_dump_json(), media_type="application/json")
