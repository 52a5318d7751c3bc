"""A ministry's system that takes monthly figures of one-stop dossiers: `POST /Statistic`."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mock_ngsp.wire import Answer, Axis, Body, Call, Request, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

ADDRESS = "/Statistic"
OPERATION = "Statistic"

Count = Annotated[int, Field(ge=0, lt=10**15)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Statistic(BaseModel):
    """The figures of one month, under their wire names."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    month: Annotated[int, Field(ge=1, le=12)]
    year: Annotated[int, Field(ge=1900, le=2199)]
    newReception: Count
    preExisting: Count
    total: Count
    totalSolved: Count
    solvedInTime: Count
    solvedLate: Count
    totalPending: Count
    pending: Count
    pendingLate: Count
    solvedInTimePercent: Percent
    solvedLatePercent: Percent
    pendingPercent: Percent
    pendingLatePercent: Percent
    organizationInchargeIdlevel1: Annotated[str, Field(min_length=1, max_length=50)]


@dataclass(slots=True)
class Told:
    """What was told last of a month, and how often that month was told of."""

    figures: Statistic
    times: int = 1


class Figures:
    """What organisations told of their months; the last word on a month counts."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, int, int], Told] = {}

    def take(self, figures: Statistic) -> None:
        """Keep what is told of a month, in place of what was told before."""
        key = (figures.organizationInchargeIdlevel1, figures.year, figures.month)
        known = self._told.get(key)
        self._told[key] = Told(figures, 1 if known is None else known.times + 1)

    def all(self) -> list[Told]:
        """Every month, in the order in which it was first told of."""
        return list(self._told.values())

    def clear(self) -> None:
        """Forget everything."""
        self._told.clear()


class FigureDesk:
    """Reads a request into a call of that system."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, or None when the path is another wire's."""
        if request.path != ADDRESS:
            return None
        if request.method != "POST":
            return json_answer({"message": "Chi nhan POST"}, 405)
        answer = partial(self._take, request.body)
        return Call(Axis.STATISTICS, OPERATION, "", Body.JSON, request.body, answer)

    def _take(self, body: bytes) -> Answer:
        try:
            figures = Statistic.model_validate_json(body)
        except ValidationError as wrong:
            return json_answer({"message": f"Sai: {_places(wrong)}"}, 400)
        self._universe.figures.take(figures)
        return json_answer({"message": "Da nhan"})


def _places(wrong: ValidationError) -> str:
    every: list[Any] = [error["loc"] for error in wrong.errors(include_input=False)]
    return ", ".join(".".join(map(str, place)) or "JSON" for place in every)
