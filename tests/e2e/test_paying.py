"""Fees are paid online: gateway, worker and platform as processes on loopback."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli.demo.hop import await_that
from app.cli.demo.parties import Found, Hub, Nation
from app.cli.staging import write_secret
from mock_ngsp.payments.service import ADDRESS
from tests.acting import example_of
from tests.builders import a_dossier
from tests.e2e.stage import MakeStage, Stage

PATIENCE = 30.0
SECRET = "bi-mat-chung-voi-nen-tang"


class Town:
    """A one-stop system, a citizen's browser, and whoever moves the platform."""

    def __init__(self, stage: Stage, hub: Hub, nation: Nation, control: httpx.Client) -> None:
        self.stage = stage
        self.hub = hub
        self.nation = nation
        self.control = control

    def fetch(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.stage.token()}"}
        answer = httpx.get(self.stage.province.url + path, headers=headers, trust_env=False)
        return answer.raise_for_status().content

    def owing(self) -> str:
        """Return the address of a dossier that waits for its fee."""
        path = f"/v1/dossiers/{self.hub.create('/v1/dossiers', json=a_dossier())['code']}"
        for act in ("acceptance", "forwardings", "fees"):
            self.hub.create(f"{path}/{act}", json=example_of(act))
        return path

    def pay(self, reference: str, **how: Any) -> list[Any]:
        answer = self.control.post(f"/_axis/v1/payments/{reference}/pay", json=how)
        return list(answer.raise_for_status().json()["answers"])

    def paid(self, path: str) -> Found:
        """Return a dossier once it has its money and the portal knows."""

        def look() -> Found | None:
            dossier: Found = self.hub.get(path)
            is_done = dossier["status"] == "processing"
            return dossier if is_done and dossier["national"]["state"] == "delivered" else None

        return await_that(look, within=PATIENCE, what="the paid dossier")


@pytest.fixture
def town(make_stage: MakeStage, tmp_path: Path) -> Iterator[Town]:
    stage = make_stage(
        payment_url=f"{{nation}}{ADDRESS}",
        payment_partner="DVC-H38",
        payment_secret_file=str(write_secret(tmp_path / "payment-secret", SECRET)),
        payment_ask_minutes="0.02",
    )
    with (
        closing(Hub(stage.province, PATIENCE)) as hub,
        closing(Nation(stage.nation.url, PATIENCE)) as nation,
        httpx.Client(base_url=stage.nation.url, trust_env=False) as control,
    ):
        row = {"MaDoiTac": "DVC-H38", "secret": SECRET, "url": stage.province.url}
        control.post("/_axis/v1/partners", json=row).raise_for_status()
        yield Town(stage, hub, nation, control)


def test_a_fee_is_paid_once_however_it_is_told(town: Town) -> None:
    told, lost = town.owing(), town.owing()
    first = town.hub.create(f"{told}/payments/online", json={"payer_ip": "203.0.113.7"})
    page = town.control.get(first["payment_url"])
    assert (page.status_code, "20.000 đồng" in page.text) == (200, True)
    forged = town.pay(first["reference"], wrong_signature=True)
    assert [one["http_status"] for one in forged] == [401]
    answers = town.pay(first["reference"], times=5)
    assert [one["answer"]["MaLoi"] for one in answers] == ["00"] * 5
    second = town.hub.create(f"{lost}/payments/online", json={})
    assert town.pay(second["reference"], times=0) == []
    for path, begun in ((told, first), (lost, second)):
        dossier = town.paid(path)
        (payment,) = dossier["handling"]["payments"]
        assert (payment["amount_vnd"], payment["reference"]) == (20000, begun["reference"])
        theirs = town.nation.dossier(dossier["code"])
        assert theirs is not None
        assert theirs["record"]["DuocThanhToanTrucTuyen"] == "1"
        assert [row["TrangThai"] for row in theirs["progress"]][-2:] == ["6", "4"]
        receipt = f"{path}/payments/online/{begun['reference']}/receipt"
        assert town.fetch(receipt).startswith(b"%PDF-")
