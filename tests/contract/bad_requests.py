"""One request of each kind that must be refused, and what the refusal says."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from tests.builders import ABSENT, a_dossier
from tests.contract.intruders import TOKENS
from tests.documents.packets import SAMPLE, XML, a_packet
from tests.gateway import Api, Gateway

LIMIT = 100_000
"""Bytes a body may have in these tests."""

_JSON = {"Content-Type": "application/json"}
_MESSAGE = "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader"
_ATTACHMENT = "/edXML/AttachmentEncoded/Attachment[1]/ContentTransferEncoded"
_TRICKS = {
    "sql": "' OR 1=1 --",
    "sql-union": "x' UNION SELECT secret FROM clients; DROP TABLE dossiers; --",
    "path": "..%5C..%2E%2E%5Cetc%5Cpasswd",
    "nul": "H38%00",
    "not-utf-8": "%FF%FE",
    "long": "9" * 5000,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a bad request may use: the gateway, a good client, and a dossier that it holds."""

    gateway: Gateway
    api: Api
    credentials: tuple[str, str]
    dossier: str


@dataclass(frozen=True, slots=True)
class Bad:
    """One bad request. `known` says that its sender was recognised, so that evidence names it."""

    name: str
    send: Callable[[Scene], httpx.Response]
    status: int
    slug: str
    pointers: tuple[str, ...] = ()
    known: bool = True


def cases() -> Iterator[Bad]:
    """Return every case of the list."""
    yield from _unreadable()
    yield from _against_the_description()
    yield from _against_rules()
    yield from _packets()
    for name, forged in TOKENS.items():
        yield Bad(name, _with_token(forged), 401, "invalid-token", known=False)
    for name, trick in _TRICKS.items():
        yield from _tricks(name, trick)
    climbing = _asking("/v1/documents/..%2F..%2Fetc%2Fpasswd", None)
    yield Bad("id:climbing", climbing, 404, "not-found", known=False)
    for path in ("/v1/dossiers?agency=", "/v1/documents/inbox?member="):
        place = f"query/{path.partition('?')[2][:-1]}"
        yield Bad(
            f"query:{path}", _asking(path + _TRICKS["sql"], None), 422, "invalid-input", (place,)
        )


def _raw(content: bytes | Iterator[bytes]) -> Callable[[Scene], httpx.Response]:
    return lambda scene: scene.api.post("/v1/dossiers", content=content, headers=_JSON)


def _changed(**changes: Any) -> Callable[[Scene], httpx.Response]:
    return lambda scene: scene.api.post("/v1/dossiers", json=a_dossier(**changes))


def _unreadable() -> Iterator[Bad]:
    for name, content in {
        "not-json": b"<hoso/>",
        "half-json": b'{"summary": ',
        "not-utf-8": b'{"summary": "\xff"}',
        "nothing": b"",
        "deep": b"[" * 50_000,
        "half-a-character": json.dumps(a_dossier(summary="x\ud800")).encode(),
    }.items():
        yield Bad(f"json:{name}", _raw(content), 400, "not-json")
    large = b" " * (LIMIT + 1)
    yield Bad("size:declared", _raw(large), 413, "body-too-large", known=False)
    yield Bad("size:undeclared", _chunked, 413, "body-too-large")
    yield Bad("media-type", lambda scene: scene.api.post("/v1/dossiers", content=b"{}"),
              415, "unsupported-media-type")  # fmt: skip


def _chunked(scene: Scene) -> httpx.Response:
    parts = (b" " * 10_000 for _ in range(LIMIT // 10_000 + 1))
    return scene.api.post("/v1/dossiers", content=parts, headers=_JSON)


def _against_the_description() -> Iterator[Bad]:
    wrong: dict[str, tuple[str, dict[str, Any]]] = {
        "unknown-field": ("/MaHoSo", {"MaHoSo": "H38.12-261102-0007"}),
        "missing-field": ("/applicant", {"applicant": ABSENT}),
        "dossier-code": ("/code", {"code": "H38.12-2611-7"}),
        "procedure-code": ("/procedure_code", {"procedure_code": "1.003560'; DROP TABLE x"}),
        "agency-code": ("/agency_code", {"agency_code": "Sở Ví Dụ"}),
        "nul": ("/summary", {"summary": "a\x00b"}),
        "overflowing-moment": ("/received_at", {"received_at": "9999-12-31T23:59:59-23:59"}),
        "impossible-day": ("/received_at", {"received_at": "2026-02-30T08:00:00+07:00"}),
    }
    for name, (pointer, changes) in wrong.items():
        yield Bad(f"field:{name}", _changed(**changes), 422, "invalid-input", (pointer,))


def _against_rules() -> Iterator[Bad]:
    for slug, pointer, code in (
        ("unknown-procedure", "/procedure_code", "1.999999"),
        ("unknown-member", "/agency_code", "H38.99"),
        ("closed-member", "/agency_code", "H02"),
    ):
        yield Bad(f"rule:{slug}", _changed(**{pointer[1:]: code}), 422, slug, (pointer,))
    yield Bad("rule:transition", _illegal_move, 409, "forbidden-transition", ("/status",))


def _illegal_move(scene: Scene) -> httpx.Response:
    return scene.api.post(f"/v1/dossiers/{scene.dossier}/progress", json={"status": "returned"})


def _packets() -> Iterator[Bad]:
    entity = b'<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    spoilt = SAMPLE.replace(b"UEsDBBQAAAAAAABA", b"*not base64*")
    for name, packet, status, slug, pointer in (
        ("doctype", entity + SAMPLE[SAMPLE.index(b"?>") + 2 :], 400, "edxml-doctype", "/"),
        ("undecodable", spoilt, 422, "edxml-undecodable-attachment", _ATTACHMENT),
        ("closed", a_packet("H02"), 422, "closed-member", f"{_MESSAGE}/To/OrganId"),
    ):
        yield Bad(f"packet:{name}", _packet(packet), status, slug, (pointer,))


def _packet(content: bytes) -> Callable[[Scene], httpx.Response]:
    return lambda scene: scene.api.post("/v1/documents", content=content, headers=XML)


def _with_token(
    forged: Callable[[Gateway, tuple[str, str]], str],
) -> Callable[[Scene], httpx.Response]:
    def send(scene: Scene) -> httpx.Response:
        token = forged(scene.gateway, scene.credentials)
        return Api(scene.gateway.http, token).post("/v1/dossiers", json=a_dossier())

    return send


def _tricks(name: str, trick: str) -> Iterator[Bad]:
    step, status = {"status": "accepted"}, {"code": "03"}
    for path, slug, body in (
        (f"/v1/dossiers/{trick}", "unknown-dossier", None),
        (f"/v1/dossiers/{trick}/progress", "unknown-dossier", step),
        (f"/v1/documents/{trick}", "unknown-document", None),
        (f"/v1/documents/{trick}/statuses", "unknown-document", status),
        (f"/v1/documents/{trick}/edxml", "unknown-document", None),
    ):
        where = path.replace(trick, "x")
        yield Bad(f"id:{name}:{where}", _asking(path, body), 404, slug)


def _asking(path: str, body: dict[str, str] | None) -> Callable[[Scene], httpx.Response]:
    if body is None:
        return lambda scene: scene.api.get(path)
    return lambda scene: scene.api.post(path, json=body)
