"""Rules of a dossier beside its statuses: codes, identities, dates, national state."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.codes import AgencyCode
from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.dossier import National, NationalState, staff_of
from app.dossiers.domain.errors import (
    DueTooEarlyError,
    InvalidIdentityError,
    UncodableAgencyError,
)
from app.dossiers.domain.filing import Filing, Identity, IdentityType, Times
from app.dossiers.domain.numbers import (
    code_of,
    day_of,
    is_same_tracking_code,
    new_tracking_code,
)
from tests.builders import RECEIVED, a_filing


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdentityType.CITIZEN_ID, "00000000001"),
        (IdentityType.CITIZEN_ID, "00000000000A"),
        (IdentityType.CITIZEN_ID, "٠٠٠٠٠٠٠٠٠٠٠١"),
        (IdentityType.IDENTITY_CARD, "000000000001"),
        (IdentityType.TAX_CODE, "000000001"),
    ],
)
def test_a_number_without_the_form_of_its_kind_is_refused(kind: IdentityType, number: str) -> None:
    with pytest.raises(InvalidIdentityError) as refusal:
        Identity(kind, number)
    assert refusal.value.errors[0].pointer == "/applicant/identity_number"
    assert number not in refusal.value.detail + refusal.value.detail_en


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdentityType.CITIZEN_ID, "000000000001"),
        (IdentityType.IDENTITY_CARD, "000000001"),
        (IdentityType.TAX_CODE, "0000000001-001"),
        (IdentityType.PASSPORT, "X0000001"),
        (IdentityType.OTHER, "bất kỳ"),
    ],
)
def test_a_number_with_the_form_of_its_kind_is_taken(kind: IdentityType, number: str) -> None:
    assert Identity(kind, number).number == number


def test_a_result_cannot_be_due_before_the_dossier_was_received() -> None:
    with pytest.raises(DueTooEarlyError):
        Times(RECEIVED, due_at=RECEIVED - timedelta(seconds=1))
    assert Times(RECEIVED, due_at=RECEIVED).due_at == RECEIVED


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 1, 16, 59, 59, tzinfo=UTC), "261101"),
        (datetime(2026, 11, 1, 17, 0, tzinfo=UTC), "261102"),
    ],
)
def test_the_day_of_a_code_is_the_day_in_vietnam(moment: datetime, day: str) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("number", "code"), [(7, "H38.12-261102-0007"), (12345, "H38.12-261102-12345")]
)
def test_the_number_has_four_digits_or_more(number: int, code: str) -> None:
    assert code_of(AgencyCode("000.00.12.H38"), "261102", number) == code


def test_an_agency_whose_code_does_not_fit_must_bring_its_own_dossier_codes() -> None:
    with pytest.raises(UncodableAgencyError):
        code_of(AgencyCode("0000000001"), "261102", 1)


def test_tracking_codes_are_long_random_and_cannot_be_misread() -> None:
    codes = {new_tracking_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{20}", code) for code in codes)


def test_a_tracking_code_may_be_typed_as_people_type() -> None:
    kept = "7K3MPA9TXWQ4ZD2HVEBR"
    assert is_same_tracking_code(kept, "7k3mp-a9txw q4zd2-hvebr")
    assert not is_same_tracking_code(kept, "7K3MPA9TXWQ4ZD2HVEBS")
    assert not is_same_tracking_code(kept, "mã có dấu")
    assert not is_same_tracking_code(None, "0" * 20)


def test_a_filing_survives_being_written_down() -> None:
    filing = a_filing()
    assert Filing.of(filing.facts()) == filing


def test_whoever_is_not_named_is_the_agency_in_fifty_characters() -> None:
    assert staff_of(a_filing(), None) == "Sở Ví Dụ tỉnh Lào Cai"
    assert staff_of(a_filing(), ActorKind.OFFICER) == "Sở Ví Dụ tỉnh Lào Cai"


def test_the_owner_is_not_named_behind_their_back() -> None:
    assert staff_of(a_filing(), ActorKind.CITIZEN) == "Người nộp hồ sơ"


def test_only_the_delivery_of_the_last_act_makes_a_dossier_delivered() -> None:
    first = National(NationalState.WAITING, "one")
    both = first.owing("two", is_connected=True)
    half = both.delivered("one", at=RECEIVED)
    assert (half.state, half.delivered_at) == (NationalState.WAITING, RECEIVED)
    assert half.delivered("two", at=RECEIVED).state is NationalState.DELIVERED


@pytest.mark.parametrize("state", [NationalState.REFUSED, NationalState.DEFERRED])
def test_what_is_held_up_stays_so_through_further_acts(state: NationalState) -> None:
    held = National(NationalState.WAITING, "one").held_up(state, "http-503")
    again = held.owing("two", is_connected=True)
    assert (again.state, again.reason, again.owed_id) == (state, "http-503", "two")


def test_without_a_national_portal_a_dossier_says_so() -> None:
    fresh = National(NationalState.DELIVERED, "one").owing("two", is_connected=False)
    assert fresh.state is NationalState.NOT_CONNECTED
