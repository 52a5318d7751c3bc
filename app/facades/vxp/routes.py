"""The thirteen operations, at `/XrdAdapter/adapter/…` and, by setting, at the root."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.facades.vxp import describing, directory, mailbox, sending
from app.facades.vxp.envelope import ADAPTER, DOWNLOAD, SEND
from app.facades.vxp.guard import Call, signed
from app.platform.context import Context, Ctx
from app.platform.routing import DirectRoute

Act = Callable[[Request, Call, Context], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation does, and how it is called in both languages."""

    act: Act
    summary: str
    method: str = "POST"


OPERATIONS: Final[Mapping[str, Operation]] = {
    SEND: Operation(sending.send_edoc, "Gửi gói tin / Send a packet"),
    "getReceivedEdocList": Operation(
        mailbox.list_received, "Danh sách gói tin đến / Packets waiting"
    ),
    "getSentEdocList": Operation(mailbox.list_sent, "Danh sách gói tin đi / Packets sent"),
    "getEdoc": Operation(mailbox.get_edoc, "Lấy gói tin / Fetch a packet"),
    DOWNLOAD: Operation(mailbox.download_edoc, "Tải gói tin / Download a packet", "GET"),
    "updateStatus": Operation(mailbox.update_status, "Xác nhận gói tin / Acknowledge a packet"),
    "countReceiveEdoc": Operation(
        mailbox.count_documents, "Đếm văn bản đến / Count documents waiting"
    ),
    "countReceiveStatus": Operation(
        mailbox.count_statuses, "Đếm trạng thái đến / Count statuses waiting"
    ),
    "getAgenciesList": Operation(directory.list_agencies, "Danh sách đơn vị / Directory"),
    "getAgenciesListQD20": Operation(
        directory.list_agencies_qd20, "Danh sách đơn vị theo QĐ 20/2020 / Directory, new codes"
    ),
    "getSynchronizeUnit": Operation(directory.list_units, "Cây đơn vị / Tree of units"),
    "registerAgency": Operation(directory.register, "Đăng ký đơn vị / Register a unit"),
    "deleteAgency": Operation(directory.delete, "Đóng đơn vị / Close a unit"),
}

router = APIRouter(tags=["vxp"], route_class=DirectRoute)
at_root = APIRouter(tags=["vxp"], include_in_schema=False, route_class=DirectRoute)
"""The same operations without a path before them, as provincial axes offer them."""


def _endpoint(operation: Operation) -> Callable[..., Awaitable[Response]]:
    async def endpoint(request: Request, call: Annotated[Call, signed()], ctx: Ctx) -> Response:
        return await operation.act(request, call, ctx)

    endpoint.__doc__ = operation.act.__doc__
    return endpoint


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _add(to: APIRouter, base: str, name: str, operation: Operation) -> None:
    says: dict[str, Any] = {}
    if operation.method == "POST":
        says["requestBody"] = describing.body(name)
    to.add_api_route(
        f"{base}/{name}",
        _endpoint(operation),
        methods=[operation.method],
        operation_id=f"vxp_{_snake(name)}",
        summary=operation.summary,
        response_class=Response,
        responses=describing.answers(name),
        openapi_extra=says,
    )


for _name, _operation in OPERATIONS.items():
    _add(router, ADAPTER, _name, _operation)
    _add(at_root, "", _name, _operation)
