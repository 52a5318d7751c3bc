"""The OpenAPI document: what FastAPI knows, plus bodies, scopes and problems from our marks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from app.access.domain import Scope
from app.access.guard import Guard
from app.facades.vxp.describing import SECURITY as VXP
from app.facades.vxp.describing import SECURITY_SCHEME as VXP_SCHEME
from app.facades.vxp.guard import SystemGuard
from app.platform.bodies import Reads, reads_of
from app.platform.problems import problem_answers

_REFS = "#/components/schemas/{model}"
_PARTS = "__"
"""Stands between the parts of a module's path where models of several modules have one name."""

_Bodies = Mapping[type[BaseModel], Mapping[str, Any]]
_SCOPES = {
    Scope.SUBMIT_DOSSIERS: "Nộp hồ sơ / submit dossiers",
    Scope.READ_DOSSIERS: "Xem hồ sơ / read dossiers",
    Scope.PROGRESS_DOSSIERS: "Ghi tiến độ hồ sơ / report progress of dossiers",
    Scope.UPLOAD_FILES: "Tải lên tệp của hồ sơ / upload files of dossiers",
    Scope.SEARCH_RESULTS: "Tìm kết quả đã có của một người / search a person's earlier results",
    Scope.SEND_DOCUMENTS: "Gửi văn bản / send documents",
    Scope.READ_DOCUMENTS: "Xem văn bản / read documents",
    Scope.REPORT_STATUSES: "Báo trạng thái văn bản / report statuses of documents",
    Scope.CHECK_SIGNATURES: "Kiểm tra chữ ký số / check signatures",
    Scope.READ_CATALOGUE: "Xem danh mục / read the catalogue",
    Scope.READ_EVIDENCE: "Xem nhật ký giao dịch / read the evidence log",
    Scope.WATCH_TRAFFIC: "Xem lưu lượng toàn nền tảng / watch the whole gateway's traffic",
    Scope.FORWARD_SERVICES: "Gọi dịch vụ qua cổng / call services through us",
    Scope.DECIDE_SERVICES: "Ghi quyết định về dịch vụ công / record decisions on public services",
    Scope.TAKE_OPINIONS: "Ghi nhận phản ánh, kiến nghị tại quầy / take opinions in at the counter",
    Scope.ANSWER_OPINIONS: "Xem và trả lời phản ánh, kiến nghị / read and answer opinions",
    Scope.READ_NOTICES: "Xem tin đã gửi, ngừng gửi tin / read notices, silence a dossier",
    Scope.PLACE_POSTAL_ORDERS: "Đặt, huỷ đơn bưu chính / place and cancel postal orders",
    Scope.PLACE_JUDICIAL_RECORDS: "Gửi, trả lý lịch tư pháp / apply for, return judicial records",
    Scope.IMPORT_CATALOGUES: "Bổ sung danh mục dùng chung / add rows to shared catalogues",
    Scope.TRACK_FILES: "Gửi thông tin giám sát hồ sơ / tell the monitoring centre of dossiers",
    Scope.PLACE_LAND_FILES: "Chuyển hồ sơ đất đai / tell the land system of dossiers",
    Scope.READ_ERRANDS: "Xem việc gửi dịch vụ quốc gia / read errands with national services",
    Scope.LOOK_UP_ENTERPRISES: "Tra cứu đăng ký doanh nghiệp / look enterprises up",
    Scope.LOOK_UP_POPULATION: "Tra cứu dữ liệu dân cư / look citizens up",
    Scope.LOOK_UP_CATALOGUES: "Lấy danh mục dùng chung quốc gia / read shared catalogues",
    Scope.LOOK_UP_LICENCES: "Tra cứu hồ sơ giấy phép lái xe / look driving-licence files up",
    Scope.LOOK_UP_VEHICLES: "Tra cứu hồ sơ phù hiệu xe / look vehicle-badge files up",
    Scope.LOOK_UP_POSTAL: "Tính cước bưu chính / ask what a postal order costs",
    Scope.MANAGE_WEBHOOKS: "Quản lý webhook / manage webhooks",
    Scope.READ_STATISTICS: "Xem số liệu thống kê / read statistics",
    Scope.READ_REPORTS: "Xem biểu mẫu, báo cáo, tổng hợp / read forms, reports and sums",
    Scope.SUBMIT_REPORTS: "Lập và nộp báo cáo / fill in and submit reports",
    Scope.CHECK_REPORTS: "Chấp nhận, trả lại, gửi báo cáo lên / decide on reports, hand them on",
    Scope.READ_SERVICES: "Xem dịch vụ chia sẻ / read shared services",
    Scope.REGISTER_SERVICES: "Đăng ký dịch vụ chia sẻ / register shared services",
    Scope.GRANT_SERVICES: "Cấp, thu hồi quyền sử dụng dịch vụ / grant and revoke shared services",
    Scope.REQUEST_SERVICES: "Đề nghị khai thác dịch vụ / ask for access to shared services",
    Scope.LIMIT_SERVICES: "Đặt hạn mức gọi dịch vụ / set quotas of shared services",
    Scope.READ_EXCHANGES: "Xem lượt gọi dịch vụ / read the records of calls",
    Scope.LOOK_UP_INSURANCE: "Tra cứu bảo hiểm xã hội / look social insurance up",
    Scope.REGISTER_CIVIL_STATUS: "Gửi, tra cứu đăng ký hộ tịch / register civil status",
    Scope.READ_LOOKUPS: "Xem ai đã tra cứu gì / read who looked what up",
    Scope.CALL_PORTAL: "Tra cứu, hỏi đáp qua Cổng quốc gia / call the national portal about people",
}
_TAGS = {
    "dossiers": "Hồ sơ một cửa / one-stop dossiers",
    "documents": "Văn bản điện tử / electronic documents",
    "public-services": "Trạng thái dịch vụ công, phản ánh / public services, opinions",
    "errands": "Việc gửi dịch vụ quốc gia / errands with national services",
    "lookups": "Tra cứu cơ sở dữ liệu quốc gia / look-ups in national databases",
    "broker": "Dịch vụ chia sẻ và quyền sử dụng / shared services and grants",
    "quotas": "Hạn mức / quotas",
    "exchanges": "Lượt gọi dịch vụ / records of calls",
    "catalogue": "Danh mục dùng chung / shared catalogues",
    "statistics": "Số liệu thống kê / statistics",
    "reports": "Báo cáo định kỳ / periodic reports",
    "notices": "Tin cho người dân / notices to owners and followers",
    "webhooks": "Sự kiện cho hệ thống khác / events for other systems",
    "access": "Mã truy cập / access tokens",
    "operations": "Vận hành, nhật ký / operations, evidence",
    "vxp": "Trục văn bản của tỉnh / the province's own document axis",
    "forward": "Chuyển tiếp tới điểm đến / forwarding to destinations",
}


