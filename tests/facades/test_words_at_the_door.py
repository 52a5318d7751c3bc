"""Who calls on a wire is told in its words what no route of it could tell."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import InvalidTokenError, MissingScopeError, Scope
from app.facades import words
from app.platform.bodies import BodyTooLargeError
from app.platform.database import DatabaseUnavailableError
from app.platform.errors import ProblemError
from app.platform.problems import InternalError
from app.public_services.domain.looking import TooManyLooksError
from tests.gateway import Gateway

LAND: Final = {"Result", "Message"}
PORTAL: Final = {"error_code", "message"}
JUDICIAL: Final = {"statusCode", "data", "errorDetail"}
PLATFORM: Final = {"MaLoi", "MoTaLoi"}
AXIS: Final = {"status", "ErrorCode", "ErrorDesc"}
WIRES: Final[Mapping[str, set[str]]] = {
    "/vbdlis": LAND,
    "/vbdlis/ChuyenHoSo": LAND,
    "/vbdlis/KhongCo/mot-ma": LAND,
    "/vbdlis/ChuyenHoSo/mot-ma/thua": LAND,
    "/mapi": PORTAL,
    "/mapi/khong-co": PORTAL,
    "/KetNoiMotCuaQuocGia/khong/co": PORTAL,
    "/api/SynsTTHCC/KhongCo": PORTAL,
    "/api/dvcqg/KhongCo": PORTAL,
    "/LLTP/KhongCo": JUDICIAL,
    "/XrdAdapter/adapter/khongCo": AXIS,
}
"""Addresses of a wire that nothing is at, and the fields of its answers."""

CALLS: Final[Mapping[str, set[str]]] = {
    "/vbdlis/ChuyenHoSo/mot-ma": LAND,
    "/vbdlis/TiepNhanHoSoChoMotCua/mot-ma": LAND,
    "/mapi/login": PORTAL,
    "/mapi/g": PORTAL,
    "/KetNoiMotCuaQuocGia/DongBoHoSoMC": PORTAL,
    "/api/SynsTTHCC/DongBoHoSoMC": PORTAL,
    "/api/dvcqg/TiepNhanHoSo": PORTAL,
    "/api/dvcqg/TiepNhanHoSoKM": PORTAL,
    "/api/dvcqg/ImportThongBaoThueFromDVCQG": PORTAL,
    "/api/dvcqg/dptracuuthanhtoanhs": PORTAL,
    "/api/dvcqg/XacNhanThanhToan": PLATFORM,
    "/LLTP/TaoHoSo": JUDICIAL,
    "/XrdAdapter/adapter/updateStatus": AXIS,
}
"""What is called with POST."""

AS_PROBLEMS: Final = ("/vbdliss/x", "/token", "/oauth2/token", "/VXPAdapter/x", "/v1/khong-co")
"""No wire's own words are known for these."""


def problems() -> list[ProblemError]:
    return [
        InvalidTokenError(),
        MissingScopeError(Scope.CALL_PORTAL),
        TooManyLooksError(7),
        InternalError(),
        DatabaseUnavailableError(),
        BodyTooLargeError(100),
    ]


def said(gateway: Gateway, path: str, problem: ProblemError) -> Response | None:
    app = gateway.http.app
    scope = {"type": "http", "method": "POST", "path": path, "headers": [], "app": app}
    return words.refusal(Request(scope), problem)


@pytest.mark.parametrize("path", WIRES)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address_is_told_in_the_wires_words(
    gateway: Gateway, path: str, method: str
) -> None:
    answer = gateway.http.request(method, path)
    assert answer.status_code == 404
    assert set(answer.json()) == WIRES[path]


@pytest.mark.parametrize("path", CALLS)
def test_a_wrong_method_is_told_in_the_wires_words(gateway: Gateway, path: str) -> None:
    answer = gateway.http.delete(path)
    assert (answer.status_code, set(answer.json())) == (405, CALLS[path])
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_body_over_the_limit_is_told_in_the_wires_words(
    gateway: Gateway, path: str, *, is_declared: bool
) -> None:
    many = b" " * (gateway.settings.max_body_bytes + 1)
    answer = gateway.http.post(path, content=many if is_declared else iter([many]))
    told: dict[str, Any] = answer.json()
    assert set(told) == CALLS[path]
    assert answer.status_code in ({413} if is_declared else {400, 401, 413, 503})


@pytest.mark.parametrize("path", CALLS)
def test_content_of_another_kind_is_told_in_the_wires_words(gateway: Gateway, path: str) -> None:
    answer = gateway.http.post(path, content=b"<a/>", headers={"Content-Type": "text/xml"})
    assert set(answer.json()) >= CALLS[path]
    assert not answer.headers["Content-Type"].startswith("application/problem")


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/vbdlis/ChuyenHoSo/mot-ma", [401, 200, 200, 500, 503, 413]),
        ("/mapi/g", [200, 200, 200, 500, 503, 413]),
        ("/KetNoiMotCuaQuocGia/DongBoHoSoMC", [401, 403, 200, 500, 503, 413]),
        ("/api/dvcqg/TiepNhanHoSoKM", [401, 403, 200, 500, 503, 413]),
        ("/api/dvcqg/XacNhanThanhToan", [401, 200, 200, 500, 503, 413]),
        ("/api/dvcqg/dptracuuthanhtoanhs", [401, 200, 200, 500, 503, 413]),
        ("/LLTP/TaoHoSo", [400, 200, 200, 500, 503, 413]),
        ("/XrdAdapter/adapter/updateStatus", [200, 200, 200, 500, 503, 413]),
    ],
)
def test_each_kind_of_refusal_has_the_status_that_the_wire_gives_it(
    gateway: Gateway, path: str, statuses: list[int]
) -> None:
    answers = [said(gateway, path, problem) for problem in problems()]
    assert [answer and answer.status_code for answer in answers] == statuses


@pytest.mark.parametrize("path", AS_PROBLEMS)
def test_beside_the_wires_a_problem_is_said(gateway: Gateway, path: str) -> None:
    answer = gateway.http.delete(path)
    assert answer.status_code in {404, 405}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert said(gateway, path, InternalError()) is None


def test_a_page_for_people_is_no_wire(gateway: Gateway) -> None:
    answer = gateway.http.delete("/api/dvcqg/NopHoSo")
    assert answer.headers["Content-Type"] == "application/problem+json"
