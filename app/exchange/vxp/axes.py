"""Our systems at the document axis: who sends for whom, since the axis checks senders."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.codes import AgencyCode
from app.exchange.vxp.client import VxpClient


@dataclass(frozen=True, slots=True)
class Axes:
    """The province's own system, and those of other members of ours by their codes."""

    main: VxpClient
    others: Mapping[AgencyCode, VxpClient] = field(default_factory=dict)

    @property
    def clients(self) -> tuple[VxpClient, ...]:
        """Every system; each has an inbox of its own."""
        return (self.main, *self.others.values())

    def of(self, sender: str) -> VxpClient:
        """Return the system that sends for an agency: the nearest above it, else the province's."""
        code = AgencyCode(sender)
        near = [member for member in self.others if code.within(member)]
        return self.others[max(near, key=len)] if near else self.main
