"""A land tax is announced, paid at the national portal, and known to everybody it concerns."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli.demo.hop import await_that
from app.cli.demo.parties import Hub
from app.cli.staging import write_secret
from app.codes import AgencyCode
from app.errands.schemas.land import HANDOVER
from app.facades.land.use_cases.systems import register
from app.platform.clock import SystemClock
from mock_ngsp.dvcqg.taxes import PAYMENT, STANDING
from tests.acting import example_of
from tests.builders import a_dossier
from tests.e2e.stage import MakeStage
from tests.gateway import transact

PATIENCE = 30.0
SECRET, CODE = "khoa-chung-voi-cong", "mot-ma-bao-mat-du-dai-va-ngau-nhien"
NOTICE = "TB-0001/2026"


class Town:
    """A one-stop system, and whoever moves the portal and the land system."""

    def __init__(self, hub: Hub, control: httpx.Client) -> None:
        self.hub = hub
        self.control = control

    def order(self, path: str, body: Any) -> Any:
        return self.control.post(f"/_axis/v1/{path}", json=body).raise_for_status().json()

    def handed_over(self) -> str:
        """Return a dossier that the land system has."""
        code = str(self.hub.create("/v1/dossiers", json=a_dossier())["code"])
        self.hub.create(f"/v1/dossiers/{code}/acceptance", json=example_of("acceptance"))
        self.hub.create("/v1/land-handovers", json=HANDOVER | {"dossier_code": code})
        await_that(lambda: self.at_land(code), within=PATIENCE, what="the land system's dossier")
        return code

    def at_land(self, code: str) -> dict[str, Any] | None:
        held = self.control.get("/_axis/v1/services/land").raise_for_status().json()
        return next((one for one in held if one["number"] == code), None)

    def vouchers_at_land(self, code: str) -> list[dict[str, Any]] | None:
        found = self.at_land(code)
        told: list[dict[str, Any]] = [] if found is None else found["told"]
        return told if len(told) == 2 else None


@pytest.fixture
def town(make_stage: MakeStage, tmp_path: Path) -> Iterator[Town]:
    stage = make_stage(
        dvcqg_push_secret_file=str(write_secret(tmp_path / "push-secret", SECRET)),
        land_url="{nation}/apiVBDLIS",
        land_voucher_address="nhanchungtuthue",
    )
    province, member = stage.province, AgencyCode("H38")
    url = province.env["LGSP_DATABASE_URL"]
    transact(url, register, SystemClock(), name="vbdlis", member=member, code=CODE)
    with (
        closing(Hub(province, PATIENCE)) as hub,
        httpx.Client(base_url=stage.nation.url, trust_env=False) as control,
    ):
        town = Town(hub, control)
        town.order("provinces", {"member": "H38", "url": province.url, "secret": SECRET})
        one_stop = {"url": f"{province.url}/vbdlis", "securityCode": CODE}
        town.order("services/land/one-stop", one_stop)
        yield town


def test_a_tax_is_announced_paid_and_told_on(town: Town) -> None:
    code = town.handed_over()
    row = {"madonvi": "H38.12", "MaThongBaoThue": NOTICE}
    early = town.order(f"taxes/{PAYMENT}", row)
    assert (early["http_status"], early["answer"]["error_code"]) == (200, -1)
    announced = town.order(f"services/land/{code}/GuiKetQuaThue", {"changes": {}})
    assert announced["answer"]["Result"] is True
    again = [town.order("taxes/1/push", {})["answer"]["error_code"] for _ in range(3)]
    assert again == [0, 1, 1]
    standing = town.order(f"taxes/{STANDING}", row)
    assert standing["answer"]["error_code"] == 0
    payment, stands = town.hub.get(f"/v1/dossiers/{code}/tax-vouchers")["items"]
    assert (payment["word"], payment["amount_vnd"], payment["is_paid"]) == (
        "payment",
        1_250_000,
        True,
    )
    assert (stands["word"], stands["outstanding_vnd"]) == ("standing", 1_750_000)
    rows = town.hub.get(f"/v1/dossiers/{code}/progress")["items"]
    assert [one["content"].split(" ")[0] for one in rows[-2:]] == ["Đã", "Tình"]
    told = await_that(
        lambda: town.vouchers_at_land(code), within=PATIENCE, what="vouchers at the land system"
    )
    assert [one["MaThongBaoThue"] for one in told] == [NOTICE] * 2
    assert [one["TongConPhaiNop"] for one in told] == ["", "1750000"]
