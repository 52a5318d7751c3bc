"""The nation's services as consumers call them through the broker: one row for each question."""

from dataclasses import dataclass

from mock_ngsp.ngsp.magic import Outcome
from mock_ngsp.ngsp.postal.orders import DEFAULT_CUSTOMER
from tests.carrying import questions as q
from tests.carrying.questions import NAME, XML, Ask, Question, get, post


@dataclass(frozen=True)
class Row:
    """A question to a service, and what the service says.

    `upstream` is where the service stands in the nation, `shows` the credential that the broker
    shows there (of `tests.carrying.brokered`), `magic` the service and field of the mock's magic
    values, `ask` makes the question of such a value. `found`, `lost` and `refused` are words of
    the three answers, and None for one that the question cannot have. `before` is asked
    first. Nothing can be forced where the question `is_fixed`.
    """

    upstream: str
    magic: tuple[str, str]
    ask: Ask
    found: str
    lost: str | None
    refused: str | None
    shows: str | None = "bearer"
    before: Ask | None = None
    context: str = ""
    is_fixed: bool = False

    @property
    def first(self) -> str:
        """The first segment of its addresses at the gateway."""
        return self.context or self.upstream.split("/")[1]

    @property
    def id(self) -> str:
        asked = self.ask("x")
        place = f"{self.first}{asked.resource.partition('?')[0]}".rstrip("/")
        return f"{asked.method} {place} {self.magic[1]}"

    @property
    def words(self) -> dict[Outcome, str]:
        """What stands in the body of each answer that the question can have."""
        own = {
            Outcome.FOUND: self.found,
            Outcome.NOT_FOUND: self.lost,
            Outcome.REFUSED: self.refused,
        }
        found = {outcome: text for outcome, text in own.items() if text is not None}
        return found if self.is_fixed else found | _FORCED


_FORCED = {
    Outcome.MALFORMED: "",
    Outcome.SLOW: "",
    Outcome.DOWN: "scripted fault",
}
_NO_RIGHT = "Don vi chua duoc cap quyen"
_VN_NO_RIGHT = "Đơn vị chưa được cấp quyền"
_FORBIDDEN = "Resource forbidden"
_CITIZEN = ("population", "SoDinhDanh")
_RECEIVER = ("messages", "receiver")
_BY_NAME = ("insurance-by-name", "hoTen")
_LAND = ("land", "SoBienNhan")

