"""The directory as the vendor's client reads and changes it, against any axis."""

from tests.wires.vxp_kit import Kit
from tests.wires.vxp_reactions import Json
from tests.wires.vxp_targets import Target, kit_of


def the_directory_is_read_and_a_unit_registered_and_deleted(target: Target) -> None:
    root = target.here.unit.rpartition(".")[2]
    code = f"000.00.98.{root}"
    unit = {"pcode": f"000.00.00.{root}", "code": code, "name": "Đơn vị chạy thử"}
    with kit_of(target, target.here) as kit:
        for read in (kit.get_agencies_list, kit.get_agencies_list_qd20, kit.get_synchronize_unit):
            rows = read().rows
            assert rows
            assert all(row["code"] and row["name"] for row in rows)
        center = f"00.{root[1:]}.W00"
        told = kit.register_agency(unit | {"mail": "thu@example.vn", "mobile": "0", "fax": "0"})
        assert told.error_code == "0", told
        found = {row["code"]: row for row in kit.get_agencies_list().rows or []}
        assert found[code]["name"] == unit["name"]
        version, tree = _unit_of(kit, code)
        assert (tree["centerCode"], tree["deleted"]) == (center, False)
        newer = {row.get("code102"): row for row in kit.get_agencies_list_qd20().rows or []}
        assert newer[code]["code"] == f"{root}.98"
        assert kit.delete_agency(AgencyCode=code).error_code == "0"
        assert code not in {row["code"] for row in kit.get_agencies_list().rows or []}
        later, tree = _unit_of(kit, code)
        assert (later > version, tree["centerCode"], tree["deleted"]) == (True, center, True)


def _unit_of(kit: Kit, code: str) -> tuple[int, Json]:
    """A unit in the tree, with its version."""
    units = {row["code"]: row for row in kit.get_synchronize_unit().rows or []}
    assert type(units[code]["version"]) is int
    return units[code]["version"], units[code]
