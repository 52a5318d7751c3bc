"""Hộ tịch of the Ministry of Justice: apiHoTichTuPhap, and the linked registration after it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from lxml import etree

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.asking import Asked, Operation, UnreadableError
from mock_ngsp.ngsp.magic import Magic, magic_of
from mock_ngsp.ngsp.registrations import DONE, REFUSED, Registration, form_of
from mock_ngsp.wire import Answer, json_answer

FIRST, SECOND = "civil-status", "linked-registration"
_CONTEXTS: Final = {FIRST: "apiHoTichTuPhap", SECOND: "apiLienThongHoTich"}
_MODULES: Final = {FIRST: {"KS", "KT", "KH"}, SECOND: {"LTKS", "LTKT", "LTKH"}}
_NAMES: Final = {"KS": ("nksHoTen",), "KT": ("nktHoTen",), "KH": ("chongHoTen", "voHoTen")}
_DAYS: Final = {"KS": "nksNgaySinh", "KT": "nktNgayChet"}
_MOST: Final = 50
_CATALOGUES: Final[dict[int, list[dict[str, str]]]] = {
    1: [{"ma": "VN", "ten": "Việt Nam"}],
    2: [{"ma": "VN", "ten": "Cộng hoà xã hội chủ nghĩa Việt Nam"}],
    3: [{"ma": "01", "ten": "Kinh"}, {"ma": "02", "ten": "Tày"}],
    4: [{"ma": "10", "ten": "Tỉnh Lào Cai"}],
    5: [{"ma": "CCCD", "ten": "Thẻ căn cước công dân"}],
}


def _spelled(end: str) -> str:
    return f"H38.12-000101-{end}"


MAGIC: Final[tuple[Magic, ...]] = (
    *magic_of(FIRST, "maHoSo", "H38.12-260101-0001", _spelled),
    *magic_of(SECOND, "maHoSoMCDT", "H38.12-260101-0002", _spelled),
)
AUTHEN, AGENCY, PROVINCE = "AUTHEN_ERROR", "AGENCY_ID_INCORRECT", "PROVINCE_ID_INCORRECT"
UNCOMPLETE, NOT_FOUND = "RECORD_UNCOMPLETE", "RECORD_NOT_FOUND"
TYPE_INVALID, INCORRECT = "DATA_TYPE_INVALID", "DATA_INCORRECT"
CODES: Final = {
    AUTHEN: "100", AGENCY: "106", PROVINCE: "108", UNCOMPLETE: "200", NOT_FOUND: "201",
    TYPE_INVALID: "302", INCORRECT: "500",
}  # fmt: skip

Act = Callable[[Asked, dict[str, Any]], Any]


class RefusedError(Exception):
    """A refusal by one of the codes, with its text."""

    def __init__(self, name: str, words: str = "") -> None:
        super().__init__(name)
        self.name, self.words = name, words or name


def submit(service: str, asked: Asked, given: dict[str, Any]) -> Any:
    """Take a registration; one that came before is told by the words that clients look for."""
    code = str(given.get("maHoSo" if service == FIRST else "maHoSoMCDT") or "")
    if not code or not given.get("ngayTiepNhan") or "data" not in given:
        raise RefusedError(UNCOMPLETE)
    unit, module = given.get("maDonVi"), given.get("module")
    if not isinstance(unit, int) or unit <= 0:
        raise RefusedError(AGENCY)
    if module not in _MODULES[service]:
        raise RefusedError(INCORRECT, "module")
    try:
        form = _xml(given["data"]) if service == FIRST else form_of(given["data"])
    except ValueError as wrong:
        raise RefusedError(TYPE_INVALID, "data") from wrong
    _check(str(module)[-2:], form)
    row = {"code": code, "module": str(module), "unit": unit, "form": form}
    if not asked.universe.ngsp.registrations.add(row, _now(asked)):
        raise RefusedError(INCORRECT, f"Hồ sơ {code} đã được tiếp nhận")
    return None


def state(asked: Asked, given: dict[str, Any]) -> Any:
    """`traTrangThaiHoSo`."""
    found = _known(asked, given)
    now = _now(asked)
    return {"maHoSo": found.code, "trangThai": found.state(now), "ghiChu": found.note(now)}


def result(asked: Asked, given: dict[str, Any]) -> Any:
    """`ketQuaDangKyHS`: what was registered, once it is done."""
    found = _known(asked, given)
    if found.state(_now(asked)) != DONE:
        raise RefusedError(UNCOMPLETE)
    return {"maHoSo": found.code, "module": found.module, **found.result()}


def catalogue(_asked: Asked, given: dict[str, Any]) -> Any:
    """`danhMuc`."""
    kind = given.get("loaiDanhMuc")
    rows = _CATALOGUES.get(kind) if isinstance(kind, int) else None
    if rows is None:
        raise RefusedError(INCORRECT, "loaiDanhMuc")
    return rows


def listed(asked: Asked, given: dict[str, Any]) -> Any:
    """`dsHoSoDangKy`: codes of a module that were taken on a day."""
    day = str(given.get("ngayCapNhat") or "")
    return [
        {"maHoSo": one.code, "trangThai": one.state(_now(asked))}
        for one in asked.universe.ngsp.registrations.all()
        if one.module == given.get("module")
        and f"{one.taken_at.astimezone(VIETNAM):%d/%m/%Y}" == day
    ]


def fetch(asked: Asked, given: dict[str, Any]) -> Any:
    """The results of linked registrations, by their codes; unknown ones are left out."""
    codes = given.get("maDinhDanhHoSo")
    if not isinstance(codes, list) or not 0 < len(codes) <= _MOST:
        raise RefusedError(UNCOMPLETE)
    if not given.get("maTinh"):
        raise RefusedError(PROVINCE)
    found = [asked.universe.ngsp.registrations.find(str(code)) for code in codes]
    wanted = [one for one in found if one is not None and one.module == given.get("module")]
    return [_line(one, str(given["maTinh"]), _now(asked)) for one in wanted]


def refused(asked: Asked) -> Answer:
    """What the service says when it does not want to."""
    del asked
    return _refusal(RefusedError(AUTHEN, "Don vi chua duoc cap quyen"))


def _line(one: Registration, province: str, now: datetime) -> dict[str, Any]:
    at = one.state(now)
    # The second generation knows no "eligible": what is not at an end is waiting.
    shown = at if at in {DONE, REFUSED, 2} else 1
    return {
        "maDonVi": one.unit,
        "maTinh": province,
        "module": one.module.removeprefix("LT"),
        "maHoSoLT": f"LT-{one.number:06d}",
        "maHoSoMCDT": one.code,
        "errors": None,
        "trangThai": shown,
        "thoiGianThucHien": f"{now.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}",
        "ghiChu": one.note(now),
        "ketQuaXuLy": one.result() if at == DONE else None,
        "nguoiXuLy": "Lê Văn Ví Dụ",
        "chucDanh": "Công chức tư pháp - hộ tịch",
        "phongBanXuLy": "UBND xã Giả Định",
        "noiDungXuLy": one.note(now) or "Đang xử lý",
        "hanBoSungHoSo": None,
    }


def _known(asked: Asked, given: dict[str, Any]) -> Registration:
    if not isinstance(given.get("maDonVi"), int):
        raise RefusedError(AGENCY)
    found = asked.universe.ngsp.registrations.find(str(given.get("maHoSo") or ""))
    if found is None or found.unit != given["maDonVi"]:
        raise RefusedError(NOT_FOUND)
    return found


def _answer(act: Act, asked: Asked) -> Answer:
    try:
        value = act(asked, asked.json())
    except UnreadableError:
        return _refusal(RefusedError(TYPE_INVALID))
    except RefusedError as wrong:
        return _refusal(wrong)
    told = {"status": 1, "statusDescription": "Thành công", "errorCode": None}
    return json_answer(told | {"errorDescription": None, "value": value})


def _refusal(wrong: RefusedError) -> Answer:
    told = {"status": 0, "statusDescription": "Thất bại", "errorCode": CODES[wrong.name]}
    return json_answer(told | {"errorDescription": wrong.words, "value": None})


def _xml(text: object) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(str(text).encode(), parser)
    except etree.XMLSyntaxError as wrong:
        raise ValueError("data") from wrong
    return {etree.QName(one).localname: (one.text or "") for one in root.iterchildren("*")}


def _check(kind: str, form: dict[str, str]) -> None:
    """Look at what a form must have; the words of a refusal name the field."""
    for name in _NAMES[kind]:
        if not form.get(name):
            raise RefusedError(INCORRECT, name)
    day = _DAYS.get(kind)
    try:
        if day is not None:
            datetime.strptime(form.get(day, ""), "%d/%m/%Y").replace(tzinfo=VIETNAM)
    except ValueError as wrong:
        raise RefusedError(INCORRECT, day or "") from wrong


def _now(asked: Asked) -> datetime:
    return asked.universe.clock.now()


def _first_code(asked: Asked) -> str:
    """The code in a request, or the first of several."""
    several = [asked.text(name) for name in ("maHoSo", "maHoSoMCDT")]
    try:
        listed_codes = asked.json().get("maDinhDanhHoSo")
    except UnreadableError:
        listed_codes = None
    if isinstance(listed_codes, list) and listed_codes:
        several.append(str(listed_codes[0]))
    return next((one for one in several if one), "")


def _operation(service: str, resource: str, act: Act) -> Operation:
    answer = partial(_answer, act)
    context = _CONTEXTS[service]
    return Operation(service, context, resource, "POST", answer, _first_code, refused)


OPERATIONS: Final = (
    _operation(FIRST, "dangKyHoTich", partial(submit, FIRST)),
    _operation(FIRST, "traTrangThaiHoSo", state),
    _operation(FIRST, "ketQuaDangKyHS", result),
    _operation(FIRST, "danhMuc", catalogue),
    _operation(FIRST, "dsHoSoDangKy", listed),
    _operation(SECOND, "guiHoSo", partial(submit, SECOND)),
    _operation(SECOND, "traKetQua", fetch),
)
