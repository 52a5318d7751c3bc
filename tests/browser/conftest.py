"""Debian's Chromium shows the pages of a gateway; whatever it asks for, the gateway answers."""

import base64
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright
from starlette.testclient import TestClient

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway

BASE = "http://127.0.0.1:8080"
WIDTHS = {360: 740, 1280: 800}


class Window:
    """A window of a width on the pages of a gateway."""

    def __init__(self, page: Page, mirror: Page, gateway: Gateway, folder: Path) -> None:
        """`mirror` is a page with scripts: axe is one, and looks at what stands in the page."""
        self.page = page
        self._mirror = mirror
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self._gateway = gateway
        self._folder = folder
        self.others: dict[str, TestClient] = {}
        page.route("**/*", self._answer)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(f"{BASE}{path}")

    def sign_on(self, client_id: str, secret: str) -> None:
        """Be somebody whose browser knows a password."""
        shown = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        self.page.set_extra_http_headers({"Authorization": f"Basic {shown}"})

    def submit(self, **fields: str) -> None:
        """Fill a form by the labels people see, and send it by the Enter key."""
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " ")).fill(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def is_wider_than_the_window(self) -> bool:
        found: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return found

    def findings(self) -> list[str]:
        """Return what axe finds, the grave first: impact and rule."""
        self._mirror.set_viewport_size(self.page.viewport_size or {"width": 360, "height": 740})
        self._mirror.set_content(self.page.content())
        found = Axe().run(self._mirror).response["violations"]
        return sorted(f"{one['impact']}: {one['id']}" for one in found)

    def picture(self, name: str) -> Path:
        file = self._folder / f"{name}.png"
        self.page.screenshot(path=file, full_page=True)
        return file

    def _answer(self, route: Route) -> None:
        asked = route.request
        where = urlsplit(asked.url)
        self.asked.append(f"{asked.method} {where.path}")
        at = f"{where.scheme}://{where.netloc}"
        assert at == BASE or at in self.others, asked.url
        http = self.others.get(at, self._gateway.http)
        http.cookies.clear()
        answer = http.request(
            asked.method,
            asked.url,
            content=asked.post_data_buffer,
            headers={
                "Content-Type": asked.headers.get("content-type", ""),
                "Cookie": asked.header_value("cookie") or "",
                "Authorization": asked.headers.get("authorization", ""),
            },
            follow_redirects=False,
        )
        headers = {name: answer.headers[name] for name in answer.headers}
        if given := answer.headers.get_list("set-cookie"):
            headers["set-cookie"] = "\n".join(given)
        if answer.is_redirect:
            self._lead(route, headers, urljoin(asked.url, headers.pop("location")))
        else:
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

    def _lead(self, route: Route, headers: dict[str, str], address: str) -> None:
        """Lead on by a page: what a redirect asks for would pass us by."""
        kept = {name: headers[name] for name in ("set-cookie",) if name in headers}
        body = f'<meta http-equiv="refresh" content="0;url={escape(address)}">'
        route.fulfill(status=200, headers={"content-type": "text/html"} | kept, body=body)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 40" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def browser(gateway: Gateway) -> Iterator[Browser]:
    """A browser that is there only while the gateway is: its loop would be in the way of ours."""
    del gateway
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield opened
        opened.close()


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    given = request.config.getoption("--pictures")
    folder = Path(given) if given else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def window(browser: Browser, gateway: Gateway, width: int, pictures: Path) -> Iterator[Window]:
    """A window without scripts: what the pages are for must work so."""
    size: Any = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(viewport=size, java_script_enabled=False, locale="vi-VN")
    scripted = browser.new_context(viewport=size, locale="vi-VN")
    yield Window(context.new_page(), scripted.new_page(), gateway, pictures)
    context.close()
    scripted.close()


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")
