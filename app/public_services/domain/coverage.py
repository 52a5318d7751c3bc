"""Counting services: groups of them, and members that are connected."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.codes import AgencyCode
from app.public_services.domain.offers import Kind, Level


class Dimension(StrEnum):
    """What services can be grouped by; declared in the order of a group's key."""

    LEVEL = "level"
    SECTOR = "sector"
    AGENCY = "agency"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which services are meant; `agency` means it and all below it."""

    on: date
    agency: AgencyCode | None = None
    sector: str | None = None
    kind: Kind | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """The key of a group; "" where it is not grouped by that."""

    level: str = ""
    sector: str = ""
    agency: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many services, and how many of them are so; `online` are open and partial or full."""

    services: int = 0
    online: int = 0
    partial: int = 0
    full: int = 0
    suspended: int = 0
    on_national_portal: int = 0
    by_post: int = 0
    online_payment: int = 0
    priority: int = 0
    chosen: int = 0
    chosen_online: int = 0


@dataclass(frozen=True, slots=True)
class Connected:
    """What a member is connected with, and the last day on which any of it did something here.

    `one_stop` are systems that submit dossiers, `documents` those that send documents by our
    API, `axis` those that speak the document axis's wire.
    """

    member: AgencyCode
    one_stop: int = 0
    documents: int = 0
    axis: int = 0
    seen_on: date | None = None
