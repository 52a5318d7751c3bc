"""The national list of procedures, taken over whole: new, changed, switched off, never deleted."""

from datetime import time, timedelta
from typing import Any

import pytest

from app.catalogue.domain import Difference, MassWithdrawalError
from app.catalogue.sync.nightly import NightlySync
from app.catalogue.sync.procedures import ProcedureSync, SyncTerms
from app.codes import AgencyCode
from app.evidence.domain import SystemActor
from app.exchange.dvcqg.reading import PortalUnavailableError
from mock_ngsp.faults import Fault
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.builders import a_dossier, evidence_of, seed_catalogue
from tests.exchange.nation import client_of
from tests.gateway import Api, Gateway

ACTOR = SystemActor("system:administrator", "H38")
OWN = AgencyCode("H38")


class Synchronised:
    """A gateway and the nation it takes its procedures from."""

    def __init__(self, gateway: Gateway, universe: Universe) -> None:
        self.gateway = gateway
        self.universe = universe

    def sync(self, *, province: AgencyCode | None = OWN, share: float = 1) -> ProcedureSync:
        context = self.gateway.context
        terms = SyncTerms(province, share)
        return ProcedureSync(client_of(self.universe), context.database, context.clock, terms)

    def run(self, **terms: Any) -> Difference:
        told: list[tuple[int, int]] = []

        async def act() -> Difference:
            sync = self.sync(**terms)
            return await sync.run(ACTOR, lambda done, every: told.append((done, every)))

        assert self.gateway.http.portal is not None
        found = self.gateway.http.portal.call(act)
        assert told[0][0] == 0
        assert told[-1][0] == told[-1][1]
        return found


@pytest.fixture
def universe() -> Universe:
    return Universe()


@pytest.fixture
def nation(gateway: Gateway, universe: Universe) -> Synchronised:
    return Synchronised(gateway, universe)


@pytest.fixture
def reader(gateway: Gateway) -> Api:
    return gateway.client("H38")


def codes(every: Any) -> list[str]:
    return [named.code for named in every]


def test_a_first_synchronisation_takes_national_and_own_procedures(
    nation: Synchronised, reader: Api
) -> None:
    found = nation.run()
    assert codes(found.new) == ["1.003560", "1.003560.H38", "2.000001", "2.000001.H38"]
    shown = reader.get("/v1/procedures/1.003560.H38").json()
    assert (shown["state"], shown["agency_code"]) == ("published", "H38")
    assert shown["sectors"] == [{"code": "G03-GD10", "name": "Lĩnh vực mẫu"}]
    (limit,) = shown["submission_methods"][0]["time_limits"]
    assert (limit["length"], limit["unit"]) == (5, "Ngày làm việc")
    assert (limit["fees"][0]["amount"], limit["fees"][0]["currency"]) == (20000, "VND")
    assert shown["paper_cases"][0]["papers"][0]["originals"] == 1
    assert shown["results"][0]["code"] == "KQ.G22.000001"


def test_everybodys_procedures_are_taken_where_the_setting_says_so(nation: Synchronised) -> None:
    assert "1.003560.H53" in codes(nation.run(province=None).new)


def test_a_repeat_changes_nothing(nation: Synchronised) -> None:
    nation.run()
    found = nation.run()
    assert (found.new, found.changed, found.withdrawn, found.unchanged) == ((), (), (), 4)


def test_what_changed_is_told_field_by_field(nation: Synchronised, universe: Universe) -> None:
    nation.run()
    changes = {"TENTTHC": "Tên mới", "YEUCAU": "Có yêu cầu"}
    universe.procedures.put("1.003560.H38", changes)
    (changed,) = nation.run().changed
    told = {one.field: (one.before, one.after) for one in changed.altered}
    assert changed.code == "1.003560.H38"
    assert told["name"][1] == "Tên mới"
    assert told["conditions"] == (None, None)


