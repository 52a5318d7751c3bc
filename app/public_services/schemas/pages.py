"""The same facts as pages for people: no scripts, nothing fetched, every value escaped."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from app.public_services.domain.standing import at

PLACES: Final = (
    ("/tra-cuu", "Tra cứu hồ sơ"),
    ("/ho-so-cua-toi", "Hồ sơ của tôi"),
    ("/dich-vu-cong", "Dịch vụ công"),
    ("/ho-so-trong-ngay", "Hồ sơ trong ngày"),
)
"""Every page with its name."""


def page_of(name: str, here: str, **values: Any) -> str:
    """Return the page of a template, `here` being its own address."""
    template = _environment().get_template(name)
    return template.render(values, here=here, places=PLACES, style=Markup(_style()), at=at)  # noqa: S704 -- our own file


@cache
def headers() -> dict[str, str]:
    """Return what every page is served with: its own style by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    }


@cache
def _style() -> str:
    return files("app.public_services").joinpath("pages/style.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    loader = PackageLoader("app.public_services", "pages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
