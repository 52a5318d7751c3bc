"""`getfile`: what a notice of one's own names, from the nation's own address and no other."""

import base64
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import AnyHttpUrl

from app.access.domain import Scope
from app.facades.dvcqg.routes.nation_files import is_below
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.faults import Fault
from mock_ngsp.front import Nation
from mock_ngsp.record import Wanted
from tests.facades.born import Born, a_change, a_notice, born

FRONT = "/KetNoiMotCuaQuocGia/getfile"
BASE, URL = "http://nation.test/tep", "http://nation.test/tep/dieu-chinh.pdf"
PDF = b"%PDF-1.4\nmau"


@pytest.fixture
def nation(settings: Settings, clock: FrozenClock, tmp_path: Path) -> Iterator[Born]:
    with born(settings, clock, tmp_path, dvcqg_files_url=AnyHttpUrl(BASE)) as made:
        made.universe.published.put("dieu-chinh.pdf", PDF)
        state = made.gateway.http.app.state  # type: ignore[attr-defined]
        ours = state.http
        state.http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(made.universe)))
        made.push(a_notice())
        made.push(a_change(URLTepDangKy=URL))
        yield made
        state.http = ours


def get(nation: Born, url: str, *scopes: Scope, member: str = "H38.12") -> httpx.Response:
    return nation.gateway.client(member, *scopes).post(FRONT, json={"DuongDan": url})


def fetched(nation: Born) -> int:
    """Return how many files were asked for."""
    entries, _ = nation.universe.record.page(Wanted(operation="g", limit=100))
    return len(entries)


def test_a_file_that_ones_own_notice_names_is_fetched_as_base64(nation: Born) -> None:
    answer = get(nation, URL)
    assert (answer.status_code, base64.b64decode(answer.text)) == (200, PDF)


def test_others_get_nothing_and_what_nobody_named_is_not_fetched(nation: Born) -> None:
    assert nation.gateway.http.post(FRONT, json={"DuongDan": URL}).status_code == 401
    assert get(nation, URL, Scope.SUBMIT_DOSSIERS).status_code == 403
    for url, member in ((URL, "H38.61"), ("http://nation.test/tep/khac.pdf", "H38")):
        assert get(nation, url, member=member).json()["error_code"] == -1
    assert get(nation, "").json()["error_code"] == -1
    assert fetched(nation) == 0


@pytest.mark.parametrize("url", ["http://xau.test/tep/a.pdf", "http://nation.test/_axis/v1/health"])
def test_a_named_address_that_is_not_the_nations_is_not_fetched(nation: Born, url: str) -> None:
    nation.push(a_change(MaHoSoQG="G02.24-261103-000003", URLTepDangKy=url))
    assert get(nation, url).json()["error_code"] == -1
    assert fetched(nation) == 0


def test_what_is_gone_or_down_is_told(nation: Born) -> None:
    other = "http://nation.test/tep/mat.pdf"
    nation.push(a_change(MaHoSoQG="G02.24-261103-000003", URLTepDangKy=other))
    assert get(nation, other).json()["error_code"] == -1
    nation.universe.faults.add(Fault("g", 1, 503, reset=False, delay=None, after=False))
    down = get(nation, URL)
    assert (down.status_code, down.json()["error_code"]) == (503, -1)
    assert get(nation, URL).status_code == 200


@pytest.mark.parametrize(
    ("url", "below"),
    [
        (f"{BASE}/a.pdf", True),
        (f"{BASE}/b/a.pdf", True),
        (BASE, False),
        ("http://nation.test/tepkhac/a.pdf", False),
        ("https://nation.test/tep/a.pdf", False),
        ("http://nation.test:81/tep/a.pdf", False),
        ("http://nation.test:x/tep/a.pdf", False),
        ("http://nation.test@xau.test/tep/a.pdf", False),
        (f"{BASE}/../a.pdf", False),
        (f"{BASE}/%2e%2e/a.pdf", False),
        (f"{BASE}/a\n.pdf", False),
    ],
)
def test_only_what_lies_below_the_nations_address_counts(url: str, *, below: bool) -> None:
    assert is_below(url, BASE) is below
