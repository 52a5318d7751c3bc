"""What a look at signatures finds, as plain values that pass between processes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class PacketState(StrEnum):
    """The packet's own signature.

    `unverifiable`: it is there, but nothing can be said: too large, a placeholder, an unknown
    authority, or changed by the nodes that the packet passed.
    """

    ABSENT = "absent"
    UNVERIFIABLE = "unverifiable"
    VALID = "valid"
    INVALID = "invalid"


class SealState(StrEnum):
    """A signature inside a PDF; `unverifiable`: nothing wrong with it but its authority."""

    UNVERIFIABLE = "unverifiable"
    VALID = "valid"
    INVALID = "invalid"


class Signatory(StrEnum):
    """Whose certificate it is: the organisation's own, or a person's."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature inside a PDF; `certificate` is the SHA-256 of the signer's."""

    state: SealState
    signatory: Signatory | None = None
    signer: str | None = None
    signed_at: datetime | None = None
    certificate: str | None = None

    def as_facts(self) -> dict[str, Any]:
        """Return it as JSON values."""
        at = self.signed_at
        return {**asdict(self), "signed_at": None if at is None else at.isoformat()}

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Return it from JSON values."""
        at, who = facts["signed_at"], facts["signatory"]
        return cls(
            state=SealState(facts["state"]),
            signatory=None if who is None else Signatory(who),
            signer=facts["signer"],
            signed_at=None if at is None else datetime.fromisoformat(at),
            certificate=facts["certificate"],
        )


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at, and when; `person_marks` tell a person's certificate."""

    kind: str
    moment: datetime
    person_marks: Sequence[str] = ()
