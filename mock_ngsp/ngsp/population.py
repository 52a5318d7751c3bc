"""CSDLQG về dân cư: SOAP under a hashed Basic, and faces that provincial gateways put on it."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

from mock_ngsp.ngsp import soap
from mock_ngsp.ngsp.asking import XML, Asked, Guard, Operation, UnreadableError
from mock_ngsp.ngsp.folding import folded
from mock_ngsp.ngsp.magic import magic_of, padded
from mock_ngsp.ngsp.people import Citizen, Relative
from mock_ngsp.ngsp.seed import Place
from mock_ngsp.wire import Answer, Body, json_answer

SERVICE: Final = "population"
MAGIC: Final = magic_of(SERVICE, "SoDinhDanh", "000000000001", padded(12))

LOOK_UP, VERIFY = "TraCuuThongTinCongDan", "XacThucThongTinCongDan"
_FIRST: Final = ("MaYeuCau", "MaDVC", "MaTichHop", "MaCanBo")
_FLAT: Final = (
    "maYeuCau", "maDVC", "maCanBo", "soDinhDanh", "soCMND", "hoVaTen", "ngayThangNam",
)  # fmt: skip
_LOOK_UP_CODE: Final = "037"
_MILLISECONDS: Final = 10**11


@dataclass(frozen=True, slots=True)
class Account:
    """Who may ask: a name, and the secret that is hashed with each call."""

    user: str
    secret: str


DEFAULT_ACCOUNT: Final = Account("mock-population-user", "mock-population-secret")
"""Invented, for use at once; README.md prints it."""


class _StrangerError(Exception):
    """Who asks is not known."""


def answer_soap(asked: Asked) -> Answer:
    """The native way: SOAP 1.1 with Basic and Timestamp."""
    try:
        _know(asked, asked.header("authorization"))
        return Answer(_told(asked, asked.request.body), 200, XML)
    except _StrangerError:
        return soap.fault("Client", "Authentication failed")
    except UnreadableError as wrong:
        return soap.fault("Client", f"Invalid request: {wrong.words}")


def answer_wrapped(asked: Asked) -> Answer:
    """A provincial gateway's face: tokens, hash and the envelope in one JSON object."""
    try:
        content = asked.json()
        bearer = str(content.get("accessToken", "")).removeprefix("Bearer ")
        is_good = asked.universe.ngsp.applications.is_good(bearer, asked.universe.clock.now())
        if not (is_good and content.get("lgspAccessToken")):
            return json_answer({"error_code": "401", "message": "accessToken"}, 401)
        _know(asked, f"Basic {content.get('AuthHash', '')}")
        return Answer(_told(asked, str(content.get("data", "")).encode()), 200, XML)
    except _StrangerError:
        return soap.fault("Client", "Authentication failed")
    except UnreadableError as wrong:
        return soap.fault("Client", f"Invalid request: {wrong.words}")


def answer_message(asked: Asked) -> Answer:
    """Another's face: flat JSON in, the envelope as a text out; open inside its network."""
    try:
        given = asked.json()
    except UnreadableError:
        return json_answer({"error_code": "-1", "message": "Sai du lieu"})
    wanted = {name: str(given.get(name) or "") for name in (*_FIRST, "HoVaTen")}
    missing = [name for name, said in wanted.items() if not said]
    number, card = str(given.get("SoDinhDanh") or ""), str(given.get("SoCMND") or "")
    if missing or not (number or card):
        named = ", ".join(missing) or "SoDinhDanh"
        return json_answer({"error_code": "-1", "message": f"Thieu {named}"})
    born = str(given.get("NgayThangNam") or given.get("Nam") or "")
    found = _find(asked, number, card, wanted["HoVaTen"], born)
    return json_answer({"error_code": "0", "message": _collection(asked, found).decode()})


