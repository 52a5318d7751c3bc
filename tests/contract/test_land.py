"""The land system's wire, both ways: what each side writes, judged by its description."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from app.codes import AgencyCode
from app.errands.domain import Facts
from app.errands.schemas.land import HANDOVER
from app.errands.sync.land import handover_of
from app.exchange.ngsp.wire import land as wire
from app.facades.land.use_cases import systems
from app.platform.settings import Settings
from mock_ngsp.ngsp.land.calling import OPERATIONS, STATUSES, TAKE, body_of
from mock_ngsp.ngsp.land.files import DEFAULT_ACCOUNT
from tests.builders import seed_catalogue
from tests.contract import corrupted
from tests.contract.judges import description, faults_of_json
from tests.facades.land_system import CODE, LISTS, Land, handed_over
from tests.gateway import Gateway
from tests.mock_ngsp.asking import Services

_FILE: Final = "ngsp_land.yaml"
_AT: Final = "02/11/2026 09:00:00"
_PAPERS: Final = (
    wire.Paper(name="Sơ đồ", file=wire.PaperFile(name="so-do.pdf", content="JVBERi0=")),
    wire.Paper(name="Đơn"),
)
_FACTS: Final[Facts] = HANDOVER | {
    "is_of_province": False,
    "district_id": 0,
    "number": "H38.12-261102-0078",
    "dossier": "H38.12-261102-0078",
    "procedure": "1.012756",
    "procedure_name": "Đăng ký đất đai",
    "received_at": "2026-11-02T09:00:00+07:00",
    "due_at": None,
    "submitter": {"full_name": "Nguyễn Thị Giả Định", "identity_number": "000000000001"},
    "parcels": [{"number": "12", "map_sheet": "38", "area_m2": "120.50", "address": ""}],
}


@pytest.fixture
def engine() -> str:
    return "sqlite"


def _written() -> dict[str, tuple[str, dict[str, Any]]]:
    """Everything that we write, by the address that it goes to."""
    number = "H38.12-261102-0078"
    handover = handover_of(_FACTS, _PAPERS, Settings(land_province_id=10))
    supplied = wire.Supplied(number=number, happened_at=_AT, papers=_PAPERS)
    returned = wire.Returned(number=number, happened_at=_AT)
    moved = wire.Moved(number=number, status="10", happened_at=_AT)
    wrong = wire.Correction(number=number, happened_at=_AT, content="Sai số thửa")
    voucher = wire.Voucher(number=number, notice="TB-0001/2026", amount="1250000", paid_at=_AT)
    found = {
        "/apiVBDLIS/nhanchungtuthue": ("ChungTuThue", voucher),
        "/apiILIS/NhanChungTuThue": ("ChungTuThue", voucher),
        "/apiVBDLIS/tiepnhan": ("HoSo", handover),
        "/apiVBDLIS/capnhattrangthaibosunghoso": ("BoSung", supplied),
        "/apiVBDLIS/capnhattrangthaitraketquahoso": ("TraKetQua", returned),
        "/apiVBDLIS/phanhoihososaiketqua": ("PhanHoi", wrong),
        "/apiILIS/TiepNhanHoSo": ("HoSo", handover),
        "/apiILIS/BoSungHoSo": ("BoSung", supplied),
        "/apiILIS/CapNhatTrangThaiHoSo": ("TrangThai", moved),
        "/apiILIS/phanhoihososaiketqua": ("PhanHoi", wrong),
    }
    return {
        path: (schema, one.model_dump(mode="json", exclude_none=True))
        for path, (schema, one) in found.items()
    }


_WRITTEN: Final = _written()


def _faults(schema: str, content: object) -> list[str]:
    return faults_of_json(f"{_FILE}#/components/schemas/{schema}", content)


def _schema_of(operation: str) -> str:
    path = f"/vbdlis/{operation}/{{securityCode}}"
    said = description(_FILE)["paths"][path]["post"]["requestBody"]["content"]
    reference: str = said["application/json"]["schema"]["$ref"]
    return reference.rpartition("/")[2]


def _mutants(content: dict[str, Any]) -> Iterator[corrupted.JsonMutant]:
    for one in corrupted.of_json(content, []):
        if one.fault.startswith("misspelt") and isinstance(one.content, dict):
            yield one


def _services() -> Services:
    services = Services()
    account = DEFAULT_ACCOUNT
    form = {
        "grant_type": "password", "client_id": account.client_id,
        "client_secret": account.client_secret, "username": account.username,
        "password": account.password,
    }  # fmt: skip
    told = services.http.post("/apiILIS/token", data=form).json()
    place = "/paths/~1apiILIS~1token/post/responses/200/content/application~1json/schema"
    assert faults_of_json(f"{_FILE}#{place}", told) == []
    services.headers = {"Authorization": f"Bearer {told['access_token']}"}
    return services


@pytest.mark.parametrize("path", _WRITTEN)
def test_what_we_write_is_what_is_described(path: str) -> None:
    schema, content = _WRITTEN[path]
    assert _faults(schema, content) == []
    misspelt = [*_mutants(content)]
    assert misspelt
    assert [one.fault for one in misspelt if not _faults(schema, one.content)] == []


@pytest.mark.parametrize("path", _WRITTEN)
def test_every_answer_of_the_stand_in_is_what_is_described(path: str) -> None:
    services, (_, content) = _services(), _WRITTEN[path]
    first = "/apiILIS/TiepNhanHoSo"
    for _ in range(2):
        told = services.post(path, content).json()
        assert _faults("Answer", told) == []
        services.post(first, _WRITTEN[first][1])
    refused = services.post(path, {"khac": "1"}).json()
    assert (_faults("Answer", refused), refused["data"]) == ([], 0)


@pytest.mark.parametrize("path", _WRITTEN)
def test_the_stand_in_takes_no_misspelt_request(path: str) -> None:
    services, (_, content) = _services(), _WRITTEN[path]
    taken = [
        one.fault for one in _mutants(content) if services.post(path, one.content).json()["data"]
    ]
    assert taken == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_the_stand_in_says_is_what_is_described_and_taken(
    gateway: Gateway, operation: str
) -> None:
    seed_catalogue(gateway)
    api, member = gateway.client("H38"), AgencyCode("H38")
    gateway.transact(systems.register, gateway.clock, name="vbdlis", member=member, code=CODE)
    number = "VP-1" if operation == TAKE else handed_over(api)
    body = body_of(operation, number, gateway.clock.now(), {})
    schema = _schema_of(operation)
    assert _faults(schema, body) == []
    assert [one.fault for one in _mutants(body) if not _faults(schema, one.content)] == []
    land = Land(gateway)
    for code, done in ((CODE, True), ("sai", False)):
        told = Land(gateway, code).post(operation, body).json()
        assert (_faults("Result", told), told["Result"]) == ([], done)
    assert _faults("Result", land.post(operation, {}).json()) == []


def test_the_lists_are_what_is_described(gateway: Gateway) -> None:
    seed_catalogue(gateway)
    member = AgencyCode("H38")
    gateway.transact(systems.register, gateway.clock, name="vbdlis", member=member, code=CODE)
    for name in LISTS:
        told = gateway.http.get(f"/vbdlis/{name}/{CODE}").json()
        assert (_faults("Result", told), told["Result"]) == ([], True)


def test_every_address_that_is_described_is_judged_here() -> None:
    called = {f"/vbdlis/{name}/{{securityCode}}" for name in (*STATUSES, TAKE, *LISTS)}
    assert called | set(_WRITTEN) | {"/apiILIS/token"} == set(description(_FILE)["paths"])
