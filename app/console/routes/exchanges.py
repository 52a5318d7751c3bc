"""Calls of shared services for whoever runs the gateway, one by one."""

from typing import Annotated, Final

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.broker.domain.watching import POPULATION, Outcome, Sought
from app.console.routes.router import PasswordGuard, router
from app.console.schemas.exchanges import HERE, address
from app.console.schemas.pages import page
from app.console.schemas.shared_services import reason_label
from app.console.use_cases.exchanges import REACH, Wanted, list_calls
from app.platform.context import Ctx

_PLAIN: Final = r"^[^\x00-\x1f\x7f]*$"
_OUTCOMES: Final = "^(" + "|".join(Outcome) + ")?$"


class CallsQuery(BaseModel):
    """Which calls; what a person leaves empty in the form is not looked at."""

    model_config = ConfigDict(frozen=True)

    service: str = Field("", alias="dich-vu", max_length=100, pattern=_PLAIN)
    client_id: str = Field("", alias="ung-dung", max_length=80, pattern=_PLAIN)
    purpose: str = Field("", alias="muc-dich", max_length=500, pattern=_PLAIN)
    outcome: str = Field("", alias="ket-qua", pattern=_OUTCOMES)
    before: int | None = Field(None, alias="truoc", ge=1, lt=1 << 63)

    def wanted(self) -> Wanted:
        """Return what is wanted."""
        outcome = Outcome(self.outcome) if self.outcome else None
        client, service = self.client_id.strip() or None, self.service.strip() or None
        purpose = self.purpose.strip() or None
        sought = Sought(client_id=client, service=service, purpose=purpose, outcome=outcome)
        return Wanted(sought, self.before)


@router.get(HERE, include_in_schema=False)
async def show_calls(
    ctx: Ctx,
    caller: Annotated[Caller, Depends(PasswordGuard(Scope.WATCH_TRAFFIC, HERE))],
    query: Annotated[CallsQuery, Query()],
) -> Response:
    """Show calls, the newest first, and above them today's by service, the population's first.

    No body, path or query of a call is kept, and nothing of it is shown.
    """
    del caller
    wanted = query.wanted()
    seen = await ctx.database.read(list_calls, ctx.clock, wanted)
    return page(
        "exchanges.html",
        HERE,
        seen=seen,
        sought=wanted.sought,
        outcomes=list(Outcome),
        population=POPULATION,
        reach=REACH,
        reason_label=reason_label,
        first=address(wanted.sought) if wanted.before else "",
        following=address(wanted.sought, seen.before) if seen.before else "",
    )
