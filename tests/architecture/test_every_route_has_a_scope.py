from typing import Annotated

from fastapi import APIRouter

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.facades.vxp.routes import at_root
from app.main import ROUTERS
from app.openapi import guard_of, is_signed, routes_of
from tests.conftest import Tell

PUBLIC = {
    "POST /oauth2/token",
    "GET /.well-known/jwks.json",
    "GET /livez",
    "GET /readyz",
    "GET /metrics",
    "GET /problems",
    "GET /problems/{slug}",
    "GET /v1/public-services",
    "GET /v1/public-services/coverage",
    "GET /v1/public-services/coverage/members",
    "GET /v1/public-services/days",
    "GET /v1/public-services/priority-list",
    "GET /v1/public-services/dossiers",
    "GET /v1/public-services/dossiers/{code}",
    "GET /api/dvcqg/NopHoSo",
    "GET /v1/public-services/dossiers/{code}/qr",
    "POST /v1/public-services/dossiers/{code}/followers",
    "POST /v1/public-services/dossiers/{code}/followers/{id}/confirmation",
    "POST /v1/public-services/dossiers/{code}/followers/{id}/ending",
    "GET /v1/public-services/opinions",
    "POST /v1/public-services/opinions",
    "GET /v1/public-services/opinions/{code}",
    "POST /v1/public-services/opinions/{code}/rating",
    "GET /tra-cuu",
    "POST /tra-cuu",
    "GET /dich-vu-cong",
    "GET /ho-so-trong-ngay",
    "GET /ho-so-cua-toi",
    "GET /dang-nhap",
    "POST /dang-xuat",
    "GET /v1/public-services/{procedure}",
    "GET /v1/public-services/{procedure}/decisions",
}
"""Everything that is served without a token and without a signature."""

BY_LINK = {
    "GET /files/{id}",
}
"""What a signed link opens; tests/dossiers/test_files.py shows that nothing else does."""

WITH_WIRE_CREDENTIALS = {
    "POST /token",
    "POST /api/v1/Authentication/Token",
    "POST /mapi/login",
    "POST /mapi/g",
    "POST /api/dvcqg/TiepNhanHoSo",
    "POST /api/dvcqg/XacNhanThanhToan",
    "POST /api/dvcqg/TiepNhanHoSoKM",
    "POST /api/dvcqg/ImportChungTuThueFromDVCQG",
    "POST /api/dvcqg/ImportThongBaoThueFromDVCQG",
    "POST /api/dvcqg/dptracuuthanhtoanhs",
    "GET /LLTP/LayMaHoSo",
    "POST /LLTP/TaoHoSo",
    "POST /vbdlis/ChuyenHoSo/{security_code}",
    "POST /vbdlis/YeuCauBoSungHoSo/{security_code}",
    "POST /vbdlis/NhanBoSungHoSo/{security_code}",
    "POST /vbdlis/GuiKetQuaThue/{security_code}",
    "POST /vbdlis/KetThucHoSo/{security_code}",
    "POST /vbdlis/TiepNhanHoSoChoMotCua/{security_code}",
    "POST /vbdlis/YeuCauCapNhatHoSo/{security_code}",
    "GET /vbdlis/GetDanhMucNguoiDung/{security_code}",
    "GET /vbdlis/GetDanhMucThuTuc/{security_code}",
    "GET /vbdlis/GetDanhMucTrangThai/{security_code}",
}
"""What knows its callers by a credential of its own wire; tests of its part show it."""


def unguarded(routers: list[APIRouter]) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in routes_of(routers)
        for method in route.methods or ()
        if guard_of(route) is None and not is_signed(route)
    }


def test_only_the_public_list_is_served_without_a_scope(tell: Tell) -> None:
    found = unguarded([*ROUTERS, at_root])
    tell(f"public: {', '.join(sorted(found))}")
    assert found == PUBLIC | BY_LINK | WITH_WIRE_CREDENTIALS


def test_every_scope_opens_some_route() -> None:
    guards = (guard_of(route) for route in routes_of(ROUTERS))
    assert {guard.scope for guard in guards if guard} == set(Scope)


def test_a_forgotten_guard_would_be_seen() -> None:
    router = APIRouter()

    @router.get("/guarded")
    async def guarded(caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)]) -> str:
        return caller.client_id

    @router.get("/forgotten")
    async def forgotten() -> None: ...

    assert unguarded([router]) == {"GET /forgotten"}
