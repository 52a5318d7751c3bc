"""Vouchers of tax payments are handed on to the land system, where that is set."""

from pathlib import Path
from typing import Any

import pytest

from app.codes import AgencyCode
from app.facades.land.use_cases.systems import register
from app.platform.settings import Settings
from mock_ngsp.dvcqg.taxes import PAYMENT, Taxes
from tests.builders import seed_catalogue
from tests.errands.post_office import Errands
from tests.errands.test_land import ilis
from tests.facades.born import SECRET
from tests.facades.land_system import CODE, Land, handed_over
from tests.gateway import Api, Gateway

NOTICE = "TB-0001/2026"
OURS = {"SoBienNhan", "ThoiGianThanhToan", "TongPhaiNop", "TongMienGiam", "TongDaNop",
        "TongConPhaiNop", "MaKetQua", "DienGiai"}  # fmt: skip


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "push-secret"
    file.write_text(SECRET)
    given = {"dvcqg_push_secret_file": file, "land_voucher_address": "nhanchungtuthue"}
    return settings.model_copy(update=given)


@pytest.fixture
def api(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    member = AgencyCode("H38")
    gateway.transact(register, gateway.clock, name="vbdlis", member=member, code=CODE)
    return gateway.client("H38")


def taxed(gateway: Gateway, api: Api) -> str:
    code = handed_over(api)
    Land(gateway).done("GuiKetQuaThue", code)
    return code


def paid(gateway: Gateway, **changes: Any) -> dict[str, Any]:
    body = Taxes().body_of(PAYMENT, NOTICE, gateway.clock.now(), changes)
    headers = {"Authorization": f"Bearer {SECRET}"}
    answer = gateway.http.post(f"/api/dvcqg/{PAYMENT}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return body


def vouchers(api: Api, code: str) -> list[dict[str, Any]]:
    errands = api.get(f"/v1/dossiers/{code}/errands").json()["items"]
    return [one for one in reversed(errands) if one["kind"] == "land_voucher"]


def told(errands: Errands, code: str) -> list[dict[str, Any]]:
    return errands.nation.universe.ngsp.land.held[code].told


@pytest.mark.parametrize("dialect", ["vbdlis", "ilis"])
def test_a_voucher_is_handed_on_behind_the_dossier(
    gateway: Gateway, api: Api, tmp_path: Path, dialect: str
) -> None:
    errands = Errands(gateway, tmp_path)
    if dialect == "ilis":
        errands = ilis(gateway, tmp_path, land_voucher_address="NhanChungTuThue")
    code = taxed(gateway, api)
    body = paid(gateway)
    while errands.deliver():
        pass
    (errand,) = vouchers(api, code)
    assert errand["state"] == "accepted"
    (voucher,) = told(errands, code)
    assert voucher["SoBienNhan"] == code
    assert voucher["ThoiGianThanhToan"] == "02/11/2026 09:00:00"
    assert {name: voucher[name] for name in voucher if name not in OURS} == {
        name: value for name, value in body.items() if name not in OURS
    }


def test_a_repeat_is_not_handed_on_and_a_correction_is(
    gateway: Gateway, api: Api, tmp_path: Path
) -> None:
    errands, code = Errands(gateway, tmp_path), taxed(gateway, api)
    for changes in ({}, {}, {"HoTenNguoiNopTien": "Trần Thị Ví Dụ"}):
        paid(gateway, **changes)
        while errands.deliver():
            pass
    names = [one["HoTenNguoiNopTien"] for one in told(errands, code)]
    assert names == ["Nguyễn Thị Giả Định", "Trần Thị Ví Dụ"]
    assert len(vouchers(api, code)) == 2


def test_who_paid_stands_in_no_errand(gateway: Gateway, api: Api) -> None:
    code = taxed(gateway, api)
    body = paid(gateway)
    (errand,) = vouchers(api, code)
    shown = api.get(f"/v1/errands/{errand['id']}").text
    assert body["HoTenNguoiNopTien"] not in shown
    assert body["BienLai"] not in shown


def test_without_the_key_it_is_refused_and_not_sent_empty(
    gateway: Gateway, api: Api, tmp_path: Path
) -> None:
    errands = Errands(gateway, tmp_path, encryption_key_file=None)
    code = taxed(gateway, api)
    paid(gateway)
    while errands.deliver():
        pass
    (errand,) = vouchers(api, code)
    assert (errand["state"], errand["reason"].partition(":")[0]) == (
        "refused",
        "voucher-unreadable",
    )
    assert told(errands, code) == []


def test_without_its_address_it_waits(gateway: Gateway, api: Api, tmp_path: Path) -> None:
    errands = Errands(gateway, tmp_path, land_voucher_address=None)
    code = taxed(gateway, api)
    paid(gateway)
    while errands.deliver():
        pass
    (errand,) = vouchers(api, code)
    assert (errand["state"], errand["reason"]) == ("deferred", "no-address-for-vouchers")


class TestUnset:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"land_voucher_address": None})

    def test_nothing_is_handed_on(self, gateway: Gateway, api: Api) -> None:
        code = taxed(gateway, api)
        paid(gateway)
        assert vouchers(api, code) == []
