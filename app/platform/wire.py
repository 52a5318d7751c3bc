"""Base classes of JSON in and out: strict, closed, immutable."""

from pydantic import BaseModel, ConfigDict


class WireModel(BaseModel):
    """A record of a national wire: English attributes, wire names as aliases, nothing else."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_alias=True, validate_by_name=False,
        serialize_by_alias=True,
    )  # fmt: skip


class ApiModel(BaseModel):
    """A body of our own `/v1`: an unknown field is refused, no value is coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
