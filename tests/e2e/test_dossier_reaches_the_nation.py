"""A dossier and its progress travel from a one-stop system to the national portal, by each road."""

from contextlib import closing

import pytest

from app.cli.demo.hop import await_that
from app.cli.demo.parties import Found, Hub, Nation
from tests.builders import a_dossier
from tests.e2e.stage import MakeStage

PATIENCE = 30.0
MOVES = ("accepted", "processing", "finished")
ROADS = {
    "straight": {"dvcqg_url": "{nation}"},
    "security_server": {
        "dvcqg_url": "{nation}/XrdAdapter/RestService/forward",
        "dvcqg_dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider",
    },
}


@pytest.mark.parametrize("road", ROADS)
def test_the_portal_holds_the_record_and_each_row(make_stage: MakeStage, road: str) -> None:
    stage = make_stage(**ROADS[road])
    with (
        closing(Hub(stage.province, PATIENCE)) as hub,
        closing(Nation(stage.nation.url, PATIENCE)) as nation,
    ):
        path = f"/v1/dossiers/{hub.create('/v1/dossiers', json=a_dossier())['code']}"
        for status in MOVES:
            hub.create(f"{path}/progress", json={"status": status, "staff_name": "Cán bộ Ví Dụ"})

        def look() -> Found | None:
            dossier: Found = hub.get(path)
            return dossier if dossier["national"]["state"] == "delivered" else None

        ours = await_that(look, within=PATIENCE, what="the delivered dossier")
        theirs = nation.dossier(ours["code"])
    assert theirs is not None
    assert (
        theirs["record"].items()
        >= {
            "MaHoSo": ours["code"],
            "MaTTHC": "1.003560.H38",
            "ChuHoSo": "Nguyễn Thị Giả Định",
            "NgayTiepNhan": "20261102084000",
            "TrangThaiHoSo": "9",
        }.items()
    )
    rows = [(row["TrangThai"], row["NguoiXuLy"]) for row in theirs["progress"]]
    assert rows[0] == ("1", "Người nộp hồ sơ")
    assert rows[1:] == [(code, "Cán bộ Ví Dụ") for code in ("2", "4", "9")]
