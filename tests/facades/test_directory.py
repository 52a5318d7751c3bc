"""The directory of units as connected systems read and change it."""

import codecs
from datetime import timedelta

import pytest

from tests.builders import evidence_of
from tests.documents.packets import DOCUMENT_ID, a_packet
from tests.facades.systems import DocumentSystem, Systems, a_status, as_json
from tests.gateway import Gateway

CENTRE = "000.00.12.H38"
UNIT = {"pcode": CENTRE, "code": "000.90.12.H38", "name": "Phòng Ví Dụ", "mail": "a@example.vn"}


@pytest.fixture
def centre(systems: Systems) -> DocumentSystem:
    return systems.connect(CENTRE, member="H38.12", root="H38.12")


def rows(system: DocumentSystem, operation: str) -> dict[str, dict[str, object]]:
    return {row["code"]: row for row in system.ok(operation)["data"]}


def test_every_open_unit_is_listed_in_both_spellings(centre: DocumentSystem) -> None:
    old, new = rows(centre, "getAgenciesList"), rows(centre, "getAgenciesListQD20")
    assert old["000.00.12.H38"]["pid"] == "H38"
    assert new["H38.12"]["code102"] == "000.00.12.H38"
    assert {row["id"] for row in old.values()} == set(new)
    assert "H02" not in new


def test_closed_units_are_marked_in_the_tree_and_named_by_their_successor(
    centre: DocumentSystem,
) -> None:
    tree = rows(centre, "getSynchronizeUnit")
    closed = [row for row in tree.values() if row["deleted"]]
    assert {"H02"} <= {row["id"] for row in closed}
    assert next(row for row in closed if row["id"] == "H02")["modifyDate"] == "2025/07/01 00:00:00"
    former = [row.get("oldCode") for row in rows(centre, "getAgenciesList").values()]
    assert "000.00.00.H02" in former


@pytest.mark.parametrize("spelling", ["pcode", "pCode"])
def test_a_unit_is_registered_renamed_and_closed(
    knowing: Gateway, centre: DocumentSystem, spelling: str
) -> None:
    said = {spelling if name == "pcode" else name: text for name, text in UNIT.items()}
    centre.ok("registerAgency", as_json(said))
    assert rows(centre, "getAgenciesListQD20")["H38.12.90"]["name"] == "Phòng Ví Dụ"
    centre.ok("registerAgency", as_json(said | {"name": "Phòng Mới"}))
    assert rows(centre, "getAgenciesListQD20")["H38.12.90"]["name"] == "Phòng Mới"
    knowing.clock.advance(timedelta(days=2))
    centre.ok("deleteAgency", b"{}", AgencyCode="000.90.12.H38")
    centre.ok("deleteAgency", b"{}", AgencyCode="H38.12.90")
    assert "H38.12.90" not in rows(centre, "getAgenciesListQD20")
    assert rows(centre, "getSynchronizeUnit")["000.90.12.H38"]["deleted"] is True
    assert centre.send(a_packet("H38.12.90"))["ErrorCode"] == "1060"
    assert centre.refused("registerAgency", as_json(said)) == "1060"
    acts = [entry.act for entry in evidence_of(knowing, "member:H38.12.90")]
    assert acts == ["unit.register", "unit.register", "unit.close"]


def test_what_lies_with_a_closed_unit_is_still_read_and_answered(
    centre: DocumentSystem, systems: Systems
) -> None:
    sender = systems.connect("000.00.61.H38", member="H38.61")
    centre.ok("registerAgency", as_json(UNIT))
    sender.sent(a_packet("000.90.12.H38", OrganId="000.00.61.H38"))
    centre.ok("deleteAgency", b"{}", AgencyCode="000.90.12.H38")
    (waiting,) = centre.inbox()
    assert centre.fetch(waiting["docId"])
    centre.acknowledge(waiting["docId"])
    told = {"by": "000.90.12.H38", "to": "000.00.61.H38", "document_id": DOCUMENT_ID}
    centre.sent(a_status("03", **told), from_="000.90.12.H38", messagetype="status")
    assert [row["to"] for row in sender.inbox("status")] == ["000.00.61.H38"] * 2
    closed = a_packet("000.00.61.H38", OrganId="000.90.12.H38", number="43")
    assert centre.send(closed, from_="000.90.12.H38")["ErrorCode"] == "1060"


def test_a_unit_of_json_with_a_byte_order_mark_is_registered(centre: DocumentSystem) -> None:
    centre.ok("registerAgency", codecs.BOM_UTF8 + as_json(UNIT))
    assert "H38.12.90" in rows(centre, "getAgenciesListQD20")


def test_the_version_of_a_unit_grows_with_each_change(
    knowing: Gateway, centre: DocumentSystem
) -> None:
    seen = []
    for name in ("Phòng Ví Dụ", "Phòng Ví Dụ", "Phòng Mới"):
        centre.ok("registerAgency", as_json(UNIT | {"name": name}))
        seen.append(rows(centre, "getSynchronizeUnit")["000.90.12.H38"]["version"])
    knowing.clock.advance(timedelta(days=1))
    for _ in range(2):
        centre.ok("deleteAgency", b"{}", AgencyCode="H38.12.90")
        seen.append(rows(centre, "getSynchronizeUnit")["000.90.12.H38"]["version"])
    assert seen == [1, 1, 2, 3, 3]
    others = [row["version"] for row in rows(centre, "getSynchronizeUnit").values()]
    assert set(others) == {1, 3}


def test_a_unit_is_of_the_centre_with_the_number_of_its_first_level(
    centre: DocumentSystem,
) -> None:
    tree = rows(centre, "getSynchronizeUnit")
    found = {row["id"]: row.get("centerCode") for row in tree.values()}
    assert (found["H38.12"], found["G22"], found["0000000001"]) == ("00.38.W00", "00.22.W00", None)


def test_only_units_below_the_systems_own_are_changed(centre: DocumentSystem) -> None:
    before = rows(centre, "getSynchronizeUnit")
    for said, code in (
        (UNIT | {"code": "H38.13.90", "pcode": "H38.13"}, "1050"),
        (UNIT | {"code": CENTRE}, "1050"),
        (UNIT | {"pcode": "H38"}, "1050"),
        (UNIT | {"code": "H38.12.91.01", "pcode": "H38.12.91"}, "1012"),
        (UNIT | {"code": "?"}, "1052"),
        (UNIT | {"name": ""}, "1052"),
    ):
        assert centre.refused("registerAgency", as_json(said)) == code, said
    assert centre.refused("registerAgency", b"<x/>") == "1052"
    for agency, code in ((CENTRE, "1050"), ("H38.13", "1050"), ("H38.12.99", "1051"), ("", "1032")):
        assert centre.refused("deleteAgency", b"{}", AgencyCode=agency) == code
    assert rows(centre, "getSynchronizeUnit") == before


def test_a_system_without_a_root_has_its_member_as_the_top(systems: Systems) -> None:
    office = systems.connect("000.00.12.H38", member="H38.12")
    office.ok("registerAgency", as_json(UNIT))
    assert "H38.12.90" in rows(office, "getAgenciesListQD20")
