"""What pages are served with, and that all of them are."""

import base64
import hashlib
from pathlib import Path

import app
from app.console.schemas.pages import PAGES as CONSOLE
from app.console.schemas.pages import SEARCHED
from app.platform.pages import page_headers
from app.public_services.schemas.pages import PAGES as PUBLIC

ROOM = Path(app.__file__).parent


def test_a_page_has_the_style_whose_digest_it_is_served_with() -> None:
    for pages, room in ((CONSOLE, "console"), (SEARCHED, "console"), (PUBLIC, "public_services")):
        style = (ROOM / room / "pages/style.css").read_bytes()
        digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
        policy = pages.headers["Content-Security-Policy"]
        assert f"style-src 'sha256-{digest}'" in policy
        assert "script-src" not in policy
        assert pages.headers.keys() == page_headers().keys()


def test_only_pages_of_citizens_and_those_searched_send_forms_and_only_to_us() -> None:
    said = [one.headers["Content-Security-Policy"] for one in (CONSOLE, PUBLIC, SEARCHED)]
    assert ["form-action 'none'" in one for one in said] == [True, False, False]
    assert ["form-action 'self'" in one for one in said] == [False, True, True]


def test_no_room_writes_a_policy_of_its_own() -> None:
    writing = {
        str(file.relative_to(ROOM))
        for file in ROOM.rglob("*.py")
        if "frame-ancestors" in file.read_text(encoding="utf-8")
    }
    assert writing == {"platform/pages.py"}
