"""GET /v1/public-services/dossiers/{code} with an id_token instead of a tracking code."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from app.codes import DossierCode
from app.dossiers.store import find
from app.dossiers.sync import record_of
from app.evidence.domain import Entry
from mock_ngsp.faults import Fault
from tests.builders import a_dossier, evidence_of, seed_catalogue
from tests.gateway import Api, Gateway
from tests.public_services.accounts import OTHER, OWNER, Accounts
from tests.public_services.forgeries import FORGED, headed, later

ROUTE = "GET /v1/public-services/dossiers/{code}"


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def accounts(gateway: Gateway) -> Accounts:
    return Accounts(gateway)


def submitted(province: Api, **changes: Any) -> str:
    answer = province.post("/v1/dossiers", json=a_dossier(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def applicant(**changes: Any) -> dict[str, Any]:
    return {"applicant": a_dossier()["applicant"] | changes}


def told_account(gateway: Gateway, code: str) -> str:
    """Return the TechID that the nation is told of a dossier."""

    def read(connection: Connection) -> str:
        found = find(connection, DossierCode(code))
        assert found is not None
        return record_of(found.facts()).owner_account_id

    return gateway.transact(read)


def links(gateway: Gateway, code: str) -> list[Entry]:
    entries = evidence_of(gateway, f"dossier:{code}")
    return [one for one in entries if one.act == "dossier.account.link"]


def test_its_owner_sees_a_dossier_and_is_linked_to_it_once(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    answers = [accounts.look(code, accounts.token()) for _ in range(3)]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(200, code)] * 3
    answer = answers[0]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["timeline"][-1]["status"] == "registered", "no step of its own"
    (link,) = links(gateway, code)
    assert link.client_id == "system:sign-on"
    assert told_account(gateway, code) == OWNER
    assert accounts.keys_read() == 1


def test_the_nation_is_told_the_account_of_what_came_online_only(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province, channel="counter", intake=None)
    assert accounts.look(code, accounts.token()).status_code == 200
    assert len(links(gateway, code)) == 1
    assert told_account(gateway, code) == ""


def test_who_was_linked_is_known_without_a_number(province: Api, accounts: Accounts) -> None:
    code = submitted(province)
    nameless = accounts.token(SoDinhDanh=None)
    assert accounts.look(code, nameless).status_code == 404
    accounts.look(code, accounts.token())
    assert accounts.look(code, nameless).status_code == 200


def test_others_get_the_one_answer_and_leave_their_trace(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    hidden = accounts.look(code, accounts.token(OTHER))
    absent = accounts.look("H38.12-261102-9999", accounts.token(OTHER))
    wrong = accounts.look(code, "x.y.z")
    bodies = [one.json() | {"instance": ""} for one in (hidden, absent, wrong)]
    assert {one.status_code for one in (hidden, absent, wrong)} == {404}
    assert bodies[0] == bodies[1] == bodies[2]
    assert links(gateway, code) == []
    traces = evidence_of(gateway, ROUTE)
    assert [one.outcome for one in traces] == ["status-not-shown"] * 2
    assert not [one for one in traces if OTHER in f"{one.subject}{one.client_id}"]


BODIES = {
    "an enterprise by its tax code": ("tech-gia-dinh-0003", "enterprise", "tax_code", "0000000003"),
    "a citizen by an old card": (OTHER, "citizen", "identity_card", "000000002"),
}


@pytest.mark.parametrize("who", BODIES)
def test_each_kind_of_owner_is_known_by_its_own_number(
    province: Api, accounts: Accounts, who: str
) -> None:
    tech_id, kind, paper, number = BODIES[who]
    code = submitted(province, **applicant(kind=kind, identity_type=paper, identity_number=number))
    assert accounts.look(code, accounts.token(tech_id)).status_code == 200
    assert accounts.look(code, accounts.token()).status_code == 404


def test_a_number_counts_for_its_own_kind_only(province: Api, accounts: Accounts) -> None:
    number = {"identity_number": "000000000001"}
    passport = submitted(province, **applicant(identity_type="passport", **number))
    tax_code = submitted(
        province, **applicant(kind="enterprise", identity_type="tax_code", **number)
    )
    for code in (passport, tax_code):
        assert accounts.look(code, accounts.token()).status_code == 404
        assert accounts.look(code, accounts.token(SoDinhDanh="", SoCMND="")).status_code == 404


def test_an_organisation_has_no_number(province: Api, accounts: Accounts) -> None:
    code = submitted(
        province,
        **applicant(kind="organisation", identity_type="tax_code", identity_number="0000000004"),
    )
    token = accounts.token("tech-gia-dinh-0004", MaSoThue="0000000004")
    assert accounts.look(code, token).status_code == 404


def test_a_tracking_code_is_enough_beside_a_bad_token(province: Api, accounts: Accounts) -> None:
    made = province.post("/v1/dossiers", json=a_dossier()).json()
    tracking = {"X-Tracking-Code": made["tracking_code"]}
    assert accounts.look(made["code"], "x.y.z", **tracking).status_code == 200
    assert accounts.look(made["code"], accounts.token(OTHER), **tracking).status_code == 200


def test_who_holds_anothers_tracking_code_is_not_linked(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    made = province.post("/v1/dossiers", json=a_dossier()).json()
    tracking = {"X-Tracking-Code": made["tracking_code"]}
    accounts.look(made["code"], accounts.token(OTHER), **tracking)
    assert links(gateway, made["code"]) == []


@pytest.mark.parametrize("forged", FORGED)
def test_a_token_that_is_not_good_opens_nothing(
    gateway: Gateway, province: Api, accounts: Accounts, forged: str
) -> None:
    code = submitted(province)
    answer = accounts.look(code, FORGED[forged](accounts))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/status-not-shown")
    assert links(gateway, code) == []
    assert accounts.look(code, accounts.token()).status_code == 200


def test_clocks_may_differ_a_little(province: Api, accounts: Accounts) -> None:
    code = submitted(province)
    for seconds in ({"exp": -59}, {"iat": 59}):
        assert accounts.look(code, later(**seconds)(accounts)).status_code == 200


def test_kinds_and_numbers_may_be_numbers(province: Api, accounts: Accounts) -> None:
    code = submitted(province)
    assert accounts.look(code, accounts.token(LoaiTaiKhoan=1)).status_code == 200


def test_without_an_issuer_a_token_is_nothing(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    gateway.http.app.state.id_tokens = None  # type: ignore[attr-defined]
    assert accounts.look(code, accounts.token()).status_code == 404


def test_a_bearer_of_another_scheme_is_nothing(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    address = f"/v1/public-services/dossiers/{code}"
    given = {"Authorization": f"Basic {accounts.token()}"}
    assert gateway.http.get(address, headers=given).status_code == 404


def test_looks_with_a_token_count_like_any_other(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    for _ in range(gateway.settings.tracking_attempts_per_minute):
        accounts.look(code, "x.y.z")
    assert accounts.look(code, accounts.token()).status_code == 429


def test_a_new_key_is_read_when_a_token_names_it(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    old = accounts.token()
    assert accounts.look(code, old).status_code == 200
    accounts.universe.provider.rotate()
    gateway.clock.advance(timedelta(seconds=30))
    assert accounts.look(code, accounts.token()).status_code == 200
    assert accounts.look(code, old).status_code == 404, "its key is published no longer"
    assert accounts.keys_read() == 2


def test_unknown_keys_do_not_have_the_list_read_again_and_again(
    province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    for number in range(10):
        accounts.look(code, headed(kid=str(number))(accounts))
    assert accounts.keys_read() == 1


def test_while_keys_cannot_be_read_nobody_can_tell(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    accounts.universe.faults.add(Fault("jwks", 1, status=503))
    for _ in range(2):
        answer = accounts.look(code, accounts.token())
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/sign-on-unavailable")
    gateway.clock.advance(timedelta(seconds=30))
    assert accounts.look(code, accounts.token()).status_code == 200


def test_known_keys_outlive_an_issuer_that_is_away(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    code = submitted(province)
    accounts.look(code, accounts.token())
    accounts.universe.faults.add(Fault("jwks", 1, status=503))
    gateway.clock.advance(timedelta(hours=2))
    assert accounts.look(code, accounts.token()).status_code == 200
    assert accounts.keys_read() == 2
