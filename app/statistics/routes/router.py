"""The router of `/v1/statistics` and what its questions share."""

from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app import codes
from app.access.domain import Caller
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measuring.figures import Months, Sought
from app.dossiers.domain.measuring.tallies import month_of
from app.fields import AgencyCode, ProcedureCode
from app.platform.clock import Clock
from app.statistics.domain.table import INDICATORS

router = APIRouter(tags=["statistics"])

JSON: Final = "application/json"
MONTH: Final = r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$"
KEYS: Final = "^(" + "|".join(INDICATORS) + ")$"
_OF_OPINIONS = [key for key, one in INDICATORS.items() if one.is_of_opinions]
OPINION_KEYS: Final = "^(" + "|".join(_OF_OPINIONS) + ")$"
DOSSIER_KEYS: Final = "^(" + "|".join(key for key in INDICATORS if key not in _OF_OPINIONS) + ")$"
PRIVATE: Final = {"Cache-Control": "no-store"}


class SoughtQuery(BaseModel):
    """Whose figures, and of when; without months it is the present one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: str | None = Field(
        None, alias="from", pattern=MONTH, description="Từ tháng. / Since month.",
        examples=["2026-01"],
    )  # fmt: skip
    last: str | None = Field(
        None, alias="to", pattern=MONTH, description="Đến tháng. / Until month.",
        examples=["2026-12"],
    )  # fmt: skip
    agency: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )
    procedure: ProcedureCode | None = Field(None, description="Mã thủ tục. / Procedure.")
    sector: str | None = Field(
        None, min_length=1, max_length=50, pattern=r"^[\x20-\x7e]+$",
        description="Mã lĩnh vực. / Sector.", examples=["G03-GD10"],
    )  # fmt: skip
    channel: Channel | None = Field(None, description="Kênh thực hiện. / Channel.")

    def sought(self, clock: Clock, caller: Caller) -> Sought:
        """Return what is sought; the caller's own member where none is named."""
        present = month_of(clock.now())
        last = self.last or max(present, self.first or present)
        first = self.first or last
        return Sought(
            agency=caller.member if self.agency is None else codes.AgencyCode(self.agency),
            months=Months(min(first, last), max(first, last)),
            procedure=None if self.procedure is None else codes.ProcedureCode(self.procedure),
            sector=self.sector,
            channel=self.channel,
        )


def content_of(media_type: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of an answer that is a text of another kind."""
    return {200: {"content": {media_type: {"schema": {"type": "string"}}}}}
