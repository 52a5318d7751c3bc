"""The same facts as pages for people."""

from typing import Any, Final

from starlette.responses import Response

from app.platform.pages import SELF, Pages
from app.public_services.domain.standing import at

PLACES: Final = (
    ("/tra-cuu", "Tra cứu hồ sơ"),
    ("/ho-so-cua-toi", "Hồ sơ của tôi"),
    ("/dich-vu-cong", "Dịch vụ công"),
    ("/ho-so-trong-ngay", "Hồ sơ trong ngày"),
)
"""Every page with its name."""

PAGES: Final = Pages("app.public_services", forms=SELF)


def page(name: str, here: str, status: int = 200, **values: Any) -> Response:
    """Return the page of a template, `here` being its own address."""
    return PAGES.answer(name, status, **values, here=here, places=PLACES, at=at)
