"""Settings of quotas, of the records of exchanges, and of tokens as NGSP gives them."""

from pydantic import BaseModel, Field


class WatchSettings(BaseModel):
    """What counting and remembering exchanges needs; `Settings` has them all."""

    quota_cache_seconds: float = Field(
        1.0, ge=0, le=60, description="A changed quota holds everywhere after at most so long."
    )
    ngsp_token_scope: str = Field(
        "am_application_scope default",
        pattern=r"^[\x20-\x7e]*$",
        description="`scope` in the answers of POST /token unless scopes were asked for; "
        "empty: the token's own.",
    )
    exchange_days: int = Field(
        180, ge=1, description="How long single exchanges are kept; their totals stay."
    )
    exchange_buffer: int = Field(
        20_000,
        ge=1,
        description="Records of exchanges that may wait to be written in one process; what does "
        "not fit is shed and counted in lgsp_exchanges_shed.",
    )
