"""Document systems at the gateway; every answer they get is judged by `openapi/vxp.yaml`."""

import json
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr
from typing_extensions import override

from app.access.use_cases import systems as use_cases
from app.access.use_cases.systems import Connecting
from app.codes import AgencyCode
from app.platform.sealing import Sealer, sealer_of
from tests.contract.judges import description, faults_of_json
from tests.gateway import Gateway
from tests.mock_ngsp.driving import AxisCaller

SECRET = "bi-mat-cua-he-thong"
Json = dict[str, Any]


def faults(operation: str, answer: httpx.Response) -> list[str]:
    """Tell what the description of the axis does not allow in an answer."""
    said = description("vxp.yaml")["paths"][f"/{operation}"]
    method = "get" if operation == "downloadEdoc" else "post"
    responses = said[method]["responses"]
    status = str(answer.status_code) if str(answer.status_code) in responses else "default"
    if operation == "downloadEdoc":
        kind = answer.headers["content-type"]
        return [] if kind == "application/octet-stream" else [kind]
    shared = responses[status].get("$ref", f"#/paths/~1{operation}/{method}/responses/{status}")
    path = f"{shared}/content/application~1json/schema"
    return faults_of_json(f"vxp.yaml{path}", answer.json())


@dataclass
class DocumentSystem(AxisCaller):
    """One system with the vendor's client inside."""

    @override
    def request(self, operation: str, body: bytes = b"", /, **given: str) -> httpx.Response:
        answer = super().request(operation, body, **given)
        assert faults(operation, answer) == [], answer.text
        return answer

    def ok(self, operation: str, body: bytes = b"", /, **given: str) -> Json:
        answer = self.call(operation, body, **given)
        assert (answer["status"], answer["ErrorCode"]) == ("OK", "0"), answer
        return answer

    def refused(self, operation: str, body: bytes = b"", /, **given: str) -> str:
        answer = self.call(operation, body, **given)
        assert answer["status"] == "FAIL", answer
        return str(answer["ErrorCode"])

    def sent(self, file: bytes, /, **changes: str) -> str:
        answer = self.send(file, **changes)
        assert answer["status"] == "OK", answer
        return str(answer["DocId"])

    def acknowledge(self, doc_id: str, status: str = "done", **given: str) -> Json:
        return self.ok("updateStatus", b"{}", docid=doc_id, status=status, **given)

    def sent_list(self, kind: str = "edoc", **given: str) -> list[Json]:
        answer = self.ok("getSentEdocList", servicetype="eDoc", messagetype=kind, **given)
        return list(answer["data"])


class Systems:
    """Connects systems to one gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    @property
    def sealer(self) -> Sealer:
        found = sealer_of(self.gateway.settings)
        assert found is not None
        return found

    def connect(
        self, system_id: str, *, member: str, root: str | None = None, secret: str = SECRET
    ) -> DocumentSystem:
        asked = Connecting(
            system_id, AgencyCode(member), None if root is None else AgencyCode(root)
        )
        self.gateway.transact(
            use_cases.register,
            self.gateway.clock,
            self.sealer,
            asked=asked,
            secret=SecretStr(secret),
        )
        return self.caller(system_id, secret)

    def caller(self, system_id: str, secret: str = SECRET) -> DocumentSystem:
        return DocumentSystem(self.gateway.http, system_id, secret)


def a_status(
    code: str, *, by: str, to: str, document_id: str, at: str = "2026/11/02 09:30:00", why: str = ""
) -> bytes:
    """Return a status packet as the vendor's client writes it."""
    description_of = f"<edXML:Description>{why}</edXML:Description>" if why else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
        "<edXML:edXMLEnvelope><edXML:edXMLHeader><edXML:MessageHeader>"
        f"<edXML:From><edXML:OrganId>{by}</edXML:OrganId></edXML:From>"
        f"<edXML:ResponseFor><edXML:OrganId>{to}</edXML:OrganId>"
        f"<edXML:DocumentId>{document_id}</edXML:DocumentId></edXML:ResponseFor>"
        f"<edXML:StatusCode>{code}</edXML:StatusCode>{description_of}"
        f"<edXML:Timestamp>{at}</edXML:Timestamp>"
        "</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML:edXML>"
    ).encode()


def as_json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
