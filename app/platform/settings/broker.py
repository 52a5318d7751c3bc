"""Settings of the broker of shared services."""

from ipaddress import ip_network

from pydantic import BaseModel, Field, field_validator


class BrokerSettings(BaseModel):
    """What the broker needs."""

    broker_register_seconds: float = Field(
        0.25,
        ge=0,
        le=1,
        description="How old a process's copy of grants and services may be; so long after a "
        "grant was revoked it is refused everywhere.",
    )
    upstream_networks: tuple[str, ...] = Field(
        (),
        description="Networks that are not public and yet may be called as a shared service or "
        'webhook, e.g. ["10.20.0.0/16"]; every other private, loopback and link-local address '
        "is refused.",
    )

    @field_validator("upstream_networks")
    @classmethod
    def _networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(one)) for one in networks)
