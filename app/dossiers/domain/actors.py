"""Who acts on a dossier: a fact of the request, because one system speaks for many people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActorKind(StrEnum):
    """In which part somebody acts."""

    CITIZEN = "citizen"
    COUNTER = "counter"
    OFFICER = "officer"
    LEADER = "leader"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    ActorKind.CITIZEN: "Người nộp hồ sơ",
    ActorKind.COUNTER: "Bộ phận một cửa",
    ActorKind.OFFICER: "Người xử lý",
    ActorKind.LEADER: "Lãnh đạo",
    ActorKind.SYSTEM: "Hệ thống",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in their part; a name that is not said becomes the agency's."""

    kind: ActorKind
    name: str | None = None
    title: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What every act says: who did it, by which name, when, and the moment it is told to us."""

    kind: ActorKind
    name: str
    happened_at: datetime
    now: datetime
