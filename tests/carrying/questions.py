"""What consumers of the nation's services send, without what the broker shows for them."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from mock_ngsp.messages.inbox import PASSWORD, USER
from mock_ngsp.ngsp.population import DEFAULT_ACCOUNT
from mock_ngsp.ngsp.postal.orders import DEFAULT_CUSTOMER
from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION
from mock_ngsp.ngsp.vehicles import DEFAULT_KEY as VEHICLE_KEY
from mock_ngsp.settings import Settings as NationSettings

SIGNED = NationSettings().dancu_sv_url
"""What callers of the population database hash."""

JSON, XML = "application/json", "text/xml; charset=utf-8"


@dataclass(frozen=True)
class Question:
    """What a consumer sends to a resource of a service; the service's credential is not in it."""

    resource: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"


Ask = Callable[[str], Question]


def get(resource: str, **query: str) -> Question:
    return Question(f"{resource}?{urlencode(query)}" if query else resource)


def post(resource: str, content: Any, **headers: str) -> Question:
    body = json.dumps(content, ensure_ascii=False).encode()
    return Question(resource, body, {"Content-Type": JSON} | headers)


def soap(content: str) -> bytes:
    envelope = "http://schemas.xmlsoap.org/soap/envelope/"
    return (
        f'<s:Envelope xmlns:s="{envelope}" xmlns:d="http://dancuquocgia.bca"><s:Body>{content}'
        "</s:Body></s:Envelope>"
    ).encode()


NAME = "Nguyễn Thị Giả Định"


def a_citizen(number: str) -> bytes:
    """Return the envelope that asks for a citizen."""
    said = {
        "MaYeuCau": "1", "MaDVC": "1.000001", "MaTichHop": "037", "MaCanBo": "CB-0001",
        "SoDinhDanh": number, "HoVaTen": NAME,
    }  # fmt: skip
    inner = "".join(f"<d:{name}>{text}</d:{name}>" for name, text in said.items())
    born = "<d:NgayThangNamSinh><d:Nam>1990</d:Nam></d:NgayThangNamSinh>"
    return soap(f"<d:TraCuuThongTinCongDan>{inner}{born}</d:TraCuuThongTinCongDan>")


def signed(stamp: str) -> dict[str, str]:
    """Return the headers that the population database wants."""
    user, secret = DEFAULT_ACCOUNT.user, DEFAULT_ACCOUNT.secret
    hashed = hashlib.sha256(f"{SIGNED}{user}{stamp}{secret}".encode()).hexdigest()
    pair = base64.b64encode(f"{user}:{hashed}".encode()).decode()
    return {"Authorization": f"Basic {pair}", "Timestamp": stamp}


def a_wrapped_citizen(number: str) -> Question:
    """Ask at a province's face of the population database, where all credentials go inside."""
    headers = signed("1793584800")
    said = {
        "accessToken": f"Bearer {DEFAULT_APPLICATION.static}",
        "lgspAccessToken": "e30=",
        "AuthHash": headers["Authorization"].removeprefix("Basic "),
        "data": a_citizen(number).decode(),
    }
    return post("", said, Timestamp=headers["Timestamp"])


def a_message(number: str) -> Question:
    said = {
        "MaYeuCau": "1", "MaDVC": "1.000001", "MaTichHop": "037", "MaCanBo": "CB-0001",
        "SoDinhDanh": number, "HoVaTen": NAME, "Nam": "1990",
    }  # fmt: skip
    return post("", said)


def a_flat_citizen(number: str) -> Question:
    said = {
        "maYeuCau": "1", "maDVC": "1.000001", "maCanBo": "CB-0001", "soDinhDanh": number,
        "hoVaTen": NAME, "ngayThangNam": "1990",
    }  # fmt: skip
    return post("/traCuuCongDan", said)


def an_insured(resource: str) -> Ask:
    person = {"ngaySinh": "19900101", "gioiTinh": "2", "maTinh": "10"}
    return lambda value: post(resource, person | {"hoTen": value})


def an_order(number: str) -> Question:
    return post(
        "/order/post",
        {
            "CustomerCode": DEFAULT_CUSTOMER, "OrderNumber": number, "SenderProvince": 10,
            "SenderAddress": "Số 1", "SenderName": "Trung tâm", "SenderTel": "0000000001",
            "ReceiverName": NAME, "ReceiverAddress": "Thôn Ví Dụ", "ReceiverTel": "0000000002",
            "ReceiverProvince": 10,
        },
    )  # fmt: skip


def a_document(number: str) -> Question:
    people = {"DocumentSender": {"Name": NAME}, "ResultReceiver": {"Name": NAME}}
    order = {"CustomerCode": DEFAULT_CUSTOMER, "OrderNumber": number, "Procedure": {}}
    return post("/document/post", order | people)


def a_price(province: str) -> Question:
    way = {"sender": {"provCode": "10"}, "receiver": {"provCode": province}}
    return post("/order/price", {"weight": 100, "mainSrv": "HCC"} | way)