def test_a_procedure_no_longer_listed_is_switched_off_and_comes_back(
    nation: Synchronised, universe: Universe, reader: Api
) -> None:
    nation.run()
    (record,) = universe.procedures.details("2.000001.H38")
    universe.procedures.drop("2.000001.H38")
    assert codes(nation.run().withdrawn) == ["2.000001.H38"]
    shown = reader.get("/v1/procedures/2.000001.H38").json()
    assert (shown["state"], shown["results"] != []) == ("withdrawn", True)
    assert nation.run().withdrawn == ()
    universe.procedures.put("2.000001.H38", record)
    (back,) = nation.run().changed
    assert [one.field for one in back.altered] == ["state"]


def test_a_procedure_of_another_province_is_not_switched_off(
    nation: Synchronised, universe: Universe
) -> None:
    nation.run(province=None)
    universe.procedures.drop("1.003560.H53")
    assert nation.run().withdrawn == ()
    assert codes(nation.run(province=None).withdrawn) == ["1.003560.H53"]


def test_a_list_that_is_suspiciously_short_changes_nothing(
    nation: Synchronised, universe: Universe, reader: Api
) -> None:
    nation.run()
    for code in ("1.003560", "1.003560.H38", "2.000001"):
        universe.procedures.drop(code)
    with pytest.raises(MassWithdrawalError):
        nation.run(share=0.5)
    assert reader.get("/v1/procedures/1.003560").json()["state"] == "published"
    assert len(nation.run(share=0.75).withdrawn) == 3


@pytest.mark.parametrize(
    "changes", [{"LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": ""}]}, {"TENTTHC": " "}]
)
def test_a_record_that_cannot_be_held_is_named_and_stays_as_it_was(
    nation: Synchronised, universe: Universe, reader: Api, changes: dict[str, Any]
) -> None:
    nation.run()
    universe.procedures.put("1.003560.H38", changes | {"YEUCAU": "Mới"})
    found = nation.run()
    assert found.unreadable == ("1.003560.H38",)
    assert (found.withdrawn, found.changed) == ((), ())
    assert reader.get("/v1/procedures/1.003560.H38").json()["conditions"] == "Không có"


def test_a_code_that_is_none_is_named(nation: Synchronised, universe: Universe) -> None:
    universe.procedures.put("TS_lop1.000.00.00.H22", {})
    assert nation.run().unreadable == ("TS_lop1.000.00.00.H22",)


def test_an_odd_record_is_taken_as_far_as_it_says_something(
    nation: Synchronised, universe: Universe, reader: Api
) -> None:
    universe.procedures.put(
        "1.003560.H38",
        {
            "CACHTHUCTHUCHIEN": [
                {"KENH": 2, "THOIGIAN": [{"THOIGIANGIAIQUYET": "2,5", "DONVITINH": "Ngày"}]},
                {"KENH": 9, "THOIGIAN": []},
            ],
            "CANCUPHAPLY": [{"SOVANBAN": "61/2018/NĐ-CP", "NGAYBANHANH": "23/04/2018"}],
            "TENTTHC": "Tên\ncó   xuống dòng",
            "COQUANPHOIHOP": "",
        },
    )
    assert nation.run().unreadable == ()
    shown = reader.get("/v1/procedures/1.003560.H38").json()
    assert shown["name"] == "Tên có xuống dòng"
    (way,) = shown["submission_methods"]
    assert (way["channel"], way["time_limits"][0]["length"]) == ("online", None)
    assert way["time_limits"][0]["description"] == "2,5 Ngày"
    assert shown["legal_bases"][0]["issued_on"] == "2018-04-23"


def test_583_procedures_come_whole_though_calls_are_lost(gateway: Gateway, tell: Any) -> None:
    universe = Universe(Settings(further_procedures=579))
    universe.faults.add(Fault("LayThuTuc", 5, status=503))
    universe.faults.add(Fault("LayDanhSachTTHC", 2, status=503))
    found = Synchronised(gateway, universe).run()
    assert len(found.new) == 583
    tell(f"{len(found.new)} procedures taken over")


