"""Pages for people, beside the JSON: they work without scripts and say their refusals in HTML."""

from datetime import date, timedelta
from typing import Annotated, Final
from urllib.parse import parse_qs

from fastapi import Query
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.catalogue.use_cases import today
from app.platform.bodies import InvalidInputError, invalid_places
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError
from app.platform.problems import status_of as http_status
from app.public_services.domain import NotShownError
from app.public_services.domain.coverage import Dimension, Wanted, adoption_of
from app.public_services.domain.offers import Level
from app.public_services.routes.coverage import counted_priorities
from app.public_services.routes.router import router, take_read
from app.public_services.routes.tracking import qr_of, status_of
from app.public_services.schemas.lists import DayOut, ListedOut
from app.public_services.schemas.offers import Day
from app.public_services.schemas.pages import page
from app.public_services.schemas.tracking import PublicStatusOut
from app.public_services.store.tracking import ListName
from app.public_services.use_cases import covering, tracking

SMALL_BODIES: Final = {"/tra-cuu": 4096, "/dang-xuat": 1024}
"""Size limits of the forms that people send."""

_MOST: Final = 100
_LONGEST: Final = 50
_LISTS: Final = {
    ListName.RECEIVED: "Tiếp nhận trong ngày",
    ListName.FINISHED: "Giải quyết xong trong ngày",
    ListName.LATE: "Đang quá hạn",
}
_NOT_SHOWN: Final = "Mã hồ sơ hoặc mã tra cứu không đúng. Xin xem lại giấy hẹn."

OnDay = Annotated[str, Query(alias="ngay")]
_DAY: Final[TypeAdapter[date]] = TypeAdapter(Day)


@router.get("/tra-cuu", include_in_schema=False)
async def open_tracking(
    request: Request, ctx: Ctx, code: Annotated[str, Query(alias="ma")] = ""
) -> Response:
    """Show the form, with a dossier code filled in if the address has one."""
    request.state.render = saying("/tra-cuu")
    take_read(request, ctx)
    return _tracking(code=code[:_LONGEST])


@router.post("/tra-cuu", include_in_schema=False)
async def track(request: Request, ctx: Ctx) -> Response:
    """Show where a dossier stands to whoever sends its tracking code; both stand in the body."""
    request.state.render = saying("/tra-cuu")
    said = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=None)
    code, secret = (said.get(name, [""])[0].strip() for name in ("ma", "ma-tra-cuu"))
    found = await status_of(request, ctx, code.upper(), secret)
    return _tracking(found=found)


@router.get("/dich-vu-cong", include_in_schema=False)
async def show_coverage(request: Request, ctx: Ctx, on: OnDay = "") -> Response:
    """Show how many services there are, and who is connected."""
    request.state.render = saying("/dich-vu-cong")
    take_read(request, ctx)
    day = _day(ctx, on)
    total, levels = await ctx.database.read(covering.count_services, Wanted(day), [Dimension.LEVEL])
    _, sectors = await ctx.database.read(covering.count_services, Wanted(day), [Dimension.SECTOR])
    names = await ctx.database.read(covering.sector_names, [one.sector for one, _ in sectors])
    connected = await ctx.database.read(covering.list_connected)
    since = today(ctx.clock) - timedelta(days=ctx.settings.seen_days)
    by_level = [(Level(group.level).label, counts) for group, counts in levels]
    by_sector = [(names.get(group.sector, group.sector), counts) for group, counts in sectors]
    return page(
        "coverage.html",
        "/dich-vu-cong",
        on=day,
        total=total,
        priorities=await counted_priorities(ctx, day, None),
        tables=(("Theo cấp thực hiện", "Cấp", by_level), ("Theo lĩnh vực", "Lĩnh vực", by_sector)),
        connected=connected,
        adoption=adoption_of([one for _, one in connected], since=since),
    )


@router.get("/ho-so-trong-ngay", include_in_schema=False)
async def show_day(request: Request, ctx: Ctx, on: OnDay = "") -> Response:
    """Show what was received and finished on a day and what is late, by agency and one by one."""
    request.state.render = saying("/ho-so-trong-ngay")
    take_read(request, ctx)
    day = _day(ctx, on)
    tallies = await ctx.database.read(tracking.count_day, ctx.clock, day, None)
    lists = [(heading, await _listed(ctx, name, day)) for name, heading in _LISTS.items()]
    seen = DayOut.of(day, list(tallies))
    return page("day.html", "/ho-so-trong-ngay", day=seen, lists=lists, most=_MOST)


def _day(ctx: Context, text: str) -> date:
    if not text:
        return today(ctx.clock)
    try:
        return _DAY.validate_python(text)
    except ValidationError as error:
        raise InvalidInputError(invalid_places(error.errors(), "query/ngay")) from None


async def _listed(ctx: Context, name: ListName, day: date) -> list[ListedOut]:
    found = await ctx.database.read(
        tracking.list_dossiers, ctx.clock, name, (day, None), after=None, limit=_MOST
    )
    return [ListedOut.of(one, ctx.clock.now()) for one in found]


def _tracking(
    *, found: PublicStatusOut | None = None, said: str = "", code: str = "", status: int = 200
) -> Response:
    qr = "" if found is None else qr_of(found.url)
    return page("tracking.html", "/tra-cuu", status, found=found, said=said, code=code, qr=qr)


def saying(here: str) -> object:
    """Return how a page says a problem: with the same status, in words, on a page."""

    def render(problem: ProblemError) -> Response:
        status = http_status(type(problem))
        if here == "/tra-cuu":
            said = _NOT_SHOWN if isinstance(problem, NotShownError) else problem.detail
            answer = _tracking(said=said, status=status)
        else:
            answer = page("problem.html", here, status, title=problem.title, said=problem.detail)
        if problem.retry_after is not None:
            answer.headers["Retry-After"] = str(problem.retry_after)
        return answer

    return render