def answer_flat(asked: Asked) -> Answer:
    """A third one's face: flat JSON under a bearer, the record as JSON; nobody is null."""
    try:
        given = asked.json()
    except UnreadableError:
        given = {}
    said = {name: str(given.get(name) or "") for name in _FLAT}
    missing = [name for name in ("maYeuCau", "maDVC", "maCanBo", "hoVaTen") if not said[name]]
    if missing or not (said["soDinhDanh"] or said["soCMND"]):
        named = ", ".join(missing) or "soDinhDanh"
        return json_answer({"message": "Error", "errorCode": f"Thieu {named}"}, 400)
    found = _find(asked, said["soDinhDanh"], said["soCMND"], said["hoVaTen"], said["ngayThangNam"])
    collection = None if found is None else {"CongDan": _record(found)}
    return json_answer({"Body": {"CongdanCollection": collection}})


def refused_flat(_asked: Asked) -> Answer:
    """The same as that face says it."""
    return json_answer({"message": "Error", "errorCode": "004"}, 400)


def refused(_asked: Asked) -> Answer:
    """What the service says when it does not want to."""
    return soap.fault("Client", "Khong co quyen khai thac")


def refused_message(_asked: Asked) -> Answer:
    """The same as the JSON face says it."""
    return json_answer({"error_code": "-1", "message": "Khong co quyen khai thac"})


def _number_in(body: bytes) -> str:
    try:
        return soap.text(soap.read(body), "SoDinhDanh")
    except UnreadableError:
        return ""


OPERATIONS: Final = (
    Operation(
        SERVICE, "dancu", "", "POST", answer_soap,
        lambda asked: _number_in(asked.request.body), refused, Body.XML, Guard.OWN,
    ),
    Operation(
        SERVICE, "dancu-lgsp", "", "POST", answer_wrapped,
        lambda asked: _number_in(asked.text("data").encode()), refused, Body.JSON, Guard.OWN,
    ),
    Operation(
        SERVICE, "apiCSDLDanCu", "ChiaSeThongTinCongDan", "POST", answer_message,
        lambda asked: asked.text("SoDinhDanh"), refused_message, Body.JSON, Guard.OPEN,
    ),
    Operation(
        SERVICE, "apiDanCuTinh", "traCuuCongDan", "POST", answer_flat,
        lambda asked: asked.text("soDinhDanh"), refused_flat, Body.JSON, Guard.BEARER,
    ),
)  # fmt: skip


