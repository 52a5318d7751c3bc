"""`getfile`: files that are held here, in base64, and never anything from elsewhere."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.acting import staged
from tests.builders import evidence_of, seed_catalogue
from tests.facades.destination import serving
from tests.gateway import Api, Gateway
from tests.uploads import BASE, a_file, a_paper, link_of, uploaded

FILE = a_file(size=600_001)


def get(api: Api, address: Any) -> httpx.Response:
    return api.post("/KetNoiMotCuaQuocGia/getfile", json={"DuongDan": address})


@pytest.fixture
def file(knowing: Gateway) -> str:
    """Id of a file in a dossier of H38.12."""
    api = knowing.client("H38.12")
    file = str(uploaded(api, FILE)["id"])
    staged(api, "acceptance", attachments=[a_paper(file)])
    return file


def test_a_token_and_the_scope_are_wanted(knowing: Gateway, file: str) -> None:
    body = {"DuongDan": f"/files/{file}"}
    assert knowing.http.post("/KetNoiMotCuaQuocGia/getfile", json=body).status_code == 401
    assert get(knowing.client("H38", Scope.UPLOAD_FILES), body["DuongDan"]).status_code == 403


@pytest.mark.parametrize("base", [BASE, ""])
def test_a_file_of_ones_own_dossier_is_given_in_base64(
    knowing: Gateway, file: str, base: str
) -> None:
    answer = get(knowing.client("H38.12"), f"{base}/files/{file}?for=portal&expires=1&signature=x")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200, "text/plain",
    )  # fmt: skip
    assert base64.b64decode(answer.text, validate=True) == FILE
    assert int(answer.headers["content-length"]) == len(answer.content)
    entry = evidence_of(knowing, f"file:{file}")[-1]
    assert (entry.act, entry.member) == ("file.fetch", "H38.12")


def test_another_members_file_is_opened_by_a_good_link_only(knowing: Gateway, file: str) -> None:
    commune = knowing.client("H38.61")
    link = link_of(knowing.client("H38"), file)
    assert base64.b64decode(get(commune, BASE + link).text) == FILE
    for other in (f"/files/{file}", link[:-1], link.replace("for=system", "for=portal")):
        told = get(commune, other).json()
        assert (told["error_code"], told["message"][:8]) == (-1, "DuongDan")
    knowing.clock.advance(timedelta(minutes=15))
    assert get(commune, link).json()["error_code"] == -1


def test_no_address_elsewhere_is_ever_called(knowing: Gateway, file: str) -> None:
    api = knowing.client("H38")
    with serving() as service:
        for address in (
            f"{service.url}/files/{file}",
            f"//{service.url.removeprefix('http://')}/files/{file}",
            f"{BASE}@{service.url.removeprefix('http://')}/files/{file}",
            f"{BASE}.example.vn/files/{file}",
            f"{BASE}/files/../files/{file}",
            f"{BASE}/v1/files/{file}",
            "file:///etc/passwd",
            "/files/00000000-0000-7000-8000-000000000000",
            "đường dẫn",
        ):
            assert get(api, address).json()["error_code"] == -1
        assert service.asked == []
    for wrong in (None, "", 7, "x" * 2001):
        assert get(api, wrong).json()["error_code"] == -1


@pytest.fixture
def in_json(settings: Settings, clock: FrozenClock) -> Iterator[Gateway]:
    chosen = settings.model_copy(update={"facade_file_form": "json"})
    with TestClient(create_app(chosen, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, chosen, clock)
        seed_catalogue(gateway)
        yield gateway


def test_the_base64_is_a_json_string_if_so_set(in_json: Gateway) -> None:
    api = in_json.client("H38")
    answer = get(api, f"/files/{uploaded(api, FILE)['id']}")
    assert base64.b64decode(answer.json()) == FILE
