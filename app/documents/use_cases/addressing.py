"""For whom of ours the axis brought a packet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from app.catalogue.use_cases import resolve_member
from app.codes import AgencyCode
from app.documents.domain.documents import Role
from app.documents.use_cases.naming import is_served
from app.evidence.domain import DONE
from app.exchange.vxp.edxml.packet import BusinessKind, Organisation, Packet
from app.platform.clock import Clock
from app.platform.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for everything the axis brings.

    `others` are members of other roots that are connected to us too; where the table is not
    strict, a status against it is noted and marked; one that comes before its document waits so
    long for it.
    """

    others: tuple[AgencyCode, ...] = ()
    is_strict: bool = False
    horizon: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Item:
    """A delivery of the axis: its id there, whom it is for if the list says so.

    `axis` names the system it came to, `province` is our own root.
    """

    doc_id: str
    axis: str
    province: str
    recipient: str | None = None
    terms: Terms = Terms()

    def serves(self, code: AgencyCode) -> bool:
        """Tell whether a member is connected to us."""
        return is_served(code, self.province, self.terms.others)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery: `done`, or the slug of why not and how that is told people."""

    slug: str = DONE
    why: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it was taken."""
        return self.slug == DONE


TAKEN: Final = Outcome()

Ours = list[tuple[Organisation, AgencyCode, Role]]


def ours_of(
    connection: Connection, clock: Clock, item: Item, packet: Packet
) -> tuple[Ours, Outcome | None]:
    """Return our recipients of a packet, or why the one it came for cannot have it.

    A sender may choose by a header whom the packet does not name: where it names nobody here, it
    is for whom the axis's list says.
    """
    ours: dict[AgencyCode, tuple[Organisation, AgencyCode, Role]] = {}
    refusals: dict[str, Outcome] = {}
    named = list(_named(packet))
    if not any(item.serves(organisation.code) for organisation, _ in named):
        named += _listed(item)
    for organisation, role in named:
        try:
            code = resolve_member(connection, clock, organisation.code, pointer="/To").code
        except RefusedError as refusal:
            if item.serves(organisation.code):
                refusals[organisation.code.canonical] = Outcome(refusal.slug, refusal.detail)
            continue
        if item.serves(code):
            spelling = ours[code][0] if code in ours else organisation
            ours[code] = (spelling, code, role)
    return list(ours.values()), _refusal(item, refusals, is_any_ours=bool(ours))


def _named(packet: Packet) -> Iterator[tuple[Organisation, Role]]:
    """Return whom a packet names; the last role of a party is what counts."""
    for organisation in packet.recipients:
        yield organisation, Role.TO
    if packet.business.kind is BusinessKind.UPDATE:
        yield from ((Organisation(code), Role.ADDED) for code in packet.business.added)
        yield from ((Organisation(code), Role.DROPPED) for code in packet.business.dropped)


def _listed(item: Item) -> Iterator[tuple[Organisation, Role]]:
    """Return whom the axis's list says that a packet is for, if that is a code."""
    try:
        yield Organisation(AgencyCode(item.recipient or "")), Role.TO
    except ValueError:
        return


def _refusal(item: Item, refusals: Mapping[str, Outcome], *, is_any_ours: bool) -> Outcome | None:
    for code, outcome in refusals.items():
        if not is_any_ours or (item.recipient and _canonical_text(item.recipient) == code):
            return outcome
    return None if is_any_ours else Outcome("unknown-member")


def _canonical_text(text: str) -> str:
    try:
        return AgencyCode(text).canonical
    except ValueError:
        return text