class Wrong(BaseModel):
    """One wrong place in a request."""

    model_config = ConfigDict(title="Wrong")

    pointer: str = Field(description="JSON pointer, XPath, or header/…, query/…")
    detail: str
    detail_en: str


class Problem(BaseModel):
    """RFC 9457 problem: every refusal has this form."""

    model_config = ConfigDict(extra="allow", title="Problem")

    type: str = Field(
        description="/problems/<slug>: bền vững, có trang mô tả. / Stable, described."
    )
    title: str
    title_en: str
    status: int
    detail: str = Field(description="Tiếng Việt, cho người đọc. / Vietnamese, for a person.")
    detail_en: str
    instance: str = Field(description="Mã yêu cầu. / Request id.")
    errors: list[Wrong] | None = None


def guard_of(route: APIRoute) -> Guard | None:
    """Return the guard a route's signature demands, or None for a public route."""
    calls = (dependency.call for dependency in route.dependant.dependencies)
    return next((call for call in calls if isinstance(call, Guard)), None)


def is_signed(route: APIRoute) -> bool:
    """Tell whether a route demands a call signed as on the document axis."""
    return any(isinstance(one.call, SystemGuard) for one in route.dependant.dependencies)


def routes_of(routers: Iterable[APIRouter]) -> Iterator[APIRoute]:
    """Return every route of the routers.

    Raises:
        TypeError: for a router inside a router, whose routes would not be seen.
    """
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute):
                raise TypeError(f"{route!r}: list its routes in main.ROUTERS, do not nest them")
            yield route


