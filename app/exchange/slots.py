"""How the deliveries that may be under way at once are shared out between topics."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slots:
    """Half of the slots are kept for the topics in equal parts, the rest is for whoever comes.

    So a national system that answers slowly never takes the slots of the others.
    """

    number: int
    topics: Collection[str]

    def room(self, topic: str, held: Mapping[str, int]) -> int:
        """Return how many more deliveries of a topic may begin, given those under way."""
        kept = sum(max(0, self._share - held.get(other, 0)) for other in self.topics)
        kept -= max(0, self._share - held.get(topic, 0))
        return max(0, self.number - sum(held.values()) - kept)

    @property
    def _share(self) -> int:
        return self.number // (2 * max(1, len(self.topics)))
