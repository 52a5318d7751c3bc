"""A decision as it is explained to the people of a service."""

from dataclasses import dataclass

from app.access.domain import Client
from app.broker.domain.deciding import Allowed, Refused


@dataclass(frozen=True, slots=True)
class Question:
    """Which call of which client; without a version, one that names none."""

    client_id: str
    version: str | None
    method: str
    path: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The decision, for whom, and whether the client's own access was taken away."""

    client: Client
    decision: Allowed | Refused
