"""Members: every look-up is an indexed SELECT."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, exists, or_, select, update

from app.catalogue.domain import Counts, Member, MemberKind, fold, older_spellings
from app.catalogue.store import rows
from app.catalogue.tables import members
from app.codes import AgencyCode
from app.platform.prepared import PreparedLists

_FACTS = [column for column in members.c if column.name not in {"root", "folded"}]
_NAMES: Final = tuple(column.name for column in _FACTS)


_NEAR: Final = PreparedLists(
    lambda codes, older: select(*_FACTS).where(
        or_(members.c.code.in_(codes), members.c.qcvn.in_(older))
    )
)
"""The look-up of some codes and older spellings."""


@dataclass(frozen=True, slots=True)
class MembersWanted:
    """Which members a list shall show; `root` is the top of a subtree."""

    text: str | None = None
    kind: MemberKind | None = None
    root: AgencyCode | None = None


def find(connection: Connection, code: AgencyCode) -> Member | None:
    """Return the member that `code` names in either spelling."""
    found, _ = lineage(connection, code)
    return found


def lineage(
    connection: Connection, code: AgencyCode, near: Iterable[Member] | None = None
) -> tuple[Member | None, list[Member]]:
    """Return the member that `code` names and those above it, nearest first.

    Those above are also found for a code nobody has. What `near` holds is not read again.
    """
    above = AgencyCode(code.canonical).ancestors
    if near is None:
        near = _around(connection, code, above)
    named = [member for member in near if member.answers_to(code)]
    # The very spelling given comes before its full form, and both before the algorithm.
    found = min(named, key=lambda one: (one.qcvn != code, one.qcvn is None), default=None)
    if found is not None and found.code != code.canonical:
        return found, lineage(connection, found.code)[1]
    higher = [member for member in near if member.code in above]
    return found, sorted(higher, key=lambda member: above.index(member.code))


def names_of(connection: Connection, codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of the members there are with these canonical codes, by code."""
    statement = select(members.c.code, members.c.name).where(members.c.code.in_(codes))
    return {row.code: row.name for row in connection.execute(statement)}


def _around(connection: Connection, code: AgencyCode, above: Sequence[str]) -> list[Member]:
    rows = _NEAR.rows(connection, [code.canonical, *above], older_spellings(code))
    return [_member(row) for row in rows]


def near(connection: Connection, codes: Iterable[AgencyCode]) -> list[Member]:
    """Return in one read all that the `lineage` of each of these codes needs."""
    asked, older = set[str](), set[str]()
    for code in codes:
        asked |= {code.canonical, *AgencyCode(code.canonical).ancestors}
        older.update(older_spellings(code))
    return [_member(row) for row in _NEAR.rows(connection, sorted(asked), sorted(older))]


def page(
    connection: Connection, wanted: MembersWanted, *, after: str | None, limit: int
) -> Sequence[Member]:
    """Return at most `limit` members in the order of their codes, behind the code `after`."""
    statement = select(*_FACTS).order_by(members.c.code).limit(limit)
    if wanted.text is not None:
        statement = statement.where(members.c.folded.contains(fold(wanted.text), autoescape=True))
    if wanted.kind is not None:
        statement = statement.where(members.c.kind == wanted.kind.value)
    if wanted.root is not None:
        top = find(connection, wanted.root)
        code = wanted.root.canonical if top is None else top.code
        statement = statement.where(
            members.c.root == AgencyCode(code).root,
            or_(members.c.code == code, members.c.code.startswith(f"{code}.", autoescape=True)),
        )
    if after is not None:
        statement = statement.where(members.c.code > after)
    return [_member(tuple(row)) for row in connection.execute(statement)]


def former_spellings(connection: Connection) -> dict[str, str]:
    """Return by successor the older spelling of the member it took over from, the last one."""
    statement = (
        select(members.c.successor, members.c.qcvn, members.c.code)
        .where(members.c.successor.is_not(None))
        .order_by(members.c.valid_to, members.c.code)
    )
    rows = connection.execute(statement)
    return {row.successor: row.qcvn or row.code for row in rows}


def replace(connection: Connection, every: Sequence[Member]) -> Counts:
    """Write new and changed members; those that `every` does not name stay as they are."""
    _release_spellings(connection, every)
    return rows.replace(connection, members, [_values(member) for member in every])


def _release_spellings(connection: Connection, every: Sequence[Member]) -> None:
    """Free the QCVN spellings that pass from one member of `every` to another."""
    now = {member.code: member.qcvn for member in every}
    held = holders(connection, [member.qcvn for member in every if member.qcvn])
    for spelling, code in held.items():
        if now.get(AgencyCode(code), spelling) != spelling:
            connection.execute(update(members).where(members.c.code == code).values(qcvn=None))


def known_codes(connection: Connection, codes: Iterable[str]) -> set[str]:
    """Return those of `codes` that a member has."""
    return set(rows.look_up(connection, members.c.code, members.c.code, codes))


def holders(connection: Connection, spellings: Iterable[str]) -> dict[str, str]:
    """Return by QCVN spelling the code of the member it was recorded for."""
    return rows.look_up(connection, members.c.qcvn, members.c.code, spellings)


def is_empty(connection: Connection) -> bool:
    """Tell whether there is no member at all."""
    return not connection.scalar(select(exists().select_from(members)))


def _values(member: Member) -> rows.Values:
    spellings = (str(member.code), member.qcvn or "", member.name)
    return {
        "code": str(member.code),
        "qcvn": member.qcvn,
        "root": member.code.root,
        "name": member.name,
        "kind": member.kind.value,
        "parent": member.parent and str(member.parent),
        "valid_from": member.valid_from,
        "valid_to": member.valid_to,
        "successor": member.successor and str(member.successor),
        "folded": fold(" ".join(spellings)),
    }


@lru_cache(maxsize=8192)
def _member(row: tuple[Any, ...]) -> Member:
    """Return the member that a row of `_FACTS` is; the same rows come again and again."""
    said = dict(zip(_NAMES, row, strict=True))
    return Member(
        code=AgencyCode(said["code"]),
        qcvn=said["qcvn"],
        name=said["name"],
        kind=MemberKind(said["kind"]),
        parent=said["parent"] and AgencyCode(said["parent"]),
        valid_from=said["valid_from"],
        valid_to=said["valid_to"],
        successor=said["successor"] and AgencyCode(said["successor"]),
        version=said["version"],
    )
