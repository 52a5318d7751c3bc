"""A provincial system at the portal's wire, as such systems are written: bytes over a socket.

It shares no code with the gateway or the mock, not even a JSON model: requests are templates,
answers are bytes. `sent` keeps every request without what must differ between two servers: the
address, the session and the bearer.
"""

import json
import socket
from dataclasses import dataclass, field
from urllib.parse import quote

_PLACE = b"@SESSION@"


@dataclass(frozen=True)
class Answer:
    """Status, headers as they came, body as it came."""

    status: int
    headers: bytes
    body: bytes

    def value(self, name: str) -> object:
        """Return one value of the answer's object."""
        return json.loads(self.body)[name]

    @property
    def error_code(self) -> int:
        return int(str(self.value("error_code")))

    @property
    def message(self) -> str:
        return str(self.value("message"))


@dataclass
class Provincial:
    """One system: where it calls, how it calls itself, and what it has sent so far."""

    host: str
    port: int
    agency: str = "H38"
    bearer: str = ""
    session: bytes = b""
    sent: list[bytes] = field(default_factory=list)

    def login(self, username: str, password: str) -> Answer:
        body = f'{{"username":"{username}","password":"{password}"}}'.encode()
        answer = self._exchange("POST", "/mapi/login", body)
        if answer.error_code == 0:
            self.session = str(answer.value("session")).encode()
        return answer

    def call(self, service: str, parameters: str = "") -> Answer:
        """Call a service; `parameters` is JSON text that follows the envelope's keys."""
        more = f",{parameters}" if parameters else ""
        body = (
            f'{{"session":"{_PLACE.decode()}","madonvi":"{self.agency}",'
            f'"service":"{service}"{more}}}'
        )
        return self._exchange("POST", "/mapi/g", body.encode())

    def find(self, code: str) -> Answer:
        return self.call("TraCuuHoSo", f'"mahoso":"{code}"')

    def push(self, *records: str, updating: str) -> Answer:
        return self.call("DongBoHoSoMC", f'"isUpdating":"{updating}","data":[{",".join(records)}]')

    def progress(self, *rows: str) -> Answer:
        return self.call("CapNhatTienDoHoSoMC", f'"data":[{",".join(rows)}]')

    def push_bare(self, *records: str, unit: str, updating: str) -> Answer:
        """Push as a system behind the provincial REST front does: a bare array."""
        target = f"/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV={unit}&isUpdating={updating}"
        return self._exchange("POST", target, f"[{','.join(records)}]".encode())

    def front(self, service: str, **query: str) -> Answer:
        text = "&".join(f"{name}={quote(value)}" for name, value in query.items())
        path = f"/KetNoiMotCuaQuocGia/{service}" + (f"?{text}" if text else "")
        return self._exchange("GET", path, b"")

    def front_post(self, service: str, body: str, query: str = "") -> Answer:
        return self._exchange("POST", f"/KetNoiMotCuaQuocGia/{service}{query}", body.encode())

    def insert_or_update(self, record: str) -> list[Answer]:
        """Insert; when the portal says it has the dossier already, send the same as an update."""
        answers = [self.push(record, updating="False")]
        if "đã tồn tại" in answers[0].message:
            answers.append(self.push(record, updating="True"))
        return answers

    def check_then_push(self, code: str, record: str) -> list[Answer]:
        """Look first, then insert or update: what the other known system does."""
        found = self.find(code)
        known = found.value("result") != []
        return [found, self.push(record, updating="True" if known else "False")]

    def progress_in_tens(self, rows: list[str]) -> list[Answer]:
        return [self.progress(*rows[start : start + 10]) for start in range(0, len(rows), 10)]

    def _exchange(self, method: str, target: str, body: bytes) -> Answer:
        shown = self._request(method, target, body)
        self.sent.append(shown)
        wire = shown.replace(b"@HOST@", f"{self.host}:{self.port}".encode())
        wire = wire.replace(b"@BEARER@", self.bearer.encode())
        with socket.create_connection((self.host, self.port), 60) as connection:
            connection.sendall(self._with_session(wire))
            return _read(connection)

    def _request(self, method: str, target: str, body: bytes) -> bytes:
        lines = [
            f"{method} {target} HTTP/1.1",
            "Host: @HOST@",
            "Accept: application/json",
            "Content-Type: application/json",
            "Charset: utf-8",
            "dstcode: VN:GOV:000.00.00.G22:vpcpdvcprovider",
        ]
        if self.bearer:
            lines.append("Authorization: Bearer @BEARER@")
        lines += ["Content-Length: @LENGTH@", "Connection: close"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def _with_session(self, wire: bytes) -> bytes:
        head, _, body = wire.partition(b"\r\n\r\n")
        body = body.replace(_PLACE, self.session)
        return head.replace(b"@LENGTH@", b"%d" % len(body)) + b"\r\n\r\n" + body


def _read(connection: socket.socket) -> Answer:
    raw = b""
    while piece := connection.recv(65536):
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    status, _, headers = head.partition(b"\r\n")
    return Answer(int(status.split(b" ")[1]), headers, body)
