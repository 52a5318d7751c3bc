"""Counting services: groups of them, and members that are connected."""

from collections.abc import Iterable, Sequence
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
class Link:
    """One system of a member in force; `acted_on` is the last day on which it did something."""

    member: AgencyCode
    is_one_stop: bool = False
    sends_documents: bool = False
    is_on_axis: bool = False
    acted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    """What a member is connected with, and the last day on which any of it did something here.

    `one_stop` are systems that submit dossiers, `documents` those that send documents by our
    API, `axis` those that speak the document axis's wire.
    """

    member: AgencyCode
    one_stop: int
    documents: int
    axis: int
    acted_on: date | None

    def is_seen(self, since: date) -> bool:
        """Tell whether it did anything on that day or later."""
        return self.acted_on is not None and self.acted_on >= since


@dataclass(frozen=True, slots=True)
class Adoption:
    """How many members are connected with what, and how many did something lately."""

    members: int
    one_stop: int
    documents: int
    axis: int
    seen: int


def connected(links: Iterable[Link]) -> Sequence[Connected]:
    """Return the members that are connected with anything, in the order of their codes."""
    of_member: dict[AgencyCode, list[Link]] = {}
    for link in links:
        if link.is_one_stop or link.sends_documents or link.is_on_axis:
            of_member.setdefault(link.member, []).append(link)
    return [
        Connected(
            member,
            one_stop=sum(one.is_one_stop for one in every),
            documents=sum(one.sends_documents for one in every),
            axis=sum(one.is_on_axis for one in every),
            acted_on=max((one.acted_on for one in every if one.acted_on), default=None),
        )
        for member, every in sorted(of_member.items())
    ]


def adoption_of(every: Sequence[Connected], *, since: date) -> Adoption:
    """Return how many members are connected; `seen` are those that acted since that day."""
    return Adoption(
        members=len(every),
        one_stop=sum(one.one_stop > 0 for one in every),
        documents=sum(one.documents > 0 for one in every),
        axis=sum(one.axis > 0 for one in every),
        seen=sum(one.is_seen(since) for one in every),
    )
