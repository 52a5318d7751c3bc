"""Files of dossiers as a one-stop system uploads them and whoever has a link fetches them."""

import random
from typing import Any

import httpx

from tests.gateway import Api, Gateway

PDF = b"%PDF-1.7\n%%EOF\n"
BASE = "http://127.0.0.1:8080"
"""The gateway's public address unless a test sets another."""


def a_file(seed: int = 0, size: int = 3 * 1024 * 1024) -> bytes:
    """Return a PDF, as far as its first bytes say, that nothing compresses."""
    return PDF + random.Random(seed).randbytes(size - len(PDF))


def upload(
    api: Api, data: bytes = PDF, name: str = "ban-sao.pdf", *, key: str | None = None
) -> httpx.Response:
    return api.post("/v1/files", key=key, files=[("file", (name, data, "text/plain"))])


def uploaded(api: Api, data: bytes = PDF, name: str = "ban-sao.pdf") -> dict[str, Any]:
    """Upload a file that must be taken, and return its answer."""
    answer = upload(api, data, name)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def a_paper(file_id: str, **changes: Any) -> dict[str, Any]:
    """Return a paper that names an uploaded file."""
    paper = {"component_code": "TP02", "name": "ban-sao.pdf", "digitised": True}
    return paper | {"file_id": file_id} | changes


def link_of(api: Api, file_id: str) -> str:
    """Return the path and query of a link to a file."""
    answer = api.get(f"/v1/files/{file_id}")
    assert answer.status_code == 200, answer.text
    url = str(answer.json()["url"])
    assert url.startswith(BASE)
    return url.removeprefix(BASE)


def fetch(gateway: Gateway, link: str, **headers: str) -> httpx.Response:
    """Fetch by a link, without a token."""
    found: httpx.Response = gateway.http.get(link.removeprefix(BASE), headers=headers)
    return found
