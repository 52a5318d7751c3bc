"""What an entry of the log says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

DONE = "done"
LONGEST_ACT = 60
"""Letters that the name of an act has at most."""


class Actor(Protocol):
    """Whoever acts: a client of the API, or a part of the gateway itself."""

    @property
    def client_id(self) -> str:
        """The client's id, or `system:<part>`."""
        ...

    @property
    def member(self) -> str:
        """The member it acts for."""
        ...

    @property
    def request_id(self) -> str:
        """The request it acts in; "" outside requests."""
        ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """A part of the gateway that acts by itself, e.g. `system:relay`."""

    client_id: str
    member: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, to what, and what came of it.

    `subject` names a record (`dossier:H38-…`), never a person; `digest` is the SHA-256 of the
    body that caused the act, of a file that was handed out, or a keyed one of the person that
    was searched for; `outcome` is `done` or the slug of the refusal.
    """

    name: str
    subject: str
    digest: str | None = None
    outcome: str = DONE


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as it stands in the log."""

    number: int
    at: datetime
    client_id: str
    member: str
    act: str
    subject: str
    digest: str | None
    outcome: str
    request_id: str
