"""The router of reports and what its routes share."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import codes
from app.access.domain import Caller
from app.fields import AgencyCode
from app.platform.routing import DirectRoute
from app.reports.domain.reports import Key
from app.reports.schemas.reports import PERIOD

router = APIRouter(tags=["reports"], route_class=DirectRoute)

JSON: Final = "application/json"
PRIVATE: Final = {"Cache-Control": "no-store"}

PathForm = Annotated[
    str, Path(description="Mã biểu mẫu. / Code of a form.", examples=["tthc-thang"])
]
PathReport = Annotated[
    str,
    Path(
        description="Mã báo cáo. / Id of a report.",
        examples=["0193a5c0-7e1e-7000-8000-000000000001"],
    ),
]


class AgencyQuery(BaseModel):
    """Whose; the caller's own member where none is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agency: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )

    def of(self, caller: Caller) -> codes.AgencyCode:
        """Return whose it is."""
        return caller.member if self.agency is None else codes.AgencyCode(self.agency)


class PeriodQuery(AgencyQuery):
    """Of which period."""

    period: str | None = Field(
        None,
        pattern=PERIOD,
        description="Kỳ báo cáo; không nêu thì là kỳ vừa hết. / Period; the last that ended.",
        examples=["2026-10"],
    )

    def key(self, form: str, caller: Caller) -> Key:
        """Return what is asked for."""
        return Key(form, self.period or "", self.of(caller))


def answer(body: BaseModel) -> Response:
    """Return a body as JSON that nobody keeps."""
    return Response(body.model_dump_json(), media_type=JSON, headers=PRIVATE)
