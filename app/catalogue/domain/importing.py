"""A catalogue as a whole, and what it must fulfil to be taken over."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.catalogue.domain.members import Member
from app.catalogue.domain.procedures import FullProcedure
from app.platform.errors import Invalid


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one file says; `digest` is the SHA-256 of its bytes."""

    members: tuple[Member, ...]
    procedures: tuple[FullProcedure, ...]
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries were new, changed, and already so."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    members: Counts
    procedures: Counts


def faults_of(
    catalogue: Catalogue, *, known: Collection[str], holders: Mapping[str, str]
) -> list[Invalid]:
    """Return what contradicts; empty when the catalogue can be taken over.

    `known` are codes of members that exist already; `holders` says which member's code has a
    QCVN spelling already.
    """
    every = {member.code for member in catalogue.members} | set(known)
    # A member of the file gives its old spelling up to another one of the file.
    moved = {member.code for member in catalogue.members}
    held = {spelling: code for spelling, code in holders.items() if code not in moved}
    return [
        *_repeated(catalogue),
        *(
            fault
            for place, member in enumerate(catalogue.members)
            for fault in _faults_of(member, f"/members/{place}", every, held)
        ),
    ]


def _repeated(catalogue: Catalogue) -> Iterator[Invalid]:
    lists: tuple[tuple[str, str, list[str | None]], ...] = (
        ("members", "code", [str(member.code) for member in catalogue.members]),
        ("members", "qcvn", [member.qcvn for member in catalogue.members]),
        ("procedures", "code", [str(procedure.code) for procedure in catalogue.procedures]),
    )
    for name, field, values in lists:
        counted = Counter(value for value in values if value is not None)
        for place, value in enumerate(values):
            if value is not None and counted[value] > 1:
                yield Invalid(
                    f"/{name}/{place}/{field}", "mã bị lặp trong tệp", "twice in the file"
                )


def _faults_of(
    member: Member, at: str, every: set[str], held: Mapping[str, str]
) -> Iterator[Invalid]:
    yield from _misplaced(member, f"{at}/parent", every)
    if member.qcvn in held:
        yield Invalid(
            f"{at}/qcvn",
            "cách viết này đã thuộc thành viên khác; hãy ghi rõ qcvn, hoặc null",
            "another member has this spelling; state qcvn, or null",
        )
    if member.valid_from and member.valid_to and member.valid_from >= member.valid_to:
        yield Invalid(f"{at}/valid_to", "phải sau valid_from", "must be after valid_from")
    if member.successor is not None:
        yield from _unfit_successor(member, f"{at}/successor", every)


def _misplaced(member: Member, at: str, every: set[str]) -> Iterator[Invalid]:
    if member.parent is None:
        if "." in member.code:
            yield Invalid(at, "mã dưới cấp 1 phải có đơn vị cha", "below level 1 it must be named")
    elif member.parent not in every:
        yield Invalid(at, "đơn vị cha không có trong danh mục", "not in the catalogue")
    elif member.parent == member.code or not member.code.within(member.parent):
        yield Invalid(at, "mã phải bắt đầu bằng mã đơn vị cha", "the code must start with it")


def _unfit_successor(member: Member, at: str, every: set[str]) -> Iterator[Invalid]:
    if member.valid_to is None:
        yield Invalid(at, "chỉ mã có valid_to mới có mã thay thế", "only with valid_to")
    if member.successor not in every:
        yield Invalid(at, "mã thay thế không có trong danh mục", "not in the catalogue")
    if member.successor == member.code:
        yield Invalid(at, "không thể tự thay thế", "is the member itself")
