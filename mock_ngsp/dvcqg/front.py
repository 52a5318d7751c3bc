"""The REST front that provinces put before the portal, played as the sheet describes it.

It is a province's own, not the nation's; it is here so that a system which calls such a front can
be tried against the mock alone. Any bearer is let in.
"""

import base64
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from pydantic import ValidationError
from pydantic_core import from_json

from mock_ngsp.dvcqg.catalogues import NAMES
from mock_ngsp.dvcqg.operations import SERVICES
from mock_ngsp.dvcqg.refusals import GENERIC, PortalRefusalError, invalid
from mock_ngsp.wire import Answer, Axis, Body, Call, Request, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

FOLDER = "/KetNoiMotCuaQuocGia/"
OF_UNIT = "/api/SynsTTHCC/DongBoHoSoMC"
INSERT_OR_UPDATE, PROGRESS, REPORT = "DongBoHoSoMC", "CapNhatTienDoHoSoMC", "DongBoTrangThaiHoSoKM"
READS = frozenset(
    {*NAMES, "LayDanhSachTTHC", "LayDanhSachTTHCDonVi", "LayThuTuc", "LayQDCB", "TraCuuTechID"}
)
_OLDER = {"KenhThucHien": "1", "DinhDanhCHS": []}
"""What records of before 2023 leave out; the known front takes them all the same."""

Content = dict[str, Any]


class ProvincialFront:
    """Reads a request into a call of the front."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, or None when the path is another wire's."""
        if request.path != OF_UNIT and not request.path.startswith(FOLDER):
            return None
        if not request.headers.get(b"authorization", b"").lower().startswith(b"bearer "):
            refused = json_answer({"error_code": GENERIC, "message": "Chưa xác thực"}, 401)
            return Answer(refused.body, 401, extra=((b"www-authenticate", b"Bearer"),))
        service = request.path.rpartition("/")[2]
        query = {
            name: values[-1]
            for name, values in parse_qs(request.query.decode(), keep_blank_values=True).items()
        }
        return Call(
            Axis.DVCQG,
            service if service in SERVICES else "g",
            caller=query.get("MaDinhDanhDV", ""),
            kind=Body.JSON,
            body=request.body,
            answer=partial(self._answer, request, service, query),
        )

    def _answer(self, request: Request, service: str, query: dict[str, str]) -> Answer:
        act: Callable[[], Content] = partial(self._read, service, query)
        if request.method == "POST":
            act = partial(self._write, request, service, query)
        try:
            if (request.method, service) == ("POST", "getfile"):
                return self._file(request.body)
            return self._told(0, act())
        except ValidationError as wrong:
            refusal = invalid(wrong)
        except PortalRefusalError as known:
            refusal = known
        return self._told(refusal.code, {"message": refusal.message})

    def _told(self, code: int, content: Content) -> Answer:
        is_text = self._universe.settings.error_code_form == "text"
        return json_answer({"error_code": str(code) if is_text else code, **content})

    def _write(self, request: Request, service: str, query: dict[str, str]) -> Content:
        if service == INSERT_OR_UPDATE:
            if request.path == OF_UNIT and "MaDinhDanhDV" not in query:
                raise PortalRefusalError(
                    "Dữ liệu không hợp lệ: MaDinhDanhDV: thiếu trường bắt buộc"
                )
            data = [_OLDER | one if isinstance(one, dict) else one for one in _array(request.body)]
            self._call(service, isUpdating=query.get("isUpdating", "False"), data=data)
            return {"message": "Thành công"}
        if service == PROGRESS:
            self._call(service, data=_array(request.body))
            return {"message": "Cập nhật tiến độ thành công"}
        if service == REPORT:
            told = _parsed(request.body)
            data = told.get("data", told) if isinstance(told, dict) else told
            self._call("DongBoTrangThaiHoSo", type="2", data=data)
            return {"message": "Cập nhật trạng thái thành công"}
        raise PortalRefusalError("Không có dịch vụ này")

    def _file(self, body: bytes) -> Answer:
        """A file as one JSON text in base64, by its address or path."""
        asked = _parsed(body)
        named = asked.get("DuongDan") if isinstance(asked, dict) else None
        data = (
            self._universe.published.find(urlsplit(named).path) if isinstance(named, str) else None
        )
        if data is None:
            return self._told(GENERIC, {"message": "Không có tệp này"})
        return json_answer(base64.b64encode(data).decode())

    def _read(self, service: str, query: dict[str, str]) -> Content:
        if service not in READS:
            raise PortalRefusalError("Không có dịch vụ này")
        provider = {"provider": "wso2is"} if service == "TraCuuTechID" else {}
        result = self._call(service, **query, **provider)
        inner = json_answer({"error_code": "0", "message": "Thành công", "result": result})
        return {"message": inner.body.decode()}

    def _call(self, service: str, **content: Any) -> list[Any] | None:
        """Do what the portal does for a service, under the front's own session."""
        shape, act = SERVICES[service]
        asked = {"session": "front", "madonvi": "front", "service": service, **content}
        shape.model_validate(asked)
        return act(self._universe, asked)


def _array(body: bytes) -> list[Any]:
    found = _parsed(body)
    if not isinstance(found, list):
        raise PortalRefusalError("Dữ liệu không hợp lệ: nội dung phải là một mảng JSON")
    return found


def _parsed(body: bytes) -> Any:
    try:
        return from_json(body)
    except ValueError:
        raise PortalRefusalError("Nội dung không phải một đối tượng JSON") from None
