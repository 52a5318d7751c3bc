"""What people wrote is sown with marks everywhere; no public answer, log or metric has one."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.main import ROUTERS
from app.openapi import guard_of, is_signed, routes_of
from app.public_services.schemas.opinions import EXAMPLE as OPINION
from app.public_services.schemas.opinions import REPLY
from tests.acting import BEFORE, example_of, path_of
from tests.builders import a_dossier
from tests.gateway import Api, Gateway
from tests.public_services.conftest import PROCEDURE, a_decision, decided

MARK = "dauvet77"
IDENTITY, PHONE = "000000007701", "0000007702"
SOWN = (MARK, IDENTITY, PHONE)
_WRITTEN = {
    "name", "title", "department", "reason", "content", "receiver", "comment", "note", "recipient",
    "reference", "summary", "full_name", "address", "procedure_name", "sector_name", "answered_by",
}  # fmt: skip
"""Fields in which people write what they like."""
_ELSEWHERE = {
    "/livez", "/.well-known/jwks.json", "/files/{id}", "/api/dvcqg/NopHoSo", "/dang-nhap",
    "/LLTP/LayMaHoSo", "/vbdlis/GetDanhMucNguoiDung/{security_code}",
    "/vbdlis/GetDanhMucThuTuc/{security_code}", "/vbdlis/GetDanhMucTrangThai/{security_code}",
}  # fmt: skip
"""What has nothing of a dossier or leads away, files, which a signed link alone opens, and wires
of systems that show a secret of their own."""
_PAGES = {"/tra-cuu", "/ho-so-cua-toi", "/dich-vu-cong", "/ho-so-trong-ngay"}


def sown(value: Any, key: str = "") -> Any:
    """Return a body with a mark in everything that somebody wrote."""
    if isinstance(value, dict):
        return {name: sown(inner, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [sown(inner, "name" if key == "papers" else key) for inner in value]
    if not isinstance(value, str):
        return value
    if key == "url":
        return f"https://onestop.example.vn/{MARK}"
    return f"{value} {MARK}" if key in _WRITTEN else value


def _a_sown_dossier() -> dict[str, Any]:
    body: dict[str, Any] = sown(a_dossier() | {"procedure_name": "Thủ tục", "sector_name": "Mẫu"})
    body["applicant"] |= {
        "full_name": f"Nguyễn {MARK}",
        "identity_number": IDENTITY,
        "phone": PHONE,
        "email": f"{MARK}@example.vn",
        "address": f"Thôn {MARK}",
    }
    return body


def _sow(api: Api) -> Iterator[tuple[str, str]]:
    """Do every act, each on a dossier of its own; give the codes of the dossiers."""
    for act, before in BEFORE.items():
        made = api.post("/v1/dossiers", json=_a_sown_dossier())
        assert made.status_code == 201, made.text
        code = made.json()["code"]
        for each in (*before, act):
            answer = api.post(path_of(code, each), json=sown(example_of(each)))
            assert answer.status_code == 201, answer.text
        yield code, made.json()["tracking_code"]


def _sow_opinions(gateway: Gateway, api: Api) -> Iterator[tuple[str, str]]:
    sender = {"name": MARK, "phone": PHONE, "email": f"{MARK}@example.vn", "address": MARK}
    body = OPINION | {"content": f"{IDENTITY} {MARK}", "sender": sender}
    public = Api(gateway.http, "")
    for each in (api.post("/v1/opinions", json=body),
                 public.post("/v1/public-services/opinions", json=body)):  # fmt: skip
        code, secret = each.json()["code"], each.json()["tracking_code"]
        answered = api.post(
            f"/v1/opinions/{code}/answer", json=sown(REPLY) | {"published": REPLY["published"]}
        )
        assert answered.status_code == 201, answered.text
        yield code, secret


class Reader:
    """Reads what is public, and remembers which routes it read and what they said."""

    def __init__(self, gateway: Gateway) -> None:
        self._http = gateway.http
        self.read: set[str] = set()
        self.said: list[str] = []

    def get(self, route: str, *, secret: str = "", params: Any = None, **places: str) -> None:
        answer = self._http.get(
            route.format(**places), headers={"X-Tracking-Code": secret}, params=params
        )
        assert answer.status_code == 200, answer.text
        self.read.add(route)
        self._keep(answer)

    def track(self, code: str, secret: str) -> None:
        answer = self._http.post("/tra-cuu", data={"ma": code, "ma-tra-cuu": secret})
        assert answer.status_code == 200
        self._keep(answer)

    def _keep(self, answer: Any) -> None:
        self.said += [answer.text, str(answer.headers)]


def _public_pages() -> set[str]:
    return {
        route.path
        for route in routes_of(ROUTERS)
        if "GET" in (route.methods or ()) and guard_of(route) is None and not is_signed(route)
    }


def _read_everything(
    reader: Reader, dossiers: list[tuple[str, str]], opinions: list[tuple[str, str]]
) -> None:
    for code, secret in dossiers:
        reader.get("/v1/public-services/dossiers/{code}", code=code, secret=secret)
        reader.get("/v1/public-services/dossiers/{code}/qr", code=code)
        reader.track(code, secret)
    for code, secret in opinions:
        reader.get("/v1/public-services/opinions/{code}", code=code, secret=secret)
    for name in ("received", "finished", "late"):
        query = {"list": name, "limit": 200}
        reader.get("/v1/public-services/dossiers", params=query)
    for route in (
        "/v1/public-services",
        "/v1/public-services/days",
        "/v1/public-services/opinions",
        "/v1/public-services/coverage",
        "/v1/public-services/priority-list",
        "/v1/public-services/coverage/members",
        "/readyz",
        "/metrics",
        "/problems",
        *_PAGES,
    ):
        reader.get(route)
    reader.get("/v1/public-services/{procedure}", procedure=PROCEDURE)
    reader.get("/v1/public-services/{procedure}/decisions", procedure=PROCEDURE)
    reader.get("/problems/{slug}", slug="not-json")


@pytest.fixture
def settings(settings: Any) -> Any:
    return settings.model_copy(update={"tracking_attempts_per_minute": 10_000})


def test_no_public_answer_page_log_or_metric_has_anything_that_was_sown(
    gateway: Gateway, province: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    decided(province, a_decision())
    dossiers = list(_sow(province))
    opinions = list(_sow_opinions(gateway, province))
    known = province.get(f"/v1/dossiers/{dossiers[0][0]}").text
    assert all(mark in known for mark in SOWN)
    reader = Reader(gateway)
    _read_everything(reader, dossiers, opinions)
    assert _public_pages() - reader.read == _ELSEWHERE
    logged = capsys.readouterr()
    assert "request" in logged.out + logged.err
    told = [*reader.said, logged.out, logged.err]
    assert [text for text in told if any(mark in text.lower() for mark in SOWN)] == []


def test_a_refusal_does_not_repeat_what_was_sent(
    gateway: Gateway, province: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    del province
    http = gateway.http
    secret = {"X-Tracking-Code": MARK, "Idempotency-Key": MARK}
    opinion = OPINION | {"content": MARK, "kind": MARK}
    answers = [
        http.get(f"/v1/public-services/dossiers/{MARK}", headers=secret),
        http.post("/tra-cuu", data={"ma": MARK, "ma-tra-cuu": MARK}),
        http.get("/dich-vu-cong", params={"ngay": MARK}),
        http.get("/v1/public-services", params={"sector": MARK, "agency": MARK}),
        http.get(f"/v1/public-services/{MARK}"),
        http.get(f"/v1/public-services/opinions/{MARK}", headers=secret),
        http.post("/v1/public-services/opinions", json=opinion | {"sender": MARK}, headers=secret),
    ]
    assert all(400 <= answer.status_code < 500 for answer in answers)
    logged = capsys.readouterr()
    told = [*(answer.text for answer in answers), logged.out, logged.err]
    assert [text for text in told if MARK in text] == []
