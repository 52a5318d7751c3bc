"""Which look-up meets which outcome by which value: one row for each typed look-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mock_ngsp.messages.inbox import MAGIC as MESSAGES
from mock_ngsp.ngsp.magic import Outcome
from mock_ngsp.ngsp.registry import MAGIC

STATUS: Mapping[Outcome, tuple[int, str]] = {
    Outcome.FOUND: (200, "found"),
    Outcome.NOT_FOUND: (200, "not_found"),
    Outcome.REFUSED: (502, "refused"),
    Outcome.MALFORMED: (502, "malformed"),
    Outcome.SLOW: (504, "slow"),
    Outcome.DOWN: (503, "down"),
}


@dataclass(frozen=True)
class Row:
    """A typed look-up: where it is asked, how its body is made of a value, what it finds.

    `service` is the gateway's name of the service, `magic` the mock's, `place` the field of
    its magic values. `found` looks at what a found answer says.
    """

    service: str
    address: str
    place: str
    body: Callable[[str], dict[str, Any]]
    found: Callable[[dict[str, Any]], bool]
    magic: str = ""
    of_dossier: bool = False
    """Whether the value is the code of a dossier of ours."""
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        first = next((str(one) for one in self.settings.values()), "")
        return f"{self.address.removeprefix('/v1/')}:{first}".rstrip(":")

    def value(self, outcome: Outcome) -> str:
        """Return the value that forces an outcome."""
        return forcing(self.magic or self.service, self.place, outcome)


def forcing(service: str, field: str, outcome: Outcome) -> str:
    """Return the value that forces an outcome where it stands in a field of a service."""
    asked, known = (service, field, outcome), (*MAGIC, *MESSAGES)
    (found,) = (one.value for one in known if (one.service, one.field, one.outcome) == asked)
    return found


_REASON = {"purpose": "Giải quyết hồ sơ", "stated_reason": "Đối chiếu tại quầy"}
_NAMED = {"full_name": "Nguyễn Thị Giả Định", "reason": _REASON}


def _citizen(value: str) -> dict[str, Any]:
    return {"citizen_id": value, "born": "1990-01-01", **_NAMED}


def _is_sample(said: dict[str, Any]) -> bool:
    citizen = said["citizen"]
    return bool(citizen["sex"] == "female" and citizen["full_name"] == "Nguyễn Thị Giả Định")


_INSURED = {"born": "1990-01-01", "sex": "female", "reason": _REASON}


def _face(name: str, address: str) -> dict[str, Any]:
    return {"population_face": name, "population_url": f"http://nation.test{address}"}


_CITIZENS, _ID = "/v1/lookups/citizens", "SoDinhDanh"
_MESSAGE = _face("message", "/apiCSDLDanCu/ChiaSeThongTinCongDan")
_WRAPPED = _face("wrapped", "/dancu-lgsp")
_FLAT = _face("flat", "/apiDanCuTinh/traCuuCongDan")

_DAY: dict[str, Any] = {"from": "2026-11-02", "to": "2026-11-02", "reason": _REASON}

_DATA_SERVICES = {one.value: "dldc/1.0.0" for one in MAGIC if one.service == "data-services"}

ROWS: list[Row] = [
    Row(
        "enterprises",
        "/v1/lookups/enterprises",
        "msdn",
        lambda value: {"code": value},
        lambda said: said["business"]["name"] == "CÔNG TY TNHH GIẢ ĐỊNH",
    ),
    Row(
        "enterprises",
        "/v1/lookups/enterprises",
        "msdn",
        lambda value: {"code": value},
        lambda said: said["business"]["type_code"] == "TNHH1TV",
        settings={"ngsp_enterprises_generation": 2},
    ),
    Row(
        "enterprises",
        "/v1/lookups/household-businesses",
        "mst",
        lambda value: {"code": value},
        lambda said: said["business"]["kind"] == "household_business",
        magic="household-businesses",
    ),
    Row(
        "enterprises",
        "/v1/lookups/cooperatives",
        "mst",
        lambda value: {"code": value},
        lambda said: said["business"]["kind"] == "cooperative",
        magic="cooperatives",
    ),
    Row("population", _CITIZENS, _ID, _citizen, _is_sample),
    Row("population", _CITIZENS, _ID, _citizen, _is_sample, settings=_MESSAGE),
    Row("population", _CITIZENS, _ID, _citizen, _is_sample, settings=_WRAPPED),
    Row("population", _CITIZENS, _ID, _citizen, _is_sample, settings=_FLAT),
    Row(
        "population",
        f"{_CITIZENS}/verification",
        _ID,
        lambda value: {"citizen_id": value, **_NAMED},
        lambda said: said["exists"] is True,
    ),
    Row(
        "catalogues",
        "/v1/lookups/catalogues",
        "code",
        lambda value: {"code": value},
        lambda said: said["catalogue"]["rows"][1] == {"Ma": "1", "Ten": "Nam"},
    ),
    Row(
        "catalogues",
        "/v1/lookups/catalogues",
        "name",
        lambda value: {"code": value},
        lambda said: said["catalogue"]["rows"][0] == {"ma": "1", "ten": "Nam"},
        magic="data-services",
        settings={"catalogue_data_services": _DATA_SERVICES},
    ),
    Row(
        "postal",
        "/v1/lookups/postal-prices",
        "provCode",
        lambda value: {
            "weight_grams": 100,
            "sender": {"province_code": "10"},
            "receiver": {"province_code": value},
        },
        lambda said: said["price_vnd"] == 28_500,
        magic="postal-prices",
    ),
    Row(
        "insurance",
        "/v1/lookups/insurance/persons",
        "maSoBhxh",
        lambda value: {"insurance_number": value, "reason": _REASON},
        lambda said: said["person"]["full_name"] == "Nguyễn Thị Giả Định",
    ),
    Row(
        "insurance",
        "/v1/lookups/insurance/numbers",
        "hoTen",
        lambda value: {**_INSURED, "full_name": value},
        lambda said: said["insurance_number"] == "0000000001",
        magic="insurance-by-name",
    ),
    Row(
        "insurance",
        "/v1/lookups/insurance/households",
        "hoTen",
        lambda value: {**_INSURED, "full_name": value, "province_code": "10"},
        lambda said: len(said["members"]) == 3,
        magic="insurance-by-name",
    ),
    *(
        Row(
            "civil-status",
            "/v1/lookups/civil-status/results",
            place,
            lambda value: {"dossier_code": value, "unit": 9001, "kind": "birth"},
            lambda said: said["registration"]["state"] == "done",
            magic=magic,
            of_dossier=True,
            settings={"ngsp_civil_status_generation": generation},
        )
        for generation, magic, place in (
            (1, "civil-status", "maHoSo"),
            (2, "linked-registration", "maHoSoMCDT"),
        )
    ),
    Row(
        "licences",
        "/v1/lookups/licence-files",
        "mahoso",
        lambda value: {"code": value, "reason": _REASON},
        lambda said: said["file"]["status_name"] == "Đang xử lý",
    ),
    Row(
        "licences",
        "/v1/lookups/licence-files/period",
        "donViXuLy",
        lambda value: _DAY | {"unit_code": value},
        lambda said: said["items"][0]["held"][0]["licence_class"] == "B",
    ),
    Row(
        "vehicles",
        "/v1/lookups/vehicle-files/period",
        "GovAgencyCode",
        lambda value: _DAY | {"unit_code": value},
        lambda said: said["items"][0]["received_on"] == "2026-11-02",
    ),
]
