"""What is wrong with the figures of a report, and what must be explained."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.platform.errors import Invalid, RefusedError
from app.reports.domain.forms import Check, Field, FieldType, Form, Relation, Text, terms

Value = int | float | str
Values = Mapping[str, Value]

LARGEST: Final = 10**15
_WHOLE: Final = 100
_NEAR: Final = 0.011
"""So far a percentage may be from what its numbers give: others round the second place down."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as expected; `expected` is what would be."""

    field: str
    code: str
    is_warning: bool
    said: Text
    expected: Value | None = None


class WrongValuesError(RefusedError):
    """Values are not of the form, or not of the kind that it wants."""

    slug = "report-values-wrong"
    title = "Số liệu không đúng biểu mẫu"
    title_en = "Values do not fit the form"

    def __init__(self, wrong: Sequence[Invalid]) -> None:
        super().__init__(
            "Có chỉ tiêu không đúng biểu mẫu; xem danh sách errors.",
            "Some values do not fit the form; see errors.",
            errors=wrong,
        )


class FaultyReportError(RefusedError):
    """A report does not add up, or leaves out what it must say."""

    slug = "report-faulty"
    title = "Báo cáo chưa khớp"
    title_en = "The report does not add up"

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__(
            "Báo cáo thiếu chỉ tiêu hoặc không khớp; sửa số liệu rồi nộp lại.",
            "The report lacks values or does not add up; correct it and submit again.",
            errors=[Invalid(f"/values/{one.field}", one.said.vi, one.said.en) for one in found],
        )


class UnexplainedError(RefusedError):
    """Something is not as expected, and nobody says why."""

    slug = "report-unexplained"
    title = "Báo cáo cần giải trình"
    title_en = "The report must be explained"

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__(
            "Có số liệu khác thường; ghi giải trình ở explanations rồi nộp lại.",
            "Some figures are unusual; say why in explanations and submit again.",
            errors=[
                Invalid(f"/explanations/{one.field}", one.said.vi, one.said.en) for one in found
            ],
        )


def fitting(form: Form, values: Values, explanations: Mapping[str, str]) -> None:
    """Demand that values and explanations are of fields of the form, each of its kind.

    Raises:
        WrongValuesError: with every place that is wrong.
    """
    wrong = [
        Invalid(f"/explanations/{code}", "không có chỉ tiêu này", "no such field")
        for code in explanations
        if form.field(code) is None
    ]
    for code, value in values.items():
        field = form.field(code)
        if field is None:
            wrong.append(Invalid(f"/values/{code}", "không có chỉ tiêu này", "no such field"))
        elif not _is_of(field.type, value):
            wanted = _KINDS[field.type]
            wrong.append(Invalid(f"/values/{code}", f"phải là {wanted.vi}", f"is {wanted.en}"))
    if wrong:
        raise WrongValuesError(wrong)


_KINDS: Final = {
    FieldType.INTEGER: Text("số nguyên không âm", "a whole number from 0 on"),
    FieldType.PERCENT: Text("tỷ lệ từ 0 đến 100", "a percentage from 0 to 100"),
    FieldType.TEXT: Text("văn bản", "a text"),
}


def _is_of(kind: FieldType, value: Value) -> bool:
    match kind:
        case FieldType.INTEGER:
            return isinstance(value, int) and 0 <= value < LARGEST
        case FieldType.PERCENT:
            return not isinstance(value, str) and 0 <= value <= _WHOLE
        case FieldType.TEXT:
            return isinstance(value, str)


def completed(form: Form, values: Values) -> dict[str, Value]:
    """Return values with each percentage that was left out and can be computed."""
    found = dict(values)
    for one in form.fields:
        if one.code not in found and (share := share_of(one, values)) is not None:
            found[one.code] = share
    return found


def share_of(field: Field, values: Values) -> float | None:
    """Return what a percentage is by its two numbers, to two places; 0 of nothing."""
    if field.share is None:
        return None
    part, whole = values.get(field.share.part), values.get(field.share.whole)
    if not isinstance(part, int) or not isinstance(whole, int):
        return None
    return round(_WHOLE * part / whole, 2) if whole else 0.0


def total_of(named: Sequence[str], values: Values) -> int | None:
    """Return the sum of terms; None if one of them is missing."""
    total = 0
    for name, sign in terms(named):
        value = values.get(name)
        if not isinstance(value, int):
            return None
        total += sign * value
    return total


def findings(
    form: Form, values: Values, *, before: Values | None, own: Values
) -> Sequence[Finding]:
    """Return what is wrong with values, faults first.

    `before` are those of the period before, if it was reported; `own` what we counted ourselves.
    """
    every = [
        *_faults(form, values),
        *(found for one in form.checks if (found := _checked(one, values, before)) is not None),
        *_changes(form, values, before or {}),
        *_differences(form, values, own),
    ]
    return sorted(every, key=lambda one: one.is_warning)


def _faults(form: Form, values: Values) -> Iterator[Finding]:
    for one in form.fields:
        given = values.get(one.code)
        if given is None or given == "":
            if one.is_required:
                yield Finding(one.code, "missing", False, Text("chưa có số liệu", "is missing"))  # noqa: FBT003 -- named in the class
            continue
        share = share_of(one, values)
        if share is not None and isinstance(given, int | float) and abs(given - share) > _NEAR:
            said = Text(f"phải là {share}", f"must be {share}")
            yield Finding(one.code, "share", is_warning=False, said=said, expected=share)


def _checked(check: Check, values: Values, before: Values | None) -> Finding | None:
    if check.is_before and before is None:
        return None
    left = total_of(check.left, values)
    right = total_of(check.right, before or {} if check.is_before else values)
    if left is None or right is None:
        return None
    holds = left == right if check.relation is Relation.EQUAL else left <= right
    if holds:
        return None
    expected = right if len(check.left) == 1 else None
    return Finding(check.field, "check", check.is_warning, check.said, expected)


def _changes(form: Form, values: Values, before: Values) -> Iterator[Finding]:
    for one in form.fields:
        now, then = values.get(one.code), before.get(one.code)
        if one.most_change is None or not isinstance(now, int) or not isinstance(then, int):
            continue
        if abs(now - then) * _WHOLE > one.most_change * then:
            said = Text(
                f"kỳ trước {then}, thay đổi quá {one.most_change}%",
                f"{then} in the period before, changed by more than {one.most_change}%",
            )
            yield Finding(one.code, "changed", is_warning=True, said=said, expected=then)


def _differences(form: Form, values: Values, own: Values) -> Iterator[Finding]:
    for one in form.fields:
        counted, given = own.get(one.code), values.get(one.code)
        if one.is_estimate or counted is None or given is None or counted == given:
            continue
        said = Text(f"hệ thống đếm được {counted}", f"we counted {counted}")
        yield Finding(one.code, "differs", is_warning=True, said=said, expected=counted)
