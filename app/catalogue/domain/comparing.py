"""How our members differ from a directory of others: what is new, renamed or closed there.

A directory is believed in what it says and not in what it leaves out: a code that it does not
name stays as it is, and a code that was closed here is not opened again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.catalogue.domain.members import Member, MemberKind
from app.codes import AgencyCode


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit as a directory tells it; `former` is a code that was closed in its favour."""

    code: AgencyCode
    name: str
    qcvn: str | None = None
    parent: AgencyCode | None = None
    former: AgencyCode | None = None
    closed_on: date | None = None


class ChangeKind(StrEnum):
    """What happens to a member."""

    NEW = "new"
    RENAMED = "renamed"
    RESPELLED = "respelled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `after` is the member as it will be."""

    kind: ChangeKind
    before: Member | None
    after: Member


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that the directory says and that is not taken over, with our word for why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class DirectoryDifference:
    """Everything that differs; `absent` counts members in force that the directory leaves out."""

    changes: tuple[Change, ...]
    skipped: tuple[Skipped, ...]
    unchanged: int
    absent: int

    @property
    def members(self) -> list[Member]:
        """Each changed member once, as it will be after all its changes."""
        return list({change.after.code: change.after for change in self.changes}.values())


def compare(
    listed: Sequence[Listed], known: Mapping[str, Member], day: date
) -> DirectoryDifference:
    """Return what a directory says otherwise than we have it; `day` is today."""
    comparing = _Comparing(dict(known), {one.code: one for one in listed}, day)
    for one in sorted(comparing.listed.values(), key=lambda one: one.code.count(".")):
        comparing.take(one)
    for one in comparing.listed.values():
        comparing.close_former(one)
    is_open = [code for code, member in known.items() if member.is_open(day)]
    touched = {change.after.code for change in comparing.changes}
    return DirectoryDifference(
        tuple(comparing.changes),
        tuple(comparing.skipped),
        unchanged=len(comparing.listed.keys() - touched),
        absent=len([code for code in is_open if code not in comparing.listed]),
    )


class _Comparing:
    """The members as they become while the directory is gone through, parents first."""

    def __init__(self, members: dict[str, Member], listed: Mapping[str, Listed], day: date) -> None:
        self.listed = listed
        self.changes: list[Change] = []
        self.skipped: list[Skipped] = []
        self._members = members
        self._day = day
        self._spellings = {one.qcvn: one.code for one in members.values() if one.qcvn}

    def take(self, said: Listed) -> None:
        before = self._members.get(said.code)
        if before is None:
            self._add(said)
        elif before.is_closed(self._day):
            if said.closed_on is None:
                self._skip(said.code, "closed-here")
        else:
            self._alter(before, said)

    def close_former(self, said: Listed) -> None:
        former = said.former
        if former is None or former.canonical == said.code or former == said.qcvn:
            return
        successor = self._members.get(said.code)
        other = self.listed.get(former.canonical)
        if other is not None and other.closed_on is None:
            self._skip(former, "old-code-in-use")
        elif successor is None or not successor.is_open(self._day):
            self._skip(former, "successor-not-open")
        else:
            self._close(AgencyCode(former.canonical), said)

    def _close(self, code: AgencyCode, said: Listed) -> None:
        before = self._members.get(code)
        if before is None:
            parent = self._parent(code, None)
            if parent is None and "." in code:
                self._skip(code, "parent-unknown")
                return
            spelling = self._free(code, code.qcvn)
            kind = self._members[said.code].kind
            above = None if parent is None else parent.code
            before = Member(code, spelling, said.name, kind, above)
            after = replace(before, valid_to=self._day, successor=said.code)
            self._note(ChangeKind.CLOSED, None, after)
        elif before.successor is None:
            valid_to = before.valid_to or self._day
            after = replace(before, valid_to=valid_to, successor=said.code)
            self._note(ChangeKind.CLOSED, before, after)

    def _add(self, said: Listed) -> None:
        parent = self._parent(said.code, said.parent)
        if parent is None and "." in said.code:
            self._skip(said.code, "parent-unknown")
            return
        after = Member(
            code=said.code,
            qcvn=self._free(said.code, said.qcvn or said.code.qcvn),
            name=said.name,
            kind=_kind(said.code) if parent is None else parent.kind,
            parent=None if parent is None else parent.code,
            valid_to=said.closed_on,
        )
        self._note(ChangeKind.NEW, None, after)

    def _alter(self, before: Member, said: Listed) -> None:
        now = before
        if said.name != now.name:
            now = self._note(ChangeKind.RENAMED, now, replace(now, name=said.name))
        if said.qcvn is not None and said.qcvn != now.qcvn:
            if self._free(said.code, said.qcvn) is None:
                self._skip(said.code, "spelling-taken")
            else:
                now = self._note(ChangeKind.RESPELLED, now, replace(now, qcvn=said.qcvn))
        if said.closed_on is not None:
            is_late = now.valid_from is not None and said.closed_on <= now.valid_from
            valid_to = self._day if is_late else said.closed_on
            self._note(ChangeKind.CLOSED, now, replace(now, valid_to=valid_to))

    def _free(self, code: AgencyCode, spelling: str | None) -> str | None:
        """Return the spelling unless it is another member's."""
        if spelling is None or self._spellings.get(spelling, code) != code:
            return None
        return spelling

    def _parent(self, code: AgencyCode, wanted: AgencyCode | None) -> Member | None:
        """Return the member that a code stands below: the one named if it fits, else the nearest.

        Directories name parents that the codes do not follow, across the two code systems.
        """
        if wanted is not None and wanted in self._members and wanted in code.ancestors:
            return self._members[wanted]
        near = (self._members.get(above) for above in code.ancestors)
        return next((member for member in near if member is not None), None)

    def _note(self, kind: ChangeKind, before: Member | None, after: Member) -> Member:
        self.changes.append(Change(kind, before, after))
        self._members[after.code] = after
        if after.qcvn is not None:
            self._spellings[after.qcvn] = after.code
        return after

    def _skip(self, code: str, reason: str) -> None:
        self.skipped.append(Skipped(str(code), reason))


def _kind(code: AgencyCode) -> MemberKind:
    """Return what the root's letter says; digits are a business code."""
    letters = {"K": MemberKind.COUNCIL, "A": MemberKind.PARTY}
    return MemberKind.ENTERPRISE if code[0].isdigit() else letters.get(code[0], MemberKind.STATE)
