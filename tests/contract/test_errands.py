"""What goes to VNPost and to the ministry of justice, judged by their descriptions."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from pydantic import BaseModel

from app.errands.domain import Kind
from app.errands.domain.tracking import OnlineLevel, tracking_facts
from app.errands.schemas.judicial import RECORD, RETURN, JudicialRecordIn, JudicialReturnIn
from app.errands.schemas.postal import ORDER, PostalOrderIn
from app.errands.sync import judicial, postal, tracking
from app.errands.sync.papers import ReadPaper
from app.exchange.ngsp.wire.central_judicial import Poll
from app.exchange.ngsp.wire.judicial import StateQuestion
from app.exchange.ngsp.wire.postal import End, PriceQuestion
from app.platform.settings import Settings
from mock_ngsp.ngsp import licences, vehicles
from tests.builders import a_held_dossier
from tests.contract import corrupted
from tests.contract.judges import description, faults_of_json
from tests.mock_ngsp.asking import Services

_SETTINGS: Final = Settings(judicial_department="38", judicial_province=("10", "Tỉnh Lào Cai"))
_POSTAL, _JUDICIAL, _TRACKING = "ngsp_postal.yaml", "ngsp_judicial.yaml", "ngsp_tracking.yaml"
_PDF: Final = {"number": "1", "issued_on": "2026-11-06", "pdf": "JVBERi0="}
_PERSON: Final = {"full_name": "Nguyễn Văn Ví Dụ", "born": "1960"}
_KEY: Final = {"key": "mock-authkey-of-judicial-records"}


def _facts(kind: type[BaseModel], content: dict[str, Any]) -> dict[str, Any]:
    read = kind.model_validate_json(json.dumps(content))
    facts: dict[str, Any] = read.model_dump(mode="json")
    return facts


def _order(**changes: Any) -> BaseModel:
    facts = _facts(PostalOrderIn, ORDER | changes)
    return postal.order_of(facts, number="H38-1", customer="MOCK-H38")


def _record(**changes: Any) -> dict[str, Any]:
    applicant = RECORD["applicant"] | {
        "father": _PERSON, "spouse": _PERSON, "birth_place": {"street": "Thôn Ví Dụ"},
    }  # fmt: skip
    mandator = _PERSON | {"relation": "Con", "mandated_on": "2026-11-01"}
    delivery = {"address": "Thôn Ví Dụ", "district": "Xã"}
    whole = {"applicant": applicant, "mandator": mandator, "delivery": delivery}
    return _facts(JudicialRecordIn, RECORD | whole | changes)


def _returned(**changes: Any) -> BaseModel:
    facts = _facts(JudicialReturnIn, RETURN | changes)
    return judicial.returned_of(facts, settings=_SETTINGS)


def _tracking() -> BaseModel:
    facts = tracking_facts(a_held_dossier(), OnlineLevel.FULL)
    return tracking.told_of(facts, _SETTINGS)


def _written() -> dict[str, tuple[str, str, BaseModel]]:
    """Everything that we write: where it is judged, where it is sent, and itself."""
    asked = PriceQuestion(weight=100, sender=End(province="10"), receiver=End(province="54"))
    first = judicial.first_of(_record(), number="H38-1", settings=_SETTINGS)
    file = "0193a5c0-7e1e-7000-8000-000000000001"
    with_file = _record(files=[{"kind": "Đơn", "file_id": file}])
    papers = {file: ReadPaper("don.pdf", "JVBERi0=")}
    central = judicial.central_of(with_file, number="H38-1", settings=_SETTINGS, papers=papers)
    poll = Poll(province_code="10", number="H38-1", **_KEY)
    return {
        "order": (f"{_POSTAL}#MOrder", "/apiVNPostNGSP/p1.0/order/post", _order()),
        "waybill": (
            f"{_POSTAL}#MOrder", "/apiVNPostNGSP/p1.0/order/post", _order(waybill="VD1")
        ),
        "price": (f"{_POSTAL}#PriceQuestion", "/apiVNPostNGSP/p1.0/order/price", asked),
        "first": (f"{_JUDICIAL}#FirstSubmission", "/apiLyLichTuPhap/1.0/nhanHoSoDangKy", first),
        "state": (
            f"{_JUDICIAL}#FirstQuestion", "/apiLyLichTuPhap/1.0/LLTP-API-traTrangThaiHs",
            StateQuestion(number="H38-1"),
        ),
        "central": (
            f"{_JUDICIAL}#DataLGSP", "/apiLLTP/1.0/guiHoSo", central.model_copy(update=_KEY)
        ),
        "poll": (f"{_JUDICIAL}#Poll", "/apiLLTP/1.0/traCuuHoSo", poll),
        "tracking": (f"{_TRACKING}#TrackingMCDT", "/TrackingMCDT", _tracking()),
        "return": (
            f"{_JUDICIAL}#Returned", "/v2/lyLichTuPhap/traKetQuaHoSoLLTP",
            _returned(status="9", result=_PDF),
        ),
    }  # fmt: skip


_WRITTEN: Final = _written()


def _content(name: str) -> dict[str, Any]:
    sent = _WRITTEN[name][2].model_dump(mode="json", exclude_none=True)
    return dict(sent)


def _faults(reference: str, content: object) -> list[str]:
    file, _, schema = reference.partition("#")
    return faults_of_json(f"{file}#/components/schemas/{schema}", content)


def _mutants(name: str) -> Iterator[corrupted.JsonMutant]:
    return (one for one in corrupted.of_json(_content(name), []) if isinstance(one.content, dict))


def _answer_faults(file: str, path: str, method: str, content: object) -> list[str]:
    place = path.replace("~", "~0").replace("/", "~1")
    parts = f"/paths/{place}/{method}/responses/200/content/application~1json/schema"
    return faults_of_json(f"{file}#{parts}", content)


@pytest.mark.parametrize("name", _WRITTEN)
def test_what_we_write_is_what_is_described(name: str) -> None:
    assert _faults(_WRITTEN[name][0], _content(name)) == []


@pytest.mark.parametrize("name", _WRITTEN)
def test_a_misspelt_alias_would_be_seen(name: str) -> None:
    misspelt = [one for one in _mutants(name) if one.fault.startswith("misspelt")]
    assert misspelt
    assert [one.fault for one in misspelt if not _faults(_WRITTEN[name][0], one.content)] == []


@pytest.mark.parametrize("name", _WRITTEN)
def test_every_answer_of_the_stand_in_is_what_is_described(name: str) -> None:
    services = Services()
    reference, path, _ = _WRITTEN[name]
    file = reference.partition("#")[0]
    content = _content(name)
    for days in (0, 0, 6):
        services.later(days=days)
        services.post(_WRITTEN["first"][1], _content("first"))
        services.post(_WRITTEN["central"][1], _content("central"))
        told = services.post(path, content).json()
        assert _answer_faults(file, path, "post", told) == []
    refused = services.post(path, {"khac": "1"}).json()
    unlike = {"price", "state", "tracking"}
    assert name in unlike or _answer_faults(file, path, "post", refused) == []


def test_the_feed_and_a_cancellation_are_what_is_described() -> None:
    services = Services()
    services.post(_WRITTEN["order"][1], _content("order"))
    feed, cancel = (f"/apiVNPostNGSP/p1.0/order/{one}" for one in ("tracking", "cancel"))
    query = {"CustomerCode": "MOCK-H38", "OrderNumber": "H38-1"}
    for _ in range(2):
        page = services.get(feed, pagesize=10, lastId="0" * 24).json()
        assert _answer_faults(_POSTAL, feed, "get", page) == []
        told = services.get(cancel, **query).json()
        assert _answer_faults(_POSTAL, cancel, "get", told) == []


@pytest.mark.parametrize("name", _WRITTEN)
def test_the_stand_in_takes_no_misspelt_request(name: str) -> None:
    taken = []
    for mutant in _mutants(name):
        if not mutant.fault.startswith("misspelt"):
            continue
        services = Services()
        services.post(_WRITTEN[name][1], mutant.content)
        held = [services.held(one) for one in ("postal", "judicial", "judicial-central")]
        told = services.held("judicial-return") + services.held("tracking")
        if any(held) or any(told):
            taken.append(mutant.fault)
    assert taken == []


def test_catalogues_and_files_of_transport_are_what_is_described() -> None:
    services = Services()
    days = {"ReceiveFromDate": "02/11/2026", "ReceiveToDate": "02/11/2026"}
    asked = {"GovAgencyCode": vehicles.UNIT, "APIKey": vehicles.DEFAULT_KEY} | days
    services.headers |= {"MaDonVi": vehicles.UNIT, "ApiKey": vehicles.DEFAULT_KEY}
    read = {
        "/dmdc/1.0/AllCategory": {},
        "/dmdc/1.0/Metadata/qlvanbandieuhanhcap1": {},
        "/dmdc/1.0/Category/qlvanbandieuhanhcap1": {},
        "/dmdc/1.0/Category/khongco": {},
        "/apiGTVT/danhsachhoso": asked,
    }
    for path, query in read.items():
        file = "ngsp_transport.yaml" if "GTVT" in path else "ngsp_catalogues.yaml"
        described = path.replace("qlvanbandieuhanhcap1", "{code}").replace("khongco", "{code}")
        assert _answer_faults(file, described, "get", services.get(path, **query).json()) == []
    wrong = services.get("/apiGTVT/danhsachhoso", **(asked | {"APIKey": ""})).json()
    assert _answer_faults("ngsp_transport.yaml", "/apiGTVT/danhsachhoso", "get", wrong) == []
    new = {"Ma": "54", "Ten": "Ví Dụ"}
    imports: list[list[dict[str, str]]] = [[new], [new], [{}]]
    for rows in imports:
        told = services.post("/dmdc/1.0/Category/madantoc", rows).json()
        place = "/dmdc/1.0/Category/{code}"
        assert _answer_faults("ngsp_catalogues.yaml", place, "post", told) == []


def test_licence_files_are_what_is_described() -> None:
    services = Services()
    base = "/apiDVC-GPLX/tcdbdvcdata/mapi"
    account = licences.DEFAULT_ACCOUNT
    login = {"username": account.username, "password": account.password}
    begun = services.post(f"{base}/login", login).json()
    assert _faults("ngsp_transport.yaml#Session", begun) == []
    asked: dict[str, dict[str, str]] = {
        "DanhSachHoSo": {
            "donViXuLy": licences.UNIT, "ngayNhan1": "2026-11-02", "ngayNhan2": "2026-11-03",
        },
        "TraCuuHoSo": {"mahoso": "GIADINH-0001"},
        "LayTaiLieuHoSo": {"duongdanteptin": "/GIADINH-0001/1"},
        "Khac": {},
    }  # fmt: skip
    for service, parameters in asked.items():
        body = {"session": begun["session"], "service": service} | parameters
        told = services.post(f"{base}/g", body).json()
        assert _faults("ngsp_transport.yaml#Served", told) == [], service


def test_the_kinds_here_are_those_that_go_out() -> None:
    described = {
        name for file in (_POSTAL, _JUDICIAL, _TRACKING) for name in description(file)["paths"]
    }
    assert {path for _, path, _ in _WRITTEN.values()} <= described
    assert {Kind.POSTAL_ORDER, Kind.JUDICIAL_RECORD, Kind.JUDICIAL_RETURN} <= set(Kind)
