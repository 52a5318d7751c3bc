"""Pages for people: a room's templates and style, and the headers that every page is served with.

No script, nothing fetched, every value escaped.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

NONE: Final = "'none'"
SELF: Final = "'self'"


def page_headers(style: str = "'unsafe-inline'", forms: str = NONE) -> Mapping[str, str]:
    """Return what a page is served with: nobody keeps it, frames it, or learns where one was.

    `style` and `forms` are sources in the words of CSP: of styles, and where forms may be sent.
    """
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": f"default-src 'none'; style-src {style}; base-uri 'none'; "
        f"form-action {forms}; frame-ancestors 'none'",
    }


class Pages:
    """The pages of a room: templates in its `pages`, with `style.css` in each of them."""

    def __init__(self, room: str, *, forms: str = NONE) -> None:
        """`room` is a package, `forms` says where its forms may be sent."""
        self._room = room
        self._forms = forms

    def text(self, name: str, **values: Any) -> str:
        """Return the page of a template."""
        style = Markup(self._style)  # noqa: S704 -- our own file
        return self._environment.get_template(name).render(values, style=style)

    def answer(self, name: str, status: int = 200, **values: Any) -> Response:
        """Return the page of a template as it is served."""
        content = self.text(name, **values)
        return Response(content, status, media_type="text/html", headers=self.headers)

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """What every page of the room is served with: its own style by its digest."""
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        return page_headers(f"'sha256-{digest}'", self._forms)

    @cached_property
    def _style(self) -> str:
        return files(self._room).joinpath("pages/style.css").read_text(encoding="utf-8")

    @cached_property
    def _environment(self) -> Environment:
        loader = PackageLoader(self._room, "pages")
        return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
