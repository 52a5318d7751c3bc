"""What the portal would refuse or miscount comes back in the answer, and blocks only by setting."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.dossiers.domain.dossier import Dossier, Ends
from app.dossiers.domain.filing import (
    Attachment,
    Channel,
    Fee,
    FeeKind,
    FiledProcedure,
    Identity,
    IdentityType,
)
from app.dossiers.domain.handling import (
    Handling,
    Payment,
    PaymentMethod,
    ResultPaper,
    Supplement,
)
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.quality import Severity, findings_of
from app.dossiers.domain.statuses import Status
from app.main import create_app
from app.platform.settings import Settings
from tests.builders import RECEIVED, a_dossier, a_filing, a_held_dossier, seed_catalogue
from tests.gateway import Api, Gateway
from tests.wires.dvcqg_scripts import a_record

DUE = RECEIVED + timedelta(days=7)
GOOD_RESULT = ResultPaper("Giấy xác nhận", "https://onestop.example.vn/kq.pdf", "KQ.G15.000031")


def a_good_dossier(status: Status = Status.PROCESSING, **handling: Any) -> Dossier:
    """Return a dossier without a fault."""
    identity = Identity(IdentityType.CITIZEN_ID, "001099000123")
    paid = Payment(1, RECEIVED, 20_000, PaymentMethod.NATIONAL_PORTAL, "Ví Dụ")
    facts: dict[str, Any] = {"payments": (paid,), "results": (GOOD_RESULT,)} | handling
    return replace(
        a_held_dossier(status, filing=a_filing(identity=identity)),
        promise=Promise.given(DUE, counted_from=RECEIVED, now=RECEIVED),
        handling=Handling(**facts),
    )


def filed(**changes: Any) -> Callable[[Dossier], Dossier]:
    return lambda dossier: replace(dossier, filing=replace(dossier.filing, **changes))


def owned_by(identity: Identity | None) -> Callable[[Dossier], Dossier]:
    def change(dossier: Dossier) -> Dossier:
        applicant = replace(dossier.filing.applicant, identity=identity)
        return replace(dossier, filing=replace(dossier.filing, applicant=applicant))

    return change


def timed(**changes: Any) -> Callable[[Dossier], Dossier]:
    def change(dossier: Dossier) -> Dossier:
        times = replace(dossier.filing.times, **changes)
        return replace(dossier, filing=replace(dossier.filing, times=times))

    return change


def with_file_at(url: str) -> Callable[[Dossier], Dossier]:
    return filed(attachments=(Attachment("TP01", "don.pdf", url, digitised=True),))


def with_rounds(number: int) -> Callable[[Dossier], Dossier]:
    rounds = tuple(
        Supplement(place, RECEIVED, "Ví Dụ", Status.ACCEPTED, "Bổ sung đơn", DUE)
        for place in range(1, number + 1)
    )
    return lambda dossier: replace(dossier, handling=Handling(supplements=rounds))


def names(dossier: Dossier) -> list[str]:
    return [finding.name for finding in findings_of(dossier)]


@pytest.mark.parametrize("status", [Status.PROCESSING, Status.FINISHED])
def test_a_good_dossier_has_no_finding(status: Status) -> None:
    assert names(a_good_dossier(status)) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (owned_by(None), "owner-without-identity"),
        (owned_by(Identity(IdentityType.PASSPORT, "C1")), "owner-without-identity"),
        (owned_by(Identity(IdentityType.IDENTITY_CARD, "000000001")), "owner-identity-invented"),
        (owned_by(Identity(IdentityType.CITIZEN_ID, "9" * 12)), "owner-identity-invented"),
        (
            filed(procedure=FiledProcedure(a_filing().procedure.code, "Tên", "", "Tên")),
            "sector-code-missing",
        ),
        (lambda dossier: replace(dossier, promise=Promise()), "no-due-date"),
        (timed(submitted_at=None), "online-without-submission"),
        (timed(submitted_at=DUE), "received-before-submitted"),
        (timed(received_at=RECEIVED + timedelta(hours=1)), "received-in-the-future"),
        (filed(attachments=()), "nothing-digitised"),
        (with_file_at("http://localhost/1"), "file-out-of-reach"),
        (with_file_at("http://10.0.0.5/1"), "file-out-of-reach"),
        (with_file_at("http://may-chu/1"), "file-out-of-reach"),
        (with_rounds(2), "supplement-asked-again"),
    ],
    ids=[
        *("nobody", "a passport", "a placeholder", "one digit", "no sector", "no due date"),
        *("not submitted", "submitted later", "received tomorrow", "no paper", "this machine"),
        *("a private address", "a bare name", "two rounds"),
    ],
)
def test_a_fault_is_found_by_its_name_and_alone(
    change: Callable[[Dossier], Dossier], name: str
) -> None:
    assert names(change(a_good_dossier())) == [name]


@pytest.mark.parametrize(
    ("handling", "ends", "name"),
    [
        ({"results": ()}, Ends(), "result-not-electronic"),
        ({"results": (replace(GOOD_RESULT, result_code=""),)}, Ends(), "result-not-electronic"),
        ({"results": (replace(GOOD_RESULT, url=""),)}, Ends(), "result-not-electronic"),
        ({"payments": ()}, Ends(), "fee-not-paid-online"),
        ({}, Ends(finished_at=RECEIVED - timedelta(days=1)), "finished-before-received"),
    ],
    ids=["no result", "no code", "no file", "not online", "finished before"],
)
def test_a_fault_of_a_finished_dossier_is_found(
    handling: dict[str, Any], ends: Ends, name: str
) -> None:
    assert names(replace(a_good_dossier(Status.FINISHED, **handling), ends=ends)) == [name]


def test_a_dossier_returned_and_never_finished_is_found() -> None:
    assert names(a_good_dossier(Status.RETURNED)) == ["returned-without-finish"]


def test_one_round_of_papers_and_a_fee_of_nothing_are_no_fault() -> None:
    assert names(with_rounds(1)(a_good_dossier())) == []
    free = filed(fees=(Fee("LP01", "Lệ phí mẫu", 0, FeeKind.FEE),))
    assert names(free(a_good_dossier(Status.FINISHED, payments=()))) == []


def test_what_the_portal_refuses_is_told_first() -> None:
    poor = owned_by(None)(filed(attachments=(), channel=Channel.COUNTER)(a_good_dossier()))
    assert [one.severity for one in findings_of(poor)] == [Severity.REFUSED, Severity.MISCOUNTED]


def test_findings_come_back_with_the_dossier_and_do_not_block(province: Api) -> None:
    poor = a_dossier(attachments=[], submitted_at=None)
    answer = province.post("/v1/dossiers", json=poor)
    assert answer.status_code == 201
    found = {one["name"]: one for one in answer.json()["findings"]}
    assert {"nothing-digitised", "online-without-submission"} <= found.keys()
    assert found["nothing-digitised"]["pointer"] == "/attachments"
    shown = province.get(f"/v1/dossiers/{answer.json()['code']}").json()
    assert shown["findings"] == answer.json()["findings"]


@pytest.fixture
def strict(settings: Settings, clock: Any) -> Iterator[Gateway]:
    chosen = settings.model_copy(update={"quality_blocks": "refused"})
    with TestClient(create_app(chosen, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, chosen, clock)
        seed_catalogue(gateway)
        yield gateway


def test_what_the_portal_refuses_blocks_where_the_setting_says_so(strict: Gateway) -> None:
    api = strict.client("H38")
    owner = a_dossier()["applicant"] | {"identity_type": "passport", "identity_number": "C1"}
    refused = api.post("/v1/dossiers", json=a_dossier(applicant=owner, code="H38.12-261102-0001"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/poor-dossier")
    assert refused.json()["errors"][0]["pointer"] == "/applicant/identity_number"
    assert api.get("/v1/dossiers/H38.12-261102-0001").status_code == 404
    assert api.post("/v1/dossiers", json=a_dossier(attachments=[])).status_code == 201


def test_it_blocks_at_the_facade_too(strict: Gateway) -> None:
    headers = {"Authorization": strict.client("H38").headers["Authorization"]}
    target = "/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV=H38&isUpdating=False"
    body = f"[{a_record(DinhDanhCHS='[]')}]".encode()
    answer = strict.http.post(target, content=body, headers=headers).json()
    assert (answer["error_code"], "số định danh" in answer["message"]) == (-1, True)