ROWS = [
    Row(
        "/apiCSDLDKDN/1.0", ("enterprises", "msdn"),
        lambda value: get("/chiTietDoanhNghiep", msdn=value),
        "CÔNG TY TNHH GIẢ ĐỊNH", '"MainInformation":null', _NO_RIGHT,
    ),
    Row(
        "/apiDKKD/1.0", ("enterprises", "msdn"),
        lambda value: get("/DoanhNghiep/chiTietDoanhNghiep", msdn=value),
        "CÔNG TY TNHH GIẢ ĐỊNH", '"GetEntCert":null', _FORBIDDEN,
    ),
    Row(
        "/apiDKKD/1.0", ("household-businesses", "mst"),
        lambda value: get("/HoKinhDoanh/chiTietHoKinhDoanh", mst=value),
        '"MaSoHKD":"0000000021"', '"HHCert":null', _FORBIDDEN,
    ),
    Row(
        "/apiDKKD/1.0", ("cooperatives", "mst"),
        lambda value: get("/HopTacXa/chiTietHopTacXa", mst=value),
        '"MaSoHTX":"0000000032"', '"CoopCert":null', _FORBIDDEN,
    ),
    Row(
        "/dancu", _CITIZEN,
        lambda value: Question("", q.a_citizen(value), {"Content-Type": XML}),
        "<ns1:SoDinhDanh>000000000001</ns1:SoDinhDanh>", 'SoCongDan="0"',
        "<faultstring>Khong co quyen khai thac", shows="hashed",
    ),
    Row(
        "/dancu-lgsp", _CITIZEN, q.a_wrapped_citizen,
        "<ns1:SoDinhDanh>000000000001</ns1:SoDinhDanh>", 'SoCongDan="0"',
        "<faultstring>Khong co quyen khai thac", shows=None,
    ),
    Row(
        "/apiCSDLDanCu/ChiaSeThongTinCongDan", _CITIZEN, q.a_message,
        "SoDinhDanh>000000000001", 'SoCongDan=\\"0\\"', "Khong co quyen khai thac", shows=None,
    ),
    Row(
        "/apiDanCuTinh", _CITIZEN, q.a_flat_citizen,
        "000000000001", '"CongdanCollection":null', '"errorCode":"004"',
    ),
    Row(
        "/apiHoTichTuPhap/1.0", ("civil-status", "maHoSo"),
        lambda value: post("/ketQuaDangKyHS", {"maDonVi": 9001, "maHoSo": value}),
        '"statusDescription":"Thành công"', "RECORD_NOT_FOUND", _NO_RIGHT,
    ),
    Row(
        "/apiLienThongHoTich/1.0", ("linked-registration", "maHoSoMCDT"),
        lambda value: post(
            "/traKetQua", {"maDinhDanhHoSo": [value], "maTinh": "10", "module": "LTKS"}
        ),
        '"maHoSoMCDT":"H38.12-260101-0002"', '"value":[]', _NO_RIGHT,
    ),
    Row(
        "/apiBHXH/1.0", ("insurance", "maSoBhxh"),
        lambda value: post("/getTraCuuTtHgdByMaSoBhxh", {"maSoBhxh": value}),
        NAME, '{"trangThai":"0"}', '"errorCode":"403"',
    ),
    Row(
        "/apiBHXH/1.0", _BY_NAME, q.an_insured("/getMaSoBhxhTheoTieuChi"),
        '"maSoBhxh":"0000000001"', '"trangThai":"0"', '"errorCode":"403"',
    ),
    Row(
        "/apiBHXH/1.0", _BY_NAME, q.an_insured("/getTraCuuThongTinHgd"),
        '"maHo":', "[]", '"errorCode":"403"',
    ),
    Row(
        "/apiVNPostNGSP/p1.0", ("postal", "OrderNumber"), q.another(q.an_order),
        '{"Status":"100","Message":"Thành công"}', None, _VN_NO_RIGHT,
    ),
    Row(
        "/apiVNPostNGSP/p1.0", ("postal", "OrderNumber"), q.a_document,
        '{"Status":"100","Message":"Thành công"}', None, _VN_NO_RIGHT,
    ),
    Row(
        "/apiVNPostNGSP/p1.0", ("postal", "OrderNumber"),
        lambda value: get("/order/cancel", CustomerCode=DEFAULT_CUSTOMER, OrderNumber=value),
        '{"Status":"100","Message":"Thành công"}', "Không tìm thấy đơn hàng", _VN_NO_RIGHT,
        before=q.an_order,
    ),
    Row(
        "/apiVNPostNGSP/p1.0", ("postal-prices", "provCode"), q.a_price,
        '{"content":{"price":28500}}', '{"content":null}', _VN_NO_RIGHT,
    ),
    Row(
        "/apiVNPostNGSP/p1.0", ("postal-feed", "lastId"),
        lambda value: get("/order/tracking", lastId=value, pagesize="100"),
        '"OrderNumber":"GIADINH-0007"', '"rh:doc":[]', _VN_NO_RIGHT,
        before=lambda _: q.an_order("GIADINH-0007"),
    ),
    Row(
        "/apiLyLichTuPhap/1.0", ("judicial", "idReceivedDec"), q.another(q.a_declaration),
        "Tiếp nhận hồ sơ thành công", None, _VN_NO_RIGHT,
    ),
    Row(
        "/apiLyLichTuPhap/1.0", ("judicial", "idReceivedDec"),
        lambda value: post("/traTrangThaiHs", {"idReceivedDec": value, "infoType": "2"}),
        "Sở Tư pháp đã tiếp nhận", "Không tìm thấy hồ sơ", _VN_NO_RIGHT, before=q.a_declaration,
    ),
    Row(
        "/apiLLTP/1.0", ("judicial-central", "maHoSoMCDT"), q.another(q.a_central_declaration),
        "gửi thông tin thành công", None, _VN_NO_RIGHT, shows="key",
    ),
    Row(
        "/apiLLTP/1.0", ("judicial-central", "maHoSoMCDT"),
        lambda value: post("/traCuuHoSo", {"maTinh": "10", "maHoSoMCDT": value}),
        '"trangThaiXuLy":"2"', "Không tìm thấy hồ sơ", _VN_NO_RIGHT, shows="key",
        before=q.a_central_declaration,
    ),
    Row(
        "/v2", ("judicial-return", "maHoSoMCDT"),
        lambda value: post(
            "/lyLichTuPhap/traKetQuaHoSoLLTP",
            {"maTinh": "10", "maHoSoMCDT": value, "trangThaiXuLy": "4"},
        ),
        '"statusCode":"00"', None, _VN_NO_RIGHT, context="apiTraKetQuaLLTP",
    ),
    Row(
        "/dmdc/1.0", ("catalogues", "code"), lambda value: get(f"/Category/{value}"),
        '{"Ma":"1","Ten":"Nam"}', "[]", _NO_RIGHT,
    ),
    Row(
        "/dmdc/1.0", ("catalogues", "code"), lambda value: get(f"/Metadata/{value}"),
        '"PropertyName":"Tên"', "[]", _NO_RIGHT,
    ),
    Row(
        "/dmdc/1.0", ("catalogues", "code"),
        lambda value: post(f"/Category/{value}", [{"Ma": "9", "Ten": "Khác"}]),
        '{"MSG":"Done","Count":1}', "category not found", _NO_RIGHT,
    ),
    Row(
        "/svc/ngsp.svc", ("catalogues", "code"), lambda _: get("/AllCategory"),
        '"CategoryCode":"madantoc"', None, None, shows="basic", is_fixed=True,
    ),
    Row(
        "/dldc/1.0.0", ("data-services", "name"), lambda value: get(f"/{value}"),
        "<ten>Nam</ten>", 'dataservice/None"></objects>', _FORBIDDEN,
    ),
    Row(
        "/TrackingMCDT", ("tracking", "MaHoSo"), q.a_tracking, '{"result":"ok"}', None, "forbidden",
        shows=None,
    ),
    Row(
        "/apiDVC-GPLX", ("licences", "mahoso"),
        lambda value: post("/tcdbdvcdata/mapi/g", {"service": "TraCuuHoSo", "mahoso": value}),
        "Đang xử lý", '"data":[]', _NO_RIGHT, shows="session",
    ),
    Row(
        "/apiDVC-GPLX", ("licences", "donViXuLy"),
        lambda value: post(
            "/tcdbdvcdata/mapi/g",
            {"service": "DanhSachHoSo", "donViXuLy": value}
            | {"ngayNhan1": "2026-11-02", "ngayNhan2": "2026-11-02"},
        ),
        "GPLX-20261102-1", '"data":[]', _NO_RIGHT, shows="session",
    ),
    Row(
        "/apiGTVT", ("vehicles", "GovAgencyCode"), q.vehicles,
        "PHX-20261102-1", '{"total":0,"data":[]}', "ApiKey sai",
    ),
    Row(
        "/apiVBDLIS", _LAND, q.a_handover("/tiepnhan"),
        "Tiếp nhận hồ sơ thành công", None, _VN_NO_RIGHT, shows=None,
    ),
    Row(
        "/apiVBDLIS", _LAND, q.papers_brought("/capnhattrangthaibosunghoso"),
        "Cập nhật thành công", "Không tìm thấy hồ sơ", _VN_NO_RIGHT, shows=None,
        before=q.a_handover("/tiepnhan"),
    ),
    Row(
        "/apiILIS", _LAND, q.second(q.a_handover("/TiepNhanHoSo")),
        "Tiếp nhận hồ sơ thành công", None, _VN_NO_RIGHT, shows="ilis",
    ),
    Row(
        "/apiILIS", _LAND, q.second(q.papers_brought("/BoSungHoSo")),
        "Cập nhật thành công", "Không tìm thấy hồ sơ", _VN_NO_RIGHT, shows="ilis",
        before=q.second(q.a_handover("/TiepNhanHoSo")),
    ),
    Row(
        "/api/v1/congdan/SendSms", _RECEIVER,
        lambda value: post(
            "",
            {"content": "Ho so da xong", "sender": "LGSP", "receiver": value}
            | {"applicationTitle": "LGSP"},
        ),
        '{"result":"SUCCESSFUL"}', None, '{"result":"FAILED"}', shows="sms", context="apiSmsTinh",
    ),
    Row(
        "/sms", _RECEIVER, q.a_brand_message, '"ERROR":"0"', None, "Not sent", shows=None,
        context="apiSms",
    ),
    Row(
        "/sms", _RECEIVER, q.a_bulk_message, "Insert MT_QUEUE: OK", None, "Not taken", shows=None,
        context="apiSms",
    ),
    Row(
        "/sms/province", _RECEIVER, q.a_province_message,
        '{"status":"ok"}', None, '{"status":"error"}',
        shows="sms", context="apiSmsNoiBo",
    ),
    Row(
        "/message", _RECEIVER, q.a_zns, '"message":"Success"', "Zalo account not existed", None,
        shows="zalo", context="apiZns",
    ),
    Row(
        "/v3.0/oa/message", ("messages", "user_id"), q.an_account_message, '"message":"Success"',
        "User id is invalid", "User has not followed OA", shows="zalo", context="apiZaloOa",
    ),
]  # fmt: skip
