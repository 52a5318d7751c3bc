"""What a document is worth by its signatures.

Signed by the organisation and by the competent person it is the equal of paper (QĐ 28/2018, đ.4;
NĐ 30/2020, đ.5); otherwise it is for information only. It is never refused for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LegalValue(StrEnum):
    """Equal to paper, or for information only."""

    FULL = "full"
    REFERENCE_ONLY = "reference_only"

    @property
    def label(self) -> str:
        """The Vietnamese words that people read."""
        if self is LegalValue.FULL:
            return "Có giá trị pháp lý như bản gốc văn bản giấy"
        return "Chỉ có giá trị thông tin, tham khảo"


class PacketSignature(StrEnum):
    """The state of the packet's own signature, which a packet that is relayed cannot keep."""

    ABSENT = "absent"
    UNVERIFIABLE = "unverifiable"
    VALID = "valid"
    INVALID = "invalid"


class SealState(StrEnum):
    """The state of a signature inside a file."""

    UNVERIFIABLE = "unverifiable"
    VALID = "valid"
    INVALID = "invalid"


class Signatory(StrEnum):
    """Whose signature it is."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature inside the file `n`; `certificate` is the SHA-256 of the signer's."""

    n: int
    state: SealState
    signatory: Signatory | None = None
    signer: str | None = None
    signed_at: datetime | None = None
    certificate: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What a look at a document's signatures found."""

    packet: PacketSignature
    seals: Sequence[Seal]
    at: datetime

    @property
    def value(self) -> LegalValue:
        """Full if one file bears good signatures of both."""
        files = {seal.n for seal in self.seals}
        is_full = any(self._signed_by(n) == set(Signatory) for n in files)
        return LegalValue.FULL if is_full else LegalValue.REFERENCE_ONLY

    def is_by(self, signatory: Signatory) -> bool:
        """Tell whether any file bears a good signature of an organisation, or of a person."""
        return any(signatory in self._signed_by(seal.n) for seal in self.seals)

    def _signed_by(self, n: int) -> set[Signatory]:
        return {
            seal.signatory
            for seal in self.seals
            if seal.n == n and seal.signatory is not None and seal.state is SealState.VALID
        }
