"""Settings of time that offices keep: working hours and what is counted on them."""

from typing import Final, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$"
_PERIOD: Final = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
_WORKING_DAY: Final = 8 * 60


class OfficeHours(BaseSettings):
    """A part of `Settings`."""

    working_morning: str = Field(
        "07:00-11:30", pattern=_PERIOD, description="First part of the working day."
    )
    working_afternoon: str = Field(
        "13:30-17:00",
        pattern=_PERIOD,
        description="Second part of the working day; eight hours together.",
    )
    same_day_cut_off: str = Field(
        "15:00",
        pattern=_TIME,
        description="A same-day dossier received later is due the next working day.",
    )
    calendar_days_skip_holidays: bool = Field(
        default=False, description="Time limits in calendar days leave public holidays out."
    )
    after_supplement: Literal["recompute", "shift"] = Field(
        "recompute",
        description="Due date after a wait for papers: the whole period anew (the decree's way), "
        "or moved by the time waited.",
    )
    supplement_days: int = Field(
        7, ge=1, le=365, description="Working days an owner has to bring papers that are missing."
    )

    @field_validator("working_afternoon")
    @classmethod
    def _is_eight_hours_with_the_morning(cls, afternoon: str, info: ValidationInfo) -> str:
        if "working_morning" in info.data:
            begins, lunch, again, ends = _minutes(info.data["working_morning"] + "-" + afternoon)
            if lunch > again or lunch - begins + ends - again != _WORKING_DAY:
                raise ValueError("with LGSP_WORKING_MORNING eight hours, one after the other")
        return afternoon


def _minutes(times: str) -> list[int]:
    """Return times of day `HH:MM-HH:MM…` as minutes since midnight."""
    return [int(one[:2]) * 60 + int(one[3:]) for one in times.split("-")]
