"""What is sent to one person, and what can send it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.exchange.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one address; `message_id` is ours and the same at every attempt.

    `template` and `values` are for services that write the text themselves.
    """

    message_id: str
    to: str = field(repr=False)
    title: str
    text: str = field(repr=False)
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    dossier: str = ""
    agency: str = ""


class Messenger(Protocol):
    """Sends letters by one service; nothing of a letter is logged."""

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter once."""
        ...
