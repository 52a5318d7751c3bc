"""What the pages of those who run things share."""

from datetime import datetime, timedelta
from typing import Any, Final

from starlette.responses import Response

from app.platform.clock import VIETNAM
from app.platform.pages import SELF, Pages

PLACES: Final = (
    ("/van-hanh", "Lưu lượng"),
    ("/dich-vu-chia-se", "Dịch vụ chia sẻ"),
    ("/luot-goi", "Lượt gọi"),
    ("/ton-dong", "Việc tồn đọng"),
    ("/chi-tieu", "Chỉ tiêu phục vụ"),
    ("/bao-cao", "Báo cáo định kỳ"),
    ("/docs", "Mô tả API"),
)
"""Every page with its name."""

PAGES: Final = Pages("app.console")
SEARCHED: Final = Pages("app.console", forms=SELF)
"""Those with a form that asks for a part of what they show."""

_WITH_FORMS: Final = frozenset({"services.html", "exchanges.html"})
_DAY: Final = 86_400
_UNITS: Final = ((_DAY, "ngày"), (3600, "giờ"), (60, "phút"), (1, "giây"))


def page(name: str, here: str, status: int = 200, **values: Any) -> Response:
    """Return the page of a template, `here` being its own address."""
    pages = SEARCHED if name in _WITH_FORMS else PAGES
    said = {"here": here, "places": PLACES, "at": at, "number": number, "span": span}
    return pages.answer(name, status, **values, **said)


def at(moment: datetime) -> str:
    """Return a moment as people here write it."""
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def span(length: timedelta) -> str:
    """Return how long a while is, in its largest unit: `3 ngày`, `90 giây` is `1 phút`."""
    seconds = max(0, int(length.total_seconds()))
    size, unit = next((one for one in _UNITS if seconds >= one[0]), _UNITS[-1])
    return f"{seconds // size} {unit}"


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
