"""Settings of a ministry's system whose dossiers are pulled."""

from pathlib import Path

from pydantic import AnyHttpUrl, BaseModel, Field


class MinistrySettings(BaseModel):
    """What pulling needs; `Settings` has them all."""

    ministry_url: AnyHttpUrl | None = Field(
        None,
        description="Base of a ministry's adapter, before `/mapi/login`; unset: none is pulled.",
    )
    ministry_username: str | None = Field(None, description="Our account there.")
    ministry_password_file: Path | None = Field(None, description="File with its password.")
    ministry_bearer_file: Path | None = Field(
        None, description="File with the bearer of a gateway in front of it, if there is one."
    )
    ministry_dstcode: str | None = Field(
        None, description="Its destination code on the adapter (`dstcode`)."
    )
    ministry_agency: str | None = Field(
        None, description="`madonvi` of our calls there; unset: LGSP_PROVINCE."
    )
    ministry_unit: str | None = Field(
        None,
        description="Whose dossiers are pulled (`donViXuLy`); those of units unknown here are its "
        "own. Unset: LGSP_PROVINCE.",
    )
    ministry_pull_hours: float = Field(
        0, ge=0, le=24 * 31, description="How often the worker pulls; 0: only `lgsp dossiers pull`."
    )
    ministry_pull_days: int = Field(
        7, ge=1, le=366, description="Days of receipt, up to today, that the worker pulls."
    )
