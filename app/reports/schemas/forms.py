"""Forms as JSON: shown, and read from a file."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.fields import Line
from app.platform.bodies import digest_of, parse_json
from app.platform.wire import ApiModel
from app.reports.domain.forms import FieldType, Form, Relation
from app.reports.domain.periods import Cycle
from app.reports.store.forms import form_of

CODE: Final = r"^[a-z][a-z0-9_-]*$"
Code = Annotated[str, StringConstraints(pattern=CODE, min_length=1, max_length=40)]
Term = Annotated[str, StringConstraints(pattern=r"^-?[a-z][a-z0-9_-]*$", max_length=41)]
Terms = Annotated[tuple[Term, ...], Field(max_length=20)]


class TextIn(ApiModel):
    """A text in both languages."""

    vi: Line = Field(max_length=300)
    en: Line = Field(max_length=300)


class ShareIn(ApiModel):
    """A percentage of one field in another."""

    part: Code
    whole: Code


class FieldIn(ApiModel):
    """One field."""

    code: Code
    name: TextIn
    type: FieldType
    unit: str = Field(max_length=50)
    is_required: bool = True
    source: Terms = ()
    share: ShareIn | None = None
    most_change: int | None = Field(None, ge=0, le=10_000)


class CheckIn(ApiModel):
    """One check between fields."""

    left: Terms
    relation: Relation
    right: Terms
    said: TextIn
    is_before: bool = False
    is_warning: bool = False


class FormIn(ApiModel):
    """One form."""

    code: Code
    version: int = Field(ge=1, le=10_000)
    title: TextIn
    cycle: Cycle
    due_working_day: int = Field(ge=1, le=60)
    level: int = Field(ge=1, le=5)
    since: str = Field(max_length=8)
    fields: tuple[FieldIn, ...] = Field(min_length=1, max_length=200)
    checks: tuple[CheckIn, ...] = Field((), max_length=200)
    wire: str | None = Field(None, pattern="^ministry_statistics$")


class FormsIn(ApiModel):
    """What a file may hold."""

    forms: tuple[FormIn, ...] = Field(min_length=1, max_length=100)


def read_forms(raw: bytes) -> tuple[str, Sequence[Form]]:
    """Read a file of forms strictly; return its SHA-256 and the forms.

    Raises:
        InvalidInputError: if something does not fit the description; names every place.
        NotJsonError: if it is not JSON.
    """
    said = parse_json(raw, FormsIn)
    return digest_of(raw), [form_of(one.model_dump()) for one in said.forms]


class Out(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class ShareOut(Out):
    """Tỷ lệ phần trăm của hai chỉ tiêu. / A percentage of one field in another."""

    part: str
    whole: str


class FieldOut(Out):
    """Một chỉ tiêu của biểu. / One field."""

    code: str
    name: str
    name_en: str
    type: FieldType
    unit: str
    is_required: bool
    source: list[str] = Field(description="Số liệu của hệ thống. / Figures of our own statistics.")
    is_estimate: bool = Field(description="Chỉ gần đúng. / Our figure is only near the true one.")
    share: ShareOut | None
    most_change: int | None = Field(
        description="Thay đổi so kỳ trước quá số % này phải giải trình. / Explained beyond this."
    )


class CheckOut(Out):
    """Một phép đối chiếu. / One check."""

    left: list[str]
    relation: Relation
    right: list[str]
    said: str
    said_en: str
    is_before: bool = Field(description="Vế phải lấy ở kỳ trước. / Right side: period before.")
    is_warning: bool = Field(description="Sai khác thì giải trình. / May be explained.")


class FormOut(Out):
    """Một biểu mẫu báo cáo. / One form."""

    code: str = Field(examples=["tthc-thang"])
    version: int
    title: str
    title_en: str
    cycle: Cycle
    cycle_label: str
    due_working_day: int = Field(
        description="Hạn: ngày làm việc thứ mấy sau kỳ. / Due so many working days behind."
    )
    level: int = Field(description="Cấp phải báo cáo. / Depth of the members that owe it.")
    since: str = Field(description="Từ kỳ. / From this period on.")
    wire: str | None = Field(description="Gửi tự động bằng. / The wire that sums leave by.")
    fields: list[FieldOut]
    checks: list[CheckOut]

    @classmethod
    def of(cls, form: Form) -> Self:
        """Show a form."""
        facts: dict[str, Any] = {
            name: getattr(form, name)
            for name in ("code", "version", "cycle", "due_working_day", "level", "since", "wire")
        }
        fields = [
            {
                **{name: getattr(one, name) for name in _FIELD},
                "name": one.name.vi,
                "name_en": one.name.en,
                "source": list(one.source),
            }
            for one in form.fields
        ]
        checks = [
            {
                **{name: getattr(one, name) for name in ("relation", "is_before", "is_warning")},
                "left": list(one.left),
                "right": list(one.right),
                "said": one.said.vi,
                "said_en": one.said.en,
            }
            for one in form.checks
        ]
        titles = {"title": form.title.vi, "title_en": form.title.en}
        labels = {"cycle_label": form.cycle.label, "fields": fields, "checks": checks}
        return cls.model_validate(facts | titles | labels)


_FIELD: Final = ("code", "type", "unit", "is_required", "is_estimate", "share", "most_change")
