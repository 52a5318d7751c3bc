"""Services, grants and requests as tests make them, over `/v1` as people would."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from app.access.domain import Client, Scope
from app.access.store import clients
from app.codes import AgencyCode
from tests.gateway import START, Api, Gateway

SOMEBODY = "client-0193a5c0-7e1e-7000-8000-000000000001"
"""The client that examples of the document name."""

VERSION = "/v1/services/{code}/versions/{version}"


def a_service(**changes: Any) -> dict[str, Any]:
    """Return a body that registers a service; valid unless a change says otherwise."""
    return {
        "code": "land",
        "version": "1.0",
        "context": "apiDatDai",
        "tenant_code": "H38",
        "owner_code": "H38.12",
        "title": "Tra cứu thửa đất",
        "protocol": "rest",
        "upstreams": [{"url": "https://datdai.example.vn/api"}],
        "operations": [
            {"method": "GET", "pattern": "/thuaDat/{id}"},
            {"method": "POST", "pattern": "/thuaDat/timKiem"},
        ],
        "contact": {"unit": "Văn phòng đăng ký đất đai"},
        "personal_data": "basic",
    } | changes


def registered(api: Api, **changes: Any) -> Any:
    """Register a service, and return what was answered."""
    return done(api, "/v1/services", a_service(**changes))


def published(api: Api, **changes: Any) -> Any:
    """Register a service and publish it."""
    made = registered(api, **changes)
    return done(api, f"{address(made)}/publication", {})


def address(service: Any) -> str:
    """Return where a version stands."""
    return VERSION.format(code=service["code"], version=service["version"])


def terms(**changes: Any) -> dict[str, Any]:
    """Return what may be granted or asked for."""
    return {
        "service": "land",
        "version": "1.0",
        "operations": ["GET /thuaDat/{id}"],
        "purpose": "Giải quyết thủ tục đất đai",
        "legal_basis": "Điều 133 Luật Đất đai",
        "expires_at": "2027-12-31T23:59:59+07:00",
    } | changes


def granted(api: Api, client_id: str, **changes: Any) -> Any:
    """Grant a service to a client."""
    return done(api, "/v1/grants", terms(client_id=client_id, **changes))


def done(api: Api, path: str, body: Any) -> Any:
    """Ask for an act that must succeed, and return its answer."""
    answer = api.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def consumer(gateway: Gateway, member: str = "H38.21", client_id: str = SOMEBODY) -> str:
    """Register a client with an id of our own choice, and return the id."""

    def add(connection: Connection) -> None:
        scopes = frozenset(Scope)
        client = Client(client_id, "consumer", AgencyCode(member), scopes, START)
        clients.add(connection, client, secret_hash="0" * 64)

    gateway.transact(add)
    return client_id


def places(gateway: Gateway, api: Api) -> dict[str, dict[str, str]]:
    """Make one record of the broker for each address of the document, and return where it is."""
    consumer(gateway)
    land = published(api)
    done(api, f"{address(land)}/descriptions", _document())
    drafts = _each(api, registered, "draft", "described", "revised", "retiring")
    served = _each(api, published, "served", "ending", "failing", "mended")
    done(api, f"{address(served['mended'])}/blocking", {"reason": "?"})
    grants = [granted(api, SOMEBODY)["id"] for _ in range(3)]
    resumed = granted(api, SOMEBODY)["id"]
    done(api, f"/v1/grants/{resumed}/suspension", {"reason": "?"})
    quota = {"service": "land", "limit": 10, "window_seconds": 3600}
    asked = [done(api, "/v1/access-requests", terms())["id"] for _ in range(4)]
    return {
        "/v1/services/{code}": {"code": "land"},
        "/v1/services/{code}/explanation": {"code": "land"},
        "/v1/services/{code}/health": {"code": "land"},
        VERSION: _key(land),
        f"{VERSION}/description": _key(land),
        f"{VERSION}/descriptions": _key(drafts["described"]),
        f"{VERSION}/revision": _key(drafts["revised"]),
        f"{VERSION}/publication": _key(drafts["draft"]),
        f"{VERSION}/default": _key(served["served"]),
        f"{VERSION}/deprecation": _key(served["ending"]),
        f"{VERSION}/retirement": _key(drafts["retiring"]),
        f"{VERSION}/blocking": _key(served["failing"]),
        f"{VERSION}/unblocking": _key(served["mended"]),
        "/v1/grants/{id}": {"id": grants[0]},
        "/v1/grants/{id}/revocation": {"id": grants[1]},
        "/v1/grants/{id}/suspension": {"id": grants[2]},
        "/v1/grants/{id}/resumption": {"id": resumed},
        "/v1/quotas/{id}/limit": {"id": done(api, "/v1/quotas", quota)["id"]},
        "/v1/access-requests/{id}": {"id": asked[0]},
        "/v1/access-requests/{id}/approval": {"id": asked[1]},
        "/v1/access-requests/{id}/refusal": {"id": asked[2]},
        "/v1/access-requests/{id}/withdrawal": {"id": asked[3]},
    }


def _each(api: Api, make: Callable[..., Any], *names: str) -> dict[str, Any]:
    return {name: make(api, code=name, context=f"api-{name}") for name in names}


def _key(service: Any) -> dict[str, str]:
    return {"code": service["code"], "version": service["version"]}


def _document() -> dict[str, Any]:
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    operation = {"parameters": [parameter], "responses": {"200": {"description": "?"}}}
    search = {"responses": {"200": {"description": "?"}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Tra cứu thửa đất", "version": "1.0"},
        "paths": {"/thuaDat/{id}": {"get": operation}, "/thuaDat/timKiem": {"post": search}},
    }