def install(app: FastAPI, routers: list[APIRouter], told: APIRouter) -> None:
    """Have the application answer with the completed document, made once.

    `told` describes what we send to those who subscribed.
    """
    made: dict[str, Any] = {}

    def document() -> dict[str, Any]:
        if not made:
            made.update(_document(app, routers, told))
        return made

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI, routers: list[APIRouter], told: APIRouter) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=list(routes_of(routers)),
        webhooks=list(routes_of([told])),
        tags=[{"name": name, "description": said} for name, said in _TAGS.items()],
        servers=[{"url": "/", "description": "Chính cổng này. / This very gateway."}],
        separate_input_output_schemas=False,
    )
    components = document.setdefault("components", {})
    bodies, schemas = _schemas(routers)
    components["schemas"] = _together(components.get("schemas", {}), schemas)
    components["securitySchemes"] = {
        "oauth2": {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/oauth2/token",
                    "scopes": {scope.value: text for scope, text in _SCOPES.items()},
                }
            },
        },
        "client": {"type": "http", "scheme": "basic"},
        "citizen": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "id_token của tài khoản Cổng Dịch vụ công quốc gia. / id_token of an "
            "account of the national portal (RS256).",
        },
        VXP: dict(VXP_SCHEME),
    }
    for route in routes_of(routers):
        if route.include_in_schema:
            for method in route.methods or ():
                _complete(document["paths"][route.path_format][method.lower()], route, bodies)
    named: dict[str, Any] = _renamed(document, _short_names(components["schemas"]))
    return named


def _together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the components of both.

    Raises:
        ValueError: if both have one of a name and mean different things by it.
    """
    unlike = sorted(
        name for name in one.keys() & other.keys() if _bare(one[name]) != _bare(other[name])
    )
    if unlike:
        raise ValueError(f"models of one name: {', '.join(unlike)}")
    return {**one, **other}


def _bare(said: Any) -> Any:
    """Return a schema without defaults of null, which the framework leaves out."""
    if isinstance(said, list):
        return [_bare(one) for one in said]
    if not isinstance(said, dict):
        return said
    return {key: _bare(one) for key, one in said.items() if (key, one) != ("default", None)}


def _short_names(names: Iterable[str]) -> dict[str, str]:
    """Return what models of one name are called: by their slice, not by where they stand in it.

    Raises:
        ValueError: if two would be called the same.
    """
    found = {name: _short_name(name) for name in names}
    if len(set(found.values())) < len(found):
        raise ValueError(f"models of one name in one slice: {sorted(found.values())}")
    return found


def _short_name(name: str) -> str:
    if _PARTS not in name:
        return name
    _, slice_name, *_, model = name.split(_PARTS)
    return "".join(map(str.capitalize, slice_name.split("_"))) + model


def _renamed(said: Any, names: Mapping[str, str]) -> Any:
    """Return the document with other names of its components, and references that follow them."""
    if isinstance(said, list):
        return [_renamed(one, names) for one in said]
    if not isinstance(said, dict):
        return said
    return {names.get(key, key): _reference(key, one, names) for key, one in said.items()}


def _reference(key: str, said: Any, names: Mapping[str, str]) -> Any:
    if key == "$ref":
        beginning, _, name = said.rpartition("/")
        return f"{beginning}/{names.get(name, name)}"
    return _renamed(said, names)


def _schemas(routers: list[APIRouter]) -> tuple[_Bodies, dict[str, Any]]:
    """Return the schemas of all bodies that routes read themselves, and where each stands."""
    marks = (reads_of(route.endpoint) for route in routes_of(routers))
    models = {mark.model for mark in marks if mark} | {Problem}
    ordered = sorted(models, key=lambda model: model.__name__)
    places, schemas = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=_REFS
    )
    found: dict[str, Any] = schemas["$defs"]
    return {model: places[model, "validation"] for model in ordered}, found


def _complete(operation: dict[str, Any], route: APIRoute, bodies: _Bodies) -> None:
    guard = guard_of(route)
    statuses = [500]
    if guard is not None:
        operation["security"] = [{"oauth2": [guard.scope.value]}]
        statuses += [401, 403, 503]
    elif is_signed(route):
        operation["security"] = [{VXP: []}]
    else:
        operation.setdefault("security", [])
    mark = reads_of(route.endpoint)
    if mark is not None:
        operation["requestBody"] = _json_body(mark, bodies)
        statuses += [400, 413, 415, 422]
    answers = operation["responses"]
    if answers.get("422", {}).get("content", {}).get("application/json"):
        del answers["422"]
        statuses.append(422)
    for status, answer in problem_answers(*statuses).items():
        answers.setdefault(str(status), answer)
    operation["responses"] = {code: answers[code] for code in sorted(answers)}


def _json_body(mark: Reads, bodies: _Bodies) -> dict[str, Any]:
    schema = dict(bodies[mark.model])
    content = {"application/json": {"schema": schema, "example": dict(mark.example)}}
    return {"required": True, "content": content}
