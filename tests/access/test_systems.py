from datetime import UTC, datetime, timedelta

from app.access.domain import System, reach_of
from app.codes import AgencyCode

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def a_system(name: str, member: str, root: str | None = None, *, revoked: bool = False) -> System:
    top = None if root is None else AgencyCode(root)
    ended = NOW + timedelta(1) if revoked else None
    return System(name, AgencyCode(member), top, NOW, NOW, ended)


def units_of(system: System, *others: System) -> set[str]:
    every = ("H38", "H38.12", "H38.12.01", "H38.12.02", "H38.13", "H53", "W00.38")
    reach = reach_of(system, [system, *others])
    return {code for code in every if reach.has(AgencyCode(code))}


def test_each_unit_has_the_nearest_system() -> None:
    province = a_system("p", "H38", "H38")
    office = a_system("o", "H38.12", "H38.12")
    desk = a_system("d", "H38.12.01")
    assert units_of(province, office, desk) == {"H38", "H38.13"}
    assert units_of(office, province, desk) == {"H38.12", "H38.12.02"}
    assert units_of(desk, province, office) == {"H38.12.01"}


def test_a_systems_own_member_is_its_own_even_below_another() -> None:
    centre = a_system("c", "H38.12.02", "H38")
    office = a_system("o", "H38.12", "H38.12")
    assert units_of(centre, office) == {"H38", "H38.13", "H38.12.02"}
    assert units_of(office, centre) == {"H38.12", "H38.12.01"}


def test_a_revoked_system_serves_nobody() -> None:
    province = a_system("p", "H38", "H38")
    gone = a_system("g", "H38.12", "H38.12", revoked=True)
    assert "H38.12" in units_of(province, gone)


def test_a_system_speaks_for_its_member_and_what_is_under_its_root() -> None:
    centre = a_system("c", "W00.38", "H38")
    spoken = [centre.speaks_for(AgencyCode(code)) for code in ("W00.38", "H38", "H38.12", "H53")]
    assert spoken == [True, True, True, False]
    alone = a_system("a", "H38.12")
    assert [alone.speaks_for(AgencyCode(code)) for code in ("H38.12", "H38.12.01")] == [True, False]
