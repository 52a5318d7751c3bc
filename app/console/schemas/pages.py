"""What the pages of those who run things share."""

from datetime import datetime
from typing import Any, Final

from starlette.responses import Response

from app.platform.clock import VIETNAM
from app.platform.pages import Pages

PLACES: Final = (
    ("/van-hanh", "Lưu lượng"),
    ("/chi-tieu", "Chỉ tiêu phục vụ"),
    ("/bao-cao", "Báo cáo định kỳ"),
    ("/docs", "Mô tả API"),
)
"""Every page with its name."""

PAGES: Final = Pages("app.console")


def page(name: str, here: str, status: int = 200, **values: Any) -> Response:
    """Return the page of a template, `here` being its own address."""
    return PAGES.answer(name, status, **values, here=here, places=PLACES, at=at, number=number)


def at(moment: datetime) -> str:
    """Return a moment as people here write it."""
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def number(value: float | str | None) -> str:
    """Return a figure as people here write it: `1.234`, `90,77`; nothing where there is none."""
    match value:
        case None:
            return ""
        case str():
            return value
        case int():
            return f"{value:,}".replace(",", ".")
        case float():
            return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
