"""EMC, the monitoring centre: what one-stop systems tell of their dossiers (`TrackingMCDT`)."""

import json
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from mock_ngsp.ngsp.asking import Asked, Guard, Operation, UnreadableError
from mock_ngsp.ngsp.magic import magic_of
from mock_ngsp.ngsp.reading import read_body
from mock_ngsp.wire import Answer, json_answer

SERVICE: Final = "tracking"
CONTEXT: Final = "TrackingMCDT"
MAGIC: Final = magic_of(SERVICE, "MaHoSo", "GIADINH-0001", lambda end: f"GIADINH-{end}")

Needed = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Wire(BaseModel):
    """A JSON object of the centre: exact names, exact types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Owner(Wire):
    """What `User` says, written as text."""

    ID_local: str
    ID_QG: str
    TYPE: Literal["1", "2"]
    LOCATION: str


class TrackingMCDT(Wire):
    """One dossier as it stands."""

    CodeProfile: str
    SiteId: int
    CodeTTHC: Needed
    NameTTHC: str
    MaHoSo: Needed
    Status: Literal["0", "1", "2", "3", "4"]
    FormsReception: Literal["1", "2"]
    FormsPayments: Literal["0", "1", "2"]
    Level: Literal["0", "1", "3", "4"]
    IsFromDVCQG: Literal["0", "1"]
    IsDVCBC: Literal["0", "1", "2"]
    Data: str
    User: str

    @field_validator("User")
    @classmethod
    def _owner(cls, text: str) -> str:
        try:
            owner = Owner.model_validate(json.loads(text))
        except (ValueError, RecursionError, ValidationError):
            raise ValueError("JSON of the owner is wanted") from None
        is_organisation = len(owner.ID_local) == len("0000000000")
        if (owner.TYPE == "1") != is_organisation:
            raise ValueError("TYPE does not fit ID_local")
        return text


def answer_tracking(asked: Asked) -> Answer:
    """Keep what is told; only HTTP success says that it was taken, and the body is ours."""
    try:
        told = read_body(asked, TrackingMCDT)
    except UnreadableError as wrong:
        return json_answer({"error": wrong.words}, 400)
    held: list[dict[str, Any]] = asked.universe.ngsp.tracked
    held.append(told.model_dump())
    return json_answer({"result": "ok"})


def refused(_asked: Asked) -> Answer:
    """What the centre says when it does not want to."""
    return json_answer({"error": "forbidden"}, 403)


OPERATIONS: Final = (
    Operation(
        SERVICE, CONTEXT, "", "POST", answer_tracking, lambda asked: asked.text("MaHoSo"), refused,
        guard=Guard.OPEN,
    ),
)  # fmt: skip
