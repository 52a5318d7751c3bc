"""Notices as data and as a page to print."""

from functools import cache
from typing import Self

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.notices import Form, Notice
from app.dossiers.domain.notices.notice import at
from app.fields import Moment


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class EntryOut(_Seen):
    """Một dòng. / One line: `name` for programs, `label` and `value` for people."""

    name: str
    label: str
    value: str


class TableOut(_Seen):
    """Một bảng. / A table."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


class NoticeOut(_Seen):
    """Giấy tờ cho người nộp, mẫu 01 đến 07. / A receipt or notice."""

    form: Form = Field(description="Số mẫu. / Number of the form.")
    title: str
    title_en: str
    code: str = Field(description="Mã hồ sơ. / Dossier code.")
    agency: str
    issued_at: Moment
    entries: list[EntryOut]
    tables: list[TableOut]
    remarks: list[str]
    signers: list[str] = Field(description="Người ký. / Who signs.")

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """Show a notice."""
        return cls(
            form=notice.form,
            title=notice.form.heading,
            title_en=notice.form.heading_en,
            code=notice.code,
            agency=notice.agency,
            issued_at=notice.issued_at,
            entries=[EntryOut.model_validate(one) for one in notice.entries],
            tables=[TableOut.model_validate(one) for one in notice.tables],
            remarks=list(notice.remarks),
            signers=list(notice.signers),
        )


def page_of(notice: Notice) -> str:
    """Return a notice as a page: no scripts, nothing fetched, every value escaped."""
    return _template().render(notice=notice, issued=at(notice.issued_at))


@cache
def _template() -> Template:
    loader = PackageLoader("app.dossiers", "pages")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("notice.html")
