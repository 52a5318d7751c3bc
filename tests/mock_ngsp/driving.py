"""How these tests speak to the mock: a system of the axis, and a province at the portal."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

from mock_ngsp.front import Nation
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_SYSTEMS, DEFAULT_USER
from mock_ngsp.universe import Universe

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
DOCUMENT = (MESSAGES / "edoc_new.edxml").read_bytes()
STATUS = (MESSAGES / "status_03.edxml").read_bytes()
DOCUMENT_ID = "000.00.12.H38,2026/03/02,42/SKTDL-VP"
SECRETS = {system.id: system.secret for system in DEFAULT_SYSTEMS}
H38, H53, G22 = SECRETS

Json = dict[str, Any]


def unpadded(file: bytes) -> str:
    """SHA-256 as the vendor's kit prints it."""
    return "".join(f"{byte:x}" for byte in hashlib.sha256(file).digest())


def signed_headers(parameters: dict[str, str], secret: str) -> dict[str, str]:
    """The headers of one call, as the vendor's kit makes them."""
    prefixed = {f"XroadVnpt-{name}": value for name, value in parameters.items()}
    signed = json.dumps(prefixed, separators=(",", ":"), ensure_ascii=False)
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256)
    return prefixed | {
        "XroadVnpt-sign-header-key": ";".join(parameters),
        "XroadVnpt-sign-header": signed,
        "XroadVnpt-hash-header": signature.hexdigest(),
    }


@dataclass
class AxisCaller:
    """One connected system."""

    client: httpx.Client
    system: str
    secret: str = ""
    base: str = "/XrdAdapter/adapter/"
    left_over: dict[str, str] = field(default_factory=dict)

    def request(self, operation: str, body: bytes = b"", /, **given: str) -> httpx.Response:
        """Call an operation; a keyword's underscore stands for a dash, `from_` for `from`."""
        names = {name.rstrip("_").replace("_", "-"): text for name, text in given.items()}
        parameters = {
            "systemid": self.system,
            "timestamp": "21112026T225657+0039",
            "Content-Type": "application/json",
            **self.left_over,
            **names,
        }
        headers = signed_headers(parameters, self.secret or SECRETS[self.system])
        method = "GET" if operation == "downloadEdoc" else "POST"
        return self.client.request(method, self.base + operation, content=body, headers=headers)

    def call(self, operation: str, body: bytes = b"", /, **given: str) -> Json:
        """Call an operation that answers JSON."""
        answer: Json = self.request(operation, body, **given).json()
        return answer

    def send(self, file: bytes = DOCUMENT, /, **changes: str) -> Json:
        """Send a packet as the vendor's kit does."""
        kind = "status" if b"StatusCode" in file else "edoc"
        given = {
            "from_": self.system,
            "servicetype": "eDoc",
            "messagetype": kind,
            "hash_file": unpadded(file),
        }
        return self.call("sendEdoc", file + b"\r\n", **given | changes)

    def inbox(self, kind: str = "edoc", **given: str) -> list[Json]:
        """What waits."""
        answer = self.call("getReceivedEdocList", servicetype="eDoc", messagetype=kind, **given)
        assert answer["status"] == "OK", answer
        items: list[Json] = answer["data"]
        return items

    def fetch(self, doc_id: str) -> bytes:
        """One package."""
        return base64.b64decode(self.call("getEdoc", b"{}", docId=doc_id)["data"])


@dataclass
class Province:
    """A province at the portal."""

    client: httpx.Client
    session: str = ""

    def login(self, password: str = DEFAULT_PASSWORD, user: str = DEFAULT_USER) -> Json:
        """Log in; a session given is used from then on."""
        body = {"username": user, "password": password}
        answer: Json = self.client.post("/mapi/login", json=body).json()
        self.session = answer.get("session", self.session)
        return answer

    def call(self, service: str, **content: object) -> Json:
        """Call a service."""
        body = {"session": self.session, "madonvi": "H38", "service": service, **content}
        answer: Json = self.client.post("/mapi/g", json=body).json()
        return answer

    def push(self, *records: Json, updating: str = "False") -> Json:
        """DongBoHoSoMC."""
        return self.call("DongBoHoSoMC", isUpdating=updating, data=list(records))

    def step(self, *rows: Json) -> Json:
        """CapNhatTienDoHoSoMC."""
        return self.call("CapNhatTienDoHoSoMC", data=list(rows))

    def held(self, code: str) -> Json:
        """What the nation holds of a dossier."""
        answer: Json = self.client.get(f"/_axis/v1/dossiers/{code}").json()
        return answer


def nation(universe: Universe) -> TestClient:
    """A client of the mock in this process."""
    return TestClient(Nation(universe))


def a_record(**changes: object) -> Json:
    """A dossier as DongBoHoSoMC takes it."""
    record: Json = {
        "MaHoSo": "H38.12-261102-0007",
        "MaTTHC": "1.003560.H38",
        "TenTTHC": "Thủ tục giả định",
        "MaLinhVuc": "G03-GD10",
        "TenLinhVuc": "Lĩnh vực mẫu",
        "KenhThucHien": "2",
        "ChuHoSo": "Nguyễn Thị Giả Định",
        "LoaiDoiTuong": "1",
        "TrichYeuHoSo": "Hồ sơ mẫu",
        "NgayTiepNhan": "20261102084000",
        "NgayHenTra": "",
        "TrangThaiHoSo": "2",
        "HinhThuc": "1",
        "DonViXuLy": "Sở Kiểm thử Dữ liệu",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000001"}],
    }
    return record | changes


def a_row(status: str = "4", **changes: object) -> Json:
    """A progress row."""
    row: Json = {
        "MaHoSo": "H38.12-261102-0007",
        "NguoiXuLy": "Lê Văn Ví Dụ",
        "ThoiDiemXuLy": f"202611021000{int(status):02d}",
        "NoiDungXuLy": "Xử lý hồ sơ",
        "TrangThai": status,
    }
    return row | changes
