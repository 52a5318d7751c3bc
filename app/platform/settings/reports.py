"""Settings of reports: the receiver of monthly figures."""

from pathlib import Path

from pydantic import AnyHttpUrl, BaseModel, Field


class ReportSettings(BaseModel):
    """What handing reports on needs; without the address they are exported only."""

    ministry_statistics_url: AnyHttpUrl | None = Field(
        None,
        description="Base of the system that takes monthly figures, before `/Statistic`; unset: "
        "reports are recorded and exported, nothing is sent.",
    )
    ministry_statistics_bearer_file: Path | None = Field(
        None, description="File with the bearer it wants (whether it does is unknown); unset: none."
    )
    ministry_statistics_unit: str | None = Field(
        None,
        min_length=1,
        max_length=50,
        description="Our `organizationInchargeIdlevel1` there; unset: LGSP_PROVINCE.",
    )
