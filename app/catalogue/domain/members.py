"""Members of the national exchange, and the divisions of the country."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from app.codes import AgencyCode


class MemberKind(StrEnum):
    """Which part of the political system a member belongs to."""

    STATE = "state"
    PARTY = "party"
    COUNCIL = "council"
    FRONT = "front"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation that can be addressed.

    `code` is its QĐ 20/2020 code; `qcvn` its spelling by QCVN 102:2016, which need not follow
    from the code, since organisations were renumbered. It is open from `valid_from` and no
    longer from `valid_to` on (Vietnam's calendar); no date means no limit. `version` is 1 and
    grows with each change that is written.
    """

    code: AgencyCode
    qcvn: str | None
    name: str
    kind: MemberKind
    parent: AgencyCode | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: AgencyCode | None = None
    version: int = field(default=1, compare=False)

    def answers_to(self, code: AgencyCode) -> bool:
        """Tell whether `code` means this member, in either spelling.

        The conversion by algorithm counts only where no QCVN spelling was recorded.
        """
        if code.canonical == code:
            return self.code == code
        if self.qcvn is None:
            return self.code == code.canonical
        return self.qcvn in older_spellings(code)

    def is_upcoming(self, day: date) -> bool:
        """Tell whether the code is not in force yet on `day`."""
        return self.valid_from is not None and day < self.valid_from

    def is_closed(self, day: date) -> bool:
        """Tell whether the code is no longer in force on `day`."""
        return self.valid_to is not None and day >= self.valid_to

    def is_open(self, day: date) -> bool:
        """Tell whether the member may be addressed on `day`."""
        return not self.is_upcoming(day) and not self.is_closed(day)


@lru_cache(maxsize=8192)
def older_spellings(code: AgencyCode) -> tuple[str, ...]:
    """Return how `code` may have been recorded before QĐ 20/2020, as given first.

    Empty when it is given in the spelling of today: that never means an older one.
    """
    if code.canonical == code:
        return ()
    full = AgencyCode(code.canonical).qcvn
    return (str(code),) if full in {None, code} else (str(code), str(full))


@dataclass(frozen=True, slots=True)
class Division:
    """A province or commune of today, by the code of the statistics office.

    Two digits for a province (`15`), five for a commune (`02629`); `kind` is Vietnamese, e.g.
    `tỉnh`, `phường`.
    """

    code: str
    name: str
    kind: str