def a_declaration(number: str) -> Question:
    declared = {
        "fullName": NAME, "genderId": "0", "birthDateStr": "02/05/1990", "nationalityId": "1",
        "idTypeId": "3", "identifyNo": "000000000001", "phone": "0000000001",
        "declareDate": "02/11/2026", "declareTypeId": "3846", "requestQty": "1",
        "objectRequestId": "72", "formType": "1",
    }  # fmt: skip
    head = {"idMinistryJustice": "38", "idReceivedDec": number, "dateReceivedDec": "02/11/2026"}
    return post("/nhanHoSoDangKy", head | {"declarationWSForm": declared})


def a_central_declaration(number: str) -> Question:
    form = {
        "loaiPhieu": "1", "soLuongCap": "1", "nycHoTen": NAME, "nycGioiTinh": "0",
        "nycNgaySinh": "02/05/1990", "nycLoaiGiayTo": "3", "nycSoGiayTo": "000000000001",
        "nycQuocTich": "1",
    }  # fmt: skip
    head = {"maTinh": "10", "maHoSoMCDT": number, "ngayTiepNhan": "02/11/2026"}
    return post("/guiHoSo", head | {"toKhai": form})


def a_tracking(number: str) -> Question:
    owner = {"ID_local": "000000000001", "ID_QG": "", "TYPE": "2", "LOCATION": "10"}
    return post(
        "",
        {
            "CodeProfile": "", "SiteId": 38, "CodeTTHC": "1.000001", "NameTTHC": "Thủ tục",
            "MaHoSo": number, "Status": "1", "FormsReception": "1", "FormsPayments": "0",
            "Level": "4", "IsFromDVCQG": "0", "IsDVCBC": "0", "Data": "",
            "User": json.dumps(owner),
        },
    )  # fmt: skip


def vehicles(unit: str) -> Question:
    day = {"ReceiveFromDate": "02/11/2026", "ReceiveToDate": "02/11/2026"}
    query = {"Start": "-1", "End": "-1", "GovAgencyCode": unit, "APIKey": VEHICLE_KEY} | day
    headers = {"MaDonVi": unit, "ApiKey": VEHICLE_KEY}
    return Question(f"/danhsachhoso?{urlencode(query)}", None, headers)


def a_brand_message(number: str) -> Question:
    blank = ("CONTRACTTYPEID", "CONTRACTID", "TEMPLATEID", "SCHEDULETIME", "AGENTID", "USERNAME")
    said = {
        "name": "send_sms_list", "REQID": "1", "LABELID": "LGSP", "MOBILELIST": number,
        "PARAMS": [{"NUM": "1", "CONTENT": "Ho so da xong"}], "ISTELCOSUB": "0",
        "APIUSER": USER, "APIPASS": PASSWORD, "DATACODING": "0",
    }  # fmt: skip
    return post("/brandname", {"RQST": dict.fromkeys(blank, "") | said})


def a_bulk_message(number: str) -> Question:
    said = {
        "User": USER, "Password": PASSWORD, "CPCode": "LGSP", "RequestID": "1", "UserID": number,
        "ReceiverID": number, "ServiceID": "LGSP", "CommandCode": "bulksms",
        "Content": "Ho so da xong", "ContentType": "0",
    }  # fmt: skip
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    call = f'<b:wsCpMt xmlns:b="http://impl.bulkSms.ws/">{inner}</b:wsCpMt>'
    return Question("/bulk", soap(call), {"Content-Type": XML})


def a_province_message(number: str) -> Question:
    blank = ("idMauTin", "gioGui", "maPhanMem", "nhaMang", "MaHoSo", "DonVi")
    said = {"soDienThoai": number, "noiDungthamSo": "Ho so da xong"}
    return post("", dict.fromkeys(blank, "") | said)


def a_zns(number: str) -> Question:
    blank = (
        "banner", "ten_nguoi_dan", "ma_ho_so", "trang_thai", "ten_dich_vu", "loi_nhan",
        "cta_link", "cta_icon", "cta_text",
    )  # fmt: skip
    head = {"phone": number, "template_id": "1", "tracking_id": "1"}
    return post("/template", head | {"template_data": dict.fromkeys(blank, "")})


def an_account_message(user: str) -> Question:
    return post("/cs", {"recipient": {"user_id": user}, "message": {"text": "Đã tiếp nhận."}})


def another(ask: Ask) -> Ask:
    """Ask with a number that no other row asks about, where it would force nothing."""
    return lambda value: ask(value.replace("0001", "0009"))


def a_handover(resource: str) -> Ask:
    """Hand a dossier over to the land system; each face has numbers of its own."""

    def ask(number: str) -> Question:
        dossier = {
            "LaQuyTrinhCapTinh": False, "TinhId": 10, "SoBienNhan": number,
            "MaHoSoMotCua": number, "NgayTiepNhan": "02/11/2026 08:40:00",
            "ThongTinNguoiNopDon": {"HoTen": NAME}, "ThongTinQuyTrinh": {"MaQuyTrinh": "Q1"},
        }  # fmt: skip
        return post(resource, dossier)

    return ask


def papers_brought(resource: str) -> Ask:
    said = {"NgayBoSung": "03/11/2026 08:00:00"}
    return lambda number: post(resource, said | {"SoBienNhan": number})


def second(ask: Ask) -> Ask:
    """Ask about another dossier than the first row of a service, where nothing is forced."""
    return lambda value: ask(f"{value[:-4]}0011" if value.endswith("-0001") else value)
