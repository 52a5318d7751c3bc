"""Biểu mẫu báo cáo: a form is data, kept in versions; here is what it may say.

A term names a number that is added, `-` before it one that is taken away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.dossiers.domain.measuring.figures import FIGURES
from app.platform.errors import Invalid, NotFoundError, RefusedError
from app.reports.domain.periods import Cycle, Period

PENDING_LATE: Final = "pending_late"
"""What was open and past its limit when the period ended; an estimate, see the store."""

STATISTICS: Final = frozenset({*FIGURES, PENDING_LATE})
"""Figures of ours that a form may name."""

MINISTRY: Final = "ministry_statistics"
"""The one wire that a form can be handed on by."""

WIRE_FIELDS: Final = (
    "new_reception", "pre_existing", "total", "total_solved", "solved_in_time", "solved_late",
    "total_pending", "pending", "pending_late", "solved_in_time_percent", "solved_late_percent",
    "pending_percent", "pending_late_percent",
)  # fmt: skip
"""Fields that a form has which is handed on by that wire."""


class FieldType(StrEnum):
    """What a field holds: a whole number not below 0, a share to two places, or a text."""

    INTEGER = "integer"
    PERCENT = "percent"
    TEXT = "text"


class Relation(StrEnum):
    """How the two sides of a check stand to each other."""

    EQUAL = "equal"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Vietnamese, and in English beside it."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of one field in another; of nothing it is 0."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Field:
    """Một chỉ tiêu của biểu.

    `source` are terms of our own statistics; `share` computes a percentage out of two fields.
    A change against the period before by more than `most_change` percent must be explained.
    """

    code: str
    name: Text
    type: FieldType
    unit: str
    is_required: bool = True
    source: tuple[str, ...] = ()
    share: Share | None = None
    most_change: int | None = None

    @property
    def is_estimate(self) -> bool:
        """Whether our own figure is only near the true one."""
        return any(name == PENDING_LATE for name, _ in terms(self.source))


@dataclass(frozen=True, slots=True)
class Check:
    """Terms of fields that belong together.

    The right side `is_before` is taken from the report of the period before. What `is_warning`
    may be otherwise, with an explanation.
    """

    left: tuple[str, ...]
    relation: Relation
    right: tuple[str, ...]
    said: Text
    is_before: bool = False
    is_warning: bool = False

    @property
    def field(self) -> str:
        """The field that is named where it does not hold."""
        return next(terms(self.left))[0]


@dataclass(frozen=True, slots=True)
class Form:
    """Một biểu mẫu báo cáo.

    It is owed by the members at depth `level` of the tree (1 is the province itself), each for
    itself and all below it, from the period of `since` on; due so many working days behind it.
    """

    code: str
    version: int
    title: Text
    cycle: Cycle
    due_working_day: int
    level: int
    since: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()
    wire: str | None = None

    def field(self, code: str) -> Field | None:
        """Return the field with this code."""
        return next((one for one in self.fields if one.code == code), None)

    @property
    def first(self) -> Period:
        """The first period that it is owed for."""
        return Period.of(self.cycle, self.since)

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"report-form:{self.code}"


class UnknownFormError(NotFoundError):
    """There is no form with this code."""

    slug = "unknown-report-form"
    title = "Không có biểu mẫu này"
    title_en = "Unknown form"

    def __init__(self) -> None:
        super().__init__("Không có biểu mẫu báo cáo mang mã này.", "No form has this code.")


class UnsoundFormError(RefusedError):
    """A form says what cannot be."""

    slug = "unsound-report-form"
    title = "Biểu mẫu không nhất quán"
    title_en = "The form is not consistent"

    def __init__(self, wrong: Sequence[Invalid]) -> None:
        super().__init__(
            "Biểu mẫu tự mâu thuẫn; xem danh sách errors.",
            "The form contradicts itself; see errors.",
            errors=wrong,
        )


class FormDiffersError(RefusedError):
    """This version of the form is known, and says something else."""

    slug = "report-form-differs"
    title = "Phiên bản biểu mẫu đã có, nội dung khác"
    title_en = "The version is known and says something else"

    def __init__(self, form: Form) -> None:
        super().__init__(
            f"Biểu {form.code} phiên bản {form.version} đã có, nội dung khác; tăng số phiên bản.",
            f"Form {form.code} has another version {form.version}; count its version up.",
            errors=[Invalid("/version", "đã dùng", "is taken")],
        )


def terms(named: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each name with 1, or -1 where it is taken away."""
    return ((one.removeprefix("-"), -1 if one.startswith("-") else 1) for one in named)


def sound(form: Form) -> Form:
    """Return a form in which everything that is named is there.

    Raises:
        UnsoundFormError: with every place that is wrong.
    """
    wrong = [*_unsound_fields(form), *_unsound_checks(form)]
    try:
        Period.of(form.cycle, form.since)
    except ValueError:
        wrong.append(Invalid("/since", "không phải một kỳ của biểu", "no period of the cycle"))
    lacking = set(WIRE_FIELDS) - {one.code for one in form.fields}
    if form.wire is not None and (lacking or form.cycle is not Cycle.MONTH):
        names = ", ".join(sorted(lacking)) or "cycle"
        wrong.append(Invalid("/wire", f"không gửi được: {names}", f"cannot be sent: {names}"))
    if wrong:
        raise UnsoundFormError(wrong)
    return form


def _unsound_fields(form: Form) -> Iterator[Invalid]:
    numbers = _numbers(form)
    seen: set[str] = set()
    for place, one in enumerate(form.fields):
        at = f"/fields/{place}"
        if one.code in seen:
            yield Invalid(f"{at}/code", "trùng mã", "named twice")
        seen.add(one.code)
        if (one.share is not None) != (one.type is FieldType.PERCENT):
            yield Invalid(f"{at}/share", "tỷ lệ cần share", "a percentage, and it alone, has one")
        if one.share is not None and not {one.share.part, one.share.whole} <= numbers:
            yield Invalid(f"{at}/share", "không phải số của biểu", "no number of the form")
        is_number = one.type is FieldType.INTEGER
        if (one.source or one.most_change is not None) and not is_number:
            yield Invalid(f"{at}/type", "chỉ dùng cho số", "only a number has such")
        if not {name for name, _ in terms(one.source)} <= STATISTICS:
            yield Invalid(f"{at}/source", "không có số liệu này", "no figure of ours")


def _unsound_checks(form: Form) -> Iterator[Invalid]:
    numbers = _numbers(form)
    for place, one in enumerate(form.checks):
        for side, named in (("left", one.left), ("right", one.right)):
            if not named or not {name for name, _ in terms(named)} <= numbers:
                yield Invalid(
                    f"/checks/{place}/{side}", "không phải số của biểu", "no number of the form"
                )


def _numbers(form: Form) -> set[str]:
    return {one.code for one in form.fields if one.type is FieldType.INTEGER}