def _know(asked: Asked, basic: str) -> None:
    """Demand the account: Basic user:SHA-256 of sv_url, user, Timestamp and secret, in hex."""
    kind, _, said = basic.partition(" ")
    try:
        user, _, given = base64.b64decode(said, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as wrong:
        raise _StrangerError from wrong
    stamp = asked.header("timestamp")
    text = asked.universe.settings.dancu_sv_url + user + stamp + DEFAULT_ACCOUNT.secret
    wanted = hashlib.sha256(text.encode()).hexdigest()
    is_known = kind.lower() == "basic" and user == DEFAULT_ACCOUNT.user
    if not (is_known and hmac.compare_digest(given.encode(), wanted.encode())):
        raise _StrangerError
    if not _is_timely(asked, stamp):
        raise _StrangerError


def _is_timely(asked: Asked, stamp: str) -> bool:
    """Tell whether a Timestamp, in milliseconds or in seconds, is of now."""
    if not (stamp.isascii() and stamp.isdecimal()):
        return False
    window = asked.universe.settings.dancu_window
    seconds = int(stamp) / 1000 if int(stamp) >= _MILLISECONDS else int(stamp)
    off = abs(asked.universe.clock.now() - datetime.fromtimestamp(seconds, UTC))
    return not window or off <= window


def _told(asked: Asked, body: bytes) -> bytes:
    wanted = soap.read(body)
    name = etree.QName(wanted)
    if name.namespace != soap.ASKING:
        raise UnreadableError("namespace")
    if name.localname == LOOK_UP:
        return _looked_up(asked, wanted)
    if name.localname == f"{VERIFY}Request":
        return _verified(asked, wanted)
    raise UnreadableError(name.localname)


def _looked_up(asked: Asked, wanted: etree._Element) -> bytes:
    given = [one for one in soap.names(wanted) if one in _FIRST]
    if given != list(_FIRST) or not all(soap.text(wanted, one) for one in _FIRST):
        raise UnreadableError(", ".join(_FIRST))
    if soap.text(wanted, "MaTichHop") != _LOOK_UP_CODE:
        raise UnreadableError("MaTichHop")
    number, card, name = _identity(wanted)
    born = [soap.text(wanted, "NgayThangNamSinh", one) for one in ("NgayThangNam", "Nam")]
    return _collection(asked, _find(asked, number, card, name, born[0] or born[1]))


def _verified(asked: Asked, wanted: etree._Element) -> bytes:
    if not all(soap.text(wanted, one) for one in ("MaYeuCau", "MaDichVu", "MaCanBo")):
        raise UnreadableError("MaYeuCau, MaDichVu, MaCanBo")
    number, card, name = _identity(wanted)
    held = [one for one in asked.universe.ngsp.people if _is(one, number, card, name)]
    told = {"TonTai": "true" if held else "false"}
    return soap.envelope("KetQuaXacThucResponse", told)


def _identity(wanted: etree._Element) -> tuple[str, str, str]:
    number, card, name = (soap.text(wanted, one) for one in ("SoDinhDanh", "SoCMND", "HoVaTen"))
    if not name or not (number or card):
        raise UnreadableError("SoDinhDanh, SoCMND, HoVaTen")
    return number, card, name


def _is(one: Citizen, number: str, card: str, name: str) -> bool:
    is_named = (number and one.number == number) or (not number and card and one.card == card)
    return bool(is_named) and folded(one.name) == folded(name)


def _find(asked: Asked, number: str, card: str, name: str, born: str) -> Citizen | None:
    """The citizen; a birthday is compared as far as it is given, with dashes or without."""
    day = born.replace("-", "")
    for one in asked.universe.ngsp.people:
        if _is(one, number, card, name) and day and one.born.startswith(day[: len(one.born)]):
            return one
    return None


def _collection(asked: Asked, found: Citizen | None) -> bytes:
    """No match is a collection without anybody in it."""
    at = asked.universe.clock.now().strftime("%Y%m%d%H%M%S")
    told: dict[str, Any] = {} if found is None else {"CongDan": _record(found)}
    count = "0" if found is None else "1"
    return soap.envelope("CongdanCollection", told, SoCongDan=count, ThoiDiemDuLieu=at)


def _record(one: Citizen) -> dict[str, Any]:
    is_day = len(one.born) > len("yyyy")
    born = {"Nam": one.born[:4], "NgayThangNam": one.born if is_day else None}
    return {
        "SoDinhDanh": one.number,
        "SoCMND": one.card,
        "HoVaTen": {"Ho": "", "ChuDem": "", "Ten": one.name},
        "GioiTinh": one.sex,
        "DanToc": "01",
        "TonGiao": "00",
        "TinhTrangHonNhan": one.married,
        "NhomMau": "00",
        "NgayThangNamSinh": born,
        "NoiDangKyKhaiSinh": _place(one.birthplace),
        "QueQuan": _place(one.birthplace),
        "ThuongTru": _place(one.residence),
        "NoiOHienTai": _place(one.residence),
        "QuocTich": "VN",
        "Cha": _relative(one.father),
        "Me": _relative(one.mother),
        "VoChong": _relative(one.spouse),
        "NguoiDaiDien": None,
        "ChuHo": _head(one.head),
        "SoSoHoKhau": one.household,
    }


def _place(place: Place) -> dict[str, str]:
    return {
        "MaTinhThanh": place.province_code,
        "MaQuanHuyen": place.district_code,
        "MaPhuongXa": place.commune_code,
        "ChiTiet": place.street,
        "QuocGia": "VN",
    }


def _relative(one: Relative | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {"HoVaTen": one.name, "QuocTich": "VN", "SoDinhDanh": one.number, "SoCMND": one.card}


def _head(one: Relative | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {
        "HoVaTen": one.name,
        "QuanHe": one.relation,
        "SoDinhDanh": one.number,
        "SoCMND": one.card,
    }
