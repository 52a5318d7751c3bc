"""What a notice is made of, so that one page can show every form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.calendars.domain import VIETNAM
from app.platform.errors import NotFoundError


class Form(StrEnum):
    """Mẫu, by its number in the annex."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL = "06"
    REGISTER = "07"

    @property
    def heading(self) -> str:
        """The Vietnamese heading."""
        return _HEADINGS[self][0]

    @property
    def heading_en(self) -> str:
        """The English heading."""
        return _HEADINGS[self][1]


_HEADINGS = {
    Form.RECEIPT: ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt and appointment"),
    Form.SUPPLEMENT: ("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to supplement"),
    Form.REFUSAL: ("Phiếu từ chối tiếp nhận hồ sơ", "Refusal to accept"),
    Form.APOLOGY: ("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Apology and new appointment"),
    Form.STOP: ("Thông báo dừng giải quyết hồ sơ", "Notice of stopping"),
    Form.CONTROL: ("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control sheet"),
    Form.REGISTER: ("Sổ theo dõi hồ sơ", "Register"),
}


class NoticeUnavailableError(NotFoundError):
    """There is no such form, or what it tells of did not happen to this dossier."""

    slug = "notice-unavailable"
    title = "Chưa có giấy tờ này"
    title_en = "There is no such notice"

    def __init__(self) -> None:
        super().__init__(
            "Không có mẫu này, hoặc hồ sơ chưa có việc mà mẫu này ghi lại.",
            "There is no such form, or what it tells of did not happen to this dossier.",
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a notice: `name` for programs, `label` and `value` for people."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a notice; every row has a cell for each column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A filled form; `issued_at` is when what it tells of happened, `signers` sign below it."""

    form: Form
    code: str
    agency: str
    issued_at: datetime
    entries: tuple[Entry, ...]
    tables: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()


def entries(*lines: tuple[str, str, str | None]) -> tuple[Entry, ...]:
    """Return the lines that say something."""
    return tuple(Entry(name, label, value) for name, label, value in lines if value)


def at(moment: datetime | None) -> str:
    """Return a moment in Vietnam as people write it; "" for none."""
    return "" if moment is None else f"{moment.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def money(amount_vnd: int) -> str:
    """Return an amount as people write it."""
    return f"{amount_vnd:,} đồng".replace(",", ".")


def numbered(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows with their number in front."""
    return tuple((str(number), *row) for number, row in enumerate(rows, 1))
