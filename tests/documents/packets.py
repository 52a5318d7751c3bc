"""What these tests send: the sample packet with changes, and forms of metadata and files."""

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.documents.schemas.incoming import DRAFT_EXAMPLE
from tests.gateway import Api

MESSAGES = Path(__file__).resolve().parents[2] / "openapi" / "messages"
SAMPLE = (MESSAGES / "edoc_new.edxml").read_bytes()
STATUS = (MESSAGES / "status_03.edxml").read_bytes()
DOCUMENT_ID = "000.00.12.H38,2026/03/02,42/SKTDL-VP"
XML = {"Content-Type": "application/xml"}
PDF = b"%PDF-1.4\nmade up\n%%EOF\n"


def a_packet(*recipients: str, number: str = "42", **changes: str) -> bytes:
    """Return the sample for other recipients; a keyword replaces one text by element name."""
    text = SAMPLE.decode()
    if recipients:
        start, end = text.index("<edXML:To>"), text.rindex("</edXML:To>") + len("</edXML:To>")
        to = "".join(
            f"<edXML:To><edXML:OrganId>{code}</edXML:OrganId></edXML:To>" for code in recipients
        )
        text = text[:start] + to + text[end:]
    text = text.replace("<edXML:CodeNumber>42<", f"<edXML:CodeNumber>{number}<")
    text = text.replace(",42/SKTDL-VP", f",{number}/SKTDL-VP")
    for name, said in changes.items():
        start = text.index(f"<edXML:{name}>") + len(f"<edXML:{name}>")
        text = text[:start] + said + text[text.index(f"</edXML:{name}>", start) :]
    return text.encode()


def a_revocation(*recipients: str) -> bytes:
    """Return the packet that revokes the sample."""
    return a_packet(*recipients, BussinessDocType="1", BussinessDocReason="Gửi nhầm")


def a_draft(**changes: Any) -> dict[str, Any]:
    """Return metadata that is valid as it is."""
    return deepcopy(DRAFT_EXAMPLE) | changes


def a_case(kind: str, **business: Any) -> dict[str, Any]:
    """Return the `business` of metadata with a reason."""
    return {"type": kind, "reason": "Lý do mẫu", **business}


def sent_form(api: Api, *files: tuple[str, bytes], **changes: Any) -> dict[str, Any]:
    """Send a form that is accepted."""
    answer = send_form(api, a_draft(**changes), *files)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def seen(api: Api, document: str, recipient: str) -> dict[str, Any]:
    """Return a document at one of its recipients, by that one's canonical code."""
    found = api.get(f"/v1/documents/{document}").json()["recipients"]
    return next(dict(one) for one in found if one["member"] == recipient)


def related(api: Api, document: str) -> list[tuple[str, str | None]]:
    """Return (relation, our id) of the documents that hang together with one."""
    found = api.get(f"/v1/documents/{document}").json()["related"]
    return [(one["relation"], one["id"]) for one in found]


def content_answers(api: Api, document: str) -> list[httpx.Response]:
    """Ask for the packet and for the first file."""
    path = f"/v1/documents/{document}"
    return [api.get(f"{path}/edxml"), api.get(f"{path}/attachments/1")]


def send(api: Api, packet: bytes = SAMPLE, **options: Any) -> httpx.Response:
    return api.post("/v1/documents", content=packet, headers=XML, **options)


def sent(api: Api, packet: bytes = SAMPLE) -> dict[str, Any]:
    """Send a packet that is accepted."""
    answer = send(api, packet)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def send_form(api: Api, draft: Any, *files: tuple[str, bytes], **options: Any) -> httpx.Response:
    parts = [("files", (name, content)) for name, content in files]
    metadata = draft if isinstance(draft, str) else json.dumps(draft)
    return api.post(
        "/v1/documents",
        files=[("metadata", (None, metadata, "application/json")), *parts],
        **options,
    )


def report(api: Api, document: str, code: str, **said: Any) -> httpx.Response:
    return api.post(f"/v1/documents/{document}/statuses", json={"code": code, **said})


def history(api: Api, document: str) -> list[tuple[str, str]]:
    """Return (recipient, code) of each status, the first one first."""
    page = api.get(f"/v1/documents/{document}/statuses").json()
    return [(entry["recipient"], entry["code"]) for entry in page["items"]]


def standing(api: Api, document: str) -> dict[str, str | None]:
    """Return each recipient's present status."""
    found = api.get(f"/v1/documents/{document}").json()
    return {one["code"]: one["status"] for one in found["recipients"]}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refusal says."""

    status: int
    slug: str
    pointers: tuple[str, ...]

    @classmethod
    def of(cls, answer: httpx.Response) -> "Refusal":
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        body = answer.json()
        pointers = tuple(wrong["pointer"] for wrong in body.get("errors", ()))
        return cls(answer.status_code, body["type"].removeprefix("/problems/"), pointers)
