"""What a new list of procedures changes: told to people before and after it is taken over."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from app.catalogue.domain.procedures import FullProcedure, Procedure, ProcedureState
from app.codes import AgencyCode, ProcedureCode
from app.platform.errors import RefusedError

_HEAD: Final = ("name", "sector_code", "sector_name", "agency", "state")
"""Fields whose values a difference tells; of the others it tells the name."""


class MassWithdrawalError(RefusedError):
    """A list would switch off so much of the catalogue that it is more likely broken than right."""

    slug = "mass-withdrawal"
    title = "Danh sách thủ tục ngắn bất thường"
    title_en = "The list of procedures is suspiciously short"

    def __init__(self, withdrawn: int, published: int) -> None:
        super().__init__(
            f"Danh sách mới sẽ ngừng {withdrawn} trong {published} thủ tục; chưa thay đổi gì.",
            f"The new list would switch off {withdrawn} of {published} procedures; "
            "nothing was changed.",
            extensions={"withdrawn": withdrawn, "published": published},
        )


@dataclass(frozen=True, slots=True)
class Altered:
    """One field that changed; the values only where they are short."""

    field: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A procedure as a difference names it."""

    code: str
    name: str
    altered: tuple[Altered, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """New, changed, switched off; how many stayed; codes whose record could not be read."""

    new: tuple[Named, ...]
    changed: tuple[Named, ...]
    withdrawn: tuple[Named, ...]
    unchanged: int
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the nation said: every code it lists, the records that were read, the rest."""

    listed: frozenset[ProcedureCode]
    procedures: tuple[FullProcedure, ...]
    unreadable: tuple[str, ...]


def is_ours(code: ProcedureCode, province: AgencyCode | None) -> bool:
    """Tell whether a province keeps a procedure: national ones, its own, or all without one."""
    publisher = code.agency
    return province is None or publisher is None or publisher.within(province)


def difference(kept: Mapping[ProcedureCode, FullProcedure], fetched: Fetched) -> Difference:
    """Return what taking `fetched` over changes in what is `kept`.

    A published procedure that is not listed is switched off, never deleted; one whose record
    could not be read stays as it is.
    """
    new = [one for one in fetched.procedures if one.code not in kept]
    known = [(kept[one.code], one) for one in fetched.procedures if one.code in kept]
    changes = [(one, tuple(_altered(before, one))) for before, one in known]
    gone = [one for code, one in kept.items() if code not in fetched.listed and _is_offered(one)]
    return Difference(
        new=tuple(Named(one.code, one.name) for one in new),
        changed=tuple(Named(one.code, one.name, altered) for one, altered in changes if altered),
        withdrawn=tuple(Named(one.code, one.name) for one in gone),
        unchanged=sum(not altered for _, altered in changes),
        unreadable=fetched.unreadable,
    )


def refuse_mass_withdrawal(
    found: Difference, kept: Collection[FullProcedure], *, share: float
) -> None:
    """Demand that at most this share of the published procedures is switched off at once.

    Raises:
        MassWithdrawalError: if more would be.
    """
    published = sum(_is_offered(one) for one in kept)
    if len(found.withdrawn) > published * share:
        raise MassWithdrawalError(len(found.withdrawn), published)


def withdrawn(procedure: FullProcedure) -> FullProcedure:
    """Return the procedure switched off."""
    return replace(procedure, state=ProcedureState.WITHDRAWN)


def closest(code: ProcedureCode, candidates: Sequence[Procedure]) -> Procedure | None:
    """Return which of the procedures with the same national code a filed code means.

    The code itself in either spelling; else the one of the nearest agency above its own; else
    the national one; a bare code also means the only local one there is. Never that of
    another agency.
    """
    by_code = {str(one.code): one for one in candidates}
    above = [] if code.agency is None else code.agency.ancestors
    for wanted in (code.canonical, *(f"{code.national}.{one}" for one in above), code.national):
        if wanted in by_code:
            return by_code[wanted]
    return candidates[0] if code.agency is None and len(candidates) == 1 else None


def is_due(last: datetime, now: datetime, *, at: time) -> bool:
    """Tell whether a daily task of the time `at`, in the zone of `now`, waits to be done."""
    planned = datetime.combine(now.date(), at, now.tzinfo)
    if planned > now:
        planned -= timedelta(days=1)
    return last < planned


def _is_offered(procedure: Procedure) -> bool:
    return procedure.state is ProcedureState.PUBLISHED


def _altered(before: FullProcedure, after: FullProcedure) -> Iterator[Altered]:
    for field in _HEAD:
        was, will = getattr(before, field), getattr(after, field)
        if was != will:
            yield Altered(field, _text(was), _text(will))
    names = dict.fromkeys([*before.record, *after.record])
    yield from (
        Altered(name) for name in names if before.record.get(name) != after.record.get(name)
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