def test_a_portal_that_is_down_changes_nothing(nation: Synchronised, universe: Universe) -> None:
    universe.faults.add(Fault("LayDanhSachTTHC", 100, status=503))
    with pytest.raises(PortalUnavailableError):
        nation.run()


def test_what_a_synchronisation_changed_is_kept_for_people(
    nation: Synchronised, universe: Universe, reader: Api, gateway: Gateway
) -> None:
    nation.run()
    universe.procedures.put("1.003560", {"TENTTHC": "Tên mới"})
    nation.run()
    page = reader.get("/v1/catalogue/syncs?limit=1").json()
    (last,) = page["items"]
    assert last["difference"]["changed"][0]["altered"][0]["after"] == "Tên mới"
    (first,) = reader.get("/v1/catalogue/syncs", params={"after": page["next"]}).json()["items"]
    assert len(first["difference"]["new"]) == 4
    acts = [entry.act for entry in evidence_of(gateway, "catalogue:procedures")]
    assert acts == ["catalogue.sync", "catalogue.sync"]


def filed(reader: Api, code: str) -> int:
    return reader.post("/v1/dossiers", json=a_dossier(procedure_code=code)).status_code


def test_local_and_national_codes_mean_the_same_procedure(
    nation: Synchronised, universe: Universe, reader: Api, gateway: Gateway
) -> None:
    seed_catalogue(gateway)
    universe.procedures.drop("2.000001")
    nation.run(province=None)
    for code in ("2.000001.000.00.00.H38", "2.000001.H38", "2.000001.H38.12"):
        assert filed(reader, code) == 201
    assert filed(reader, "2.000001") == 422, "two provinces publish it, so it names neither"
    assert filed(reader, "2.000001.H40") == 422


def test_a_bare_code_means_the_only_local_procedure_and_a_local_one_the_national(
    nation: Synchronised, universe: Universe, reader: Api, gateway: Gateway
) -> None:
    seed_catalogue(gateway)
    universe.procedures.drop("2.000001")
    universe.procedures.put("3.000001", {})
    nation.run()
    assert (filed(reader, "2.000001"), filed(reader, "3.000001.H38")) == (201, 201)


def test_the_night_is_kept_by_one_worker_once(gateway: Gateway, nation: Synchronised) -> None:
    gateway.clock.advance(timedelta(hours=1))
    at = time(2, 30)

    def worker(name: str) -> NightlySync:
        context = gateway.context
        return NightlySync(nation.sync(), context.database, context.clock, at=at, holder=name)

    def turn(one: NightlySync) -> int:
        assert gateway.http.portal is not None
        return gateway.http.portal.call(one.turn)

    first, second = worker("w-1"), worker("w-2")
    assert (turn(first), turn(second)) == (0, 0)
    gateway.clock.advance(timedelta(hours=17))
    assert (turn(first), turn(second)) == (1, 0)
    gateway.clock.advance(timedelta(hours=23))
    assert (turn(second), turn(first)) == (0, 0)
    gateway.clock.advance(timedelta(hours=1))
    assert (turn(second), turn(first)) == (1, 0)
    assert turn(worker("w-3")) == 0


def test_a_night_that_failed_is_tried_again_an_hour_later(
    gateway: Gateway, nation: Synchronised, universe: Universe
) -> None:
    context = gateway.context
    one = NightlySync(nation.sync(), context.database, context.clock, at=time(2, 30), holder="w-1")
    gateway.clock.advance(timedelta(days=1))
    universe.faults.add(Fault("LayDanhSachTTHC", 6, status=503))
    assert gateway.http.portal is not None
    assert [gateway.http.portal.call(one.turn) for _ in range(2)] == [0, 0]
    gateway.clock.advance(timedelta(hours=1))
    assert gateway.http.portal.call(one.turn) == 1
