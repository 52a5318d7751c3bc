"""Settings of carrying calls to shared services."""

from typing import Literal

from pydantic import BaseModel, Field

from app.platform.settings.kinds import Seconds


class RoutingSettings(BaseModel):
    """How calls are carried to the services behind us, and what their callers are told."""

    broker_connections: int = Field(
        512, ge=1, le=10_000, description="Connections of one process to all services at most."
    )
    broker_connections_per_host: int = Field(
        128, ge=1, le=10_000, description="To one host at most; further calls wait their turn."
    )
    broker_connect_seconds: Seconds = Field(
        5.0, description="Time-out of connecting to a service, waiting for a turn included."
    )
    broker_idle_seconds: Seconds = Field(
        60.0, description="A caller who sends, or takes, nothing for so long is given up."
    )
    broker_max_answer_bytes: int = Field(
        2 * 1024**3, ge=1024, description="A larger answer of a service is not passed on."
    )
    broker_breaker_failures: int = Field(
        5, ge=1, le=1000, description="After so many failures in a row a service is left alone."
    )
    broker_breaker_seconds: Seconds = Field(
        10.0, description="For so long; then one call tries, and its end decides."
    )
    broker_fault_shape: Literal["json-3", "xml-3", "json-4"] = Field(
        "json-3",
        description="Shape of refusals on WSO2-style addresses, by the version of API Manager; "
        "which one the national gateway runs is not public.",
    )
    xroad_instance: str = Field(
        "VN", pattern=r"^[A-Za-z0-9'()+,.=?-]{1,50}$", description="X-Road instance on `/r1/…`."
    )
    xroad_classes: tuple[str, ...] = Field(
        ("GOV",), min_length=1, description="Member classes on `/r1/…`; the first is our own."
    )
    xroad_error_spelling: Literal["camel", "snake"] = Field(
        "camel",
        description="Spelling of X-Road's error types: camel until 7.7, snake from 7.8.0 on.",
    )
