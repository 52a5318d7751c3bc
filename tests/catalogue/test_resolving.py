from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.catalogue.domain import (
    Catalogue,
    ClosedMemberError,
    Member,
    MemberKind,
    UnknownMemberError,
    UnknownProcedureError,
    UpcomingMemberError,
)
from app.catalogue.use_cases import find_procedure, import_catalogue, resolve_member
from app.codes import AgencyCode, ProcedureCode
from app.platform.clock import FrozenClock
from tests.catalogue.conftest import ADMINISTRATOR
from tests.gateway import Gateway


def resolve(gateway: Gateway, code: str, *, at: datetime | None = None) -> Member:
    clock = gateway.clock if at is None else FrozenClock(at)
    return gateway.transact(resolve_member, clock, AgencyCode(code), pointer="/agency_code")


def add(gateway: Gateway, *members: Member) -> None:
    gateway.transact(import_catalogue, gateway.clock, ADMINISTRATOR, Catalogue(members, ()))


def a_member(code: str, **changes: object) -> Member:
    plain = Member(AgencyCode(code), AgencyCode(code).qcvn, "UBND Mẫu", MemberKind.STATE)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_an_unknown_code_is_refused_with_its_place(seeded: Gateway) -> None:
    for code in ("H99", "000.00.99.H38", "H38.99", "9999999999"):
        with pytest.raises(UnknownMemberError) as refusal:
            resolve(seeded, code)
        assert [wrong.pointer for wrong in refusal.value.errors] == ["/agency_code"]
        assert refusal.value.extensions == {"code": code}


def test_a_closed_code_and_all_below_it_names_the_successor(seeded: Gateway) -> None:
    for code in ("H02", "000.00.00.H02", "H02.12", "000.00.12.H02"):
        with pytest.raises(ClosedMemberError) as refusal:
            resolve(seeded, code)
        assert refusal.value.extensions == {"code": "H02", "successor": "H05"}
        assert "01/07/2025" in refusal.value.detail
        assert "H05 (UBND tỉnh Bắc Ninh)" in refusal.value.detail
        assert refusal.value.errors[0].pointer == "/agency_code"


def test_a_closed_code_may_have_no_successor(seeded: Gateway) -> None:
    with pytest.raises(ClosedMemberError) as refusal:
        resolve(seeded, "H38.21")
    assert refusal.value.extensions["successor"] is None


def test_a_successor_that_is_closed_too_is_followed(seeded: Gateway) -> None:
    add(
        seeded,
        a_member("H90", valid_to=date(2024, 1, 1), successor=AgencyCode("H02")),
        a_member("H91", valid_to=date(2024, 1, 1), successor=AgencyCode("H92")),
        a_member("H92", valid_to=date(2024, 1, 1), successor=AgencyCode("H91")),
    )
    for code, successor in (("H90", "H05"), ("H91", None)):
        with pytest.raises(ClosedMemberError) as refusal:
            resolve(seeded, code)
        assert refusal.value.extensions["successor"] == successor


def test_a_code_is_in_force_from_midnight_to_midnight_in_vietnam(seeded: Gateway) -> None:
    add(seeded, a_member("H93", valid_from=date(2025, 7, 1), valid_to=date(2025, 8, 1)))
    with pytest.raises(UpcomingMemberError):
        resolve(seeded, "H93", at=datetime(2025, 6, 30, 16, 59, tzinfo=UTC))
    assert resolve(seeded, "H93", at=datetime(2025, 6, 30, 17, 0, tzinfo=UTC)).code == "H93"
    assert resolve(seeded, "H93", at=datetime(2025, 7, 31, 16, 59, tzinfo=UTC)).code == "H93"
    with pytest.raises(ClosedMemberError):
        resolve(seeded, "H93", at=datetime(2025, 7, 31, 17, 0, tzinfo=UTC))


def test_a_member_without_an_old_spelling_is_found_by_the_algorithm(seeded: Gateway) -> None:
    add(seeded, a_member("H94", qcvn=None))
    assert resolve(seeded, "000.00.00.H94").code == "H94"


def test_the_very_spelling_counts_before_its_full_form(seeded: Gateway) -> None:
    top = AgencyCode("H95")
    add(
        seeded,
        a_member("H95"),
        a_member("H95.01", parent=top, qcvn="22.H95"),
        a_member("H95.02", parent=top, qcvn="000.00.22.H95"),
        a_member("H95.22", parent=top, qcvn=None),
    )
    assert resolve(seeded, "22.H95").code == "H95.01"
    assert resolve(seeded, "000.00.22.H95").code == "H95.02"
    assert resolve(seeded, "H95.22").code == "H95.22"


def test_a_member_moved_to_another_branch_has_the_dates_of_that_branch(seeded: Gateway) -> None:
    top = AgencyCode("H02")
    add(seeded, a_member("H02.01", parent=top, qcvn="000.00.99.H38"))
    with pytest.raises(ClosedMemberError):
        resolve(seeded, "000.00.99.H38")


def test_a_procedure_is_found_however_its_agency_is_spelled(seeded: Gateway) -> None:
    for code in ("1.003560.H38", "1.003560.000.00.00.H38"):
        found = seeded.transact(find_procedure, ProcedureCode(code), pointer="/procedure_code")
        assert (found.code, found.national_code) == ("1.003560.H38", "1.003560")
        assert (found.sector_code, found.sector_name) == ("G03-GD10", "Lĩnh vực mẫu")


def test_an_unknown_procedure_is_refused_with_its_place(seeded: Gateway) -> None:
    with pytest.raises(UnknownProcedureError) as refusal:
        seeded.transact(find_procedure, ProcedureCode("1.999999"), pointer="/procedure_code")
    assert refusal.value.errors[0].pointer == "/procedure_code"
