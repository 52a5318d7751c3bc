"""Results a person was given before: searched with consent, reused, told to the nation as reuse."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.access.domain import Scope
from app.dossiers.schemas.incoming import EXAMPLE
from app.dossiers.schemas.searching import SEARCH
from app.dossiers.tables import searches
from app.evidence.tables import evidence
from tests.acting import done, staged
from tests.builders import a_dossier, evidence_of
from tests.documents.large import stored
from tests.dossiers.test_files import slug
from tests.dossiers.test_sync import Nation, turn
from tests.gateway import Api, Gateway
from tests.uploads import BASE, a_file, a_paper, fetch, uploaded

CODE = "KQ.H38.000001"
SOMEBODY = {"applicant": EXAMPLE["applicant"] | {"identity_number": "000000000002"}}


def search(api: Api, **changes: Any) -> httpx.Response:
    return api.post("/v1/dossiers/results/search", json=SEARCH | changes)


def found(api: Api, **changes: Any) -> dict[str, Any]:
    answer = search(api, **changes)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def with_result(api: Api, **result: Any) -> str:
    """Return the code of a finished dossier with a result."""
    code = staged(api, "completion")
    paper = {"name": "Giấy xác nhận mẫu", "result_code": CODE, "number": "07/GXN"} | result
    done(api, code, "completion", results=[paper])
    return code


def reusing(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a dossier, with a paper that takes over the first result that was found."""
    (first, *_) = body["items"]
    reuse = {name: first[name] for name in ("dossier_code", "result")}
    paper = {"name": "giay-xac-nhan.pdf", "component_code": "TP02"}
    papers = [paper | {"reuses": reuse | {"search_id": body["search_id"]}}]
    return a_dossier(attachments=papers, **changes)


def test_a_search_takes_a_token_the_scope_purpose_and_consent(gateway: Gateway) -> None:
    nobody = gateway.http.post("/v1/dossiers/results/search", json=SEARCH)
    assert slug(nobody) == (401, "invalid-token")
    assert slug(search(gateway.client("H38", Scope.READ_DOSSIERS))) == (403, "insufficient-scope")
    api = gateway.client("H38")
    for name in ("purpose", "consent"):
        without = {key: one for key, one in SEARCH.items() if key != name}
        answer = api.post("/v1/dossiers/results/search", json=without)
        assert (slug(answer)[1], answer.json()["errors"][0]["pointer"]) == (
            "invalid-input", f"/{name}",
        )  # fmt: skip
    ahead = SEARCH["consent"] | {"given_at": "2026-11-02T09:00:01+07:00"}
    assert slug(search(api, consent=ahead)) == (422, "consent-in-the-future")
    assert slug(search(api, identity_number="12")) == (422, "invalid-identity")


def test_a_search_answers_what_any_agency_gave_that_person(gateway: Gateway, province: Api) -> None:
    file = uploaded(province, a_file(size=1000))["id"]
    code = with_result(province, file_id=file, issued_on="2026-11-01")
    with_result(province, result_code="KQ.H38.000002")
    staged(province, "completion")
    commune = gateway.client("H38.61")
    (item,) = found(commune)["items"]
    url = item.pop("url")
    assert fetch(gateway, url.removeprefix(BASE)).content == a_file(size=1000)
    assert item == {
        "dossier_code": code,
        "result": 1,
        "name": "Giấy xác nhận mẫu",
        "result_code": CODE,
        "number": "07/GXN",
        "issued_on": "2026-11-01",
        "agency_code": "H38.12",
        "agency_name": "Sở Kiểm thử Dữ liệu",
        "procedure_code": "1.003560.H38",
        "procedure_name": "Cấp giấy xác nhận mẫu (thủ tục giả định để chạy thử)",
        "finished_at": "2026-11-02T09:00:00+07:00",
        "returned_at": None,
        "url_expires_at": "2026-11-02T09:15:00+07:00",
    }
    assert len(found(commune, result_codes=[])["items"]) == 2
    assert found(commune, identity_number="000000000002")["items"] == []
    assert found(commune, identity_type="identity_card", identity_number="000000001")["items"] == []


def test_purpose_and_consent_are_kept_and_the_log_has_only_a_keyed_hash(
    gateway: Gateway, province: Api
) -> None:
    first, second = (found(province)["search_id"] for _ in range(2))
    other = found(province, identity_number="000000000002")["search_id"]
    row = gateway.transact(
        lambda connection: connection.execute(select(searches).where(searches.c.id == first)).one()
    )
    assert (row.purpose, row.consent, row.found) == (SEARCH["purpose"], "PDY-0001", 0)
    digests = [evidence_of(gateway, f"result-search:{one}")[0].digest for one in
               (first, second, other)]  # fmt: skip
    assert digests[0] == digests[1] != digests[2]
    whole = gateway.transact(lambda connection: connection.execute(select(evidence)).all())
    assert SEARCH["identity_number"] not in json.dumps([list(row) for row in whole], default=str)


@pytest.mark.parametrize("is_held", [True, False])
def test_a_result_stands_in_for_a_paper_and_the_nation_learns_that(
    gateway: Gateway,
    province: Api,
    is_held: bool,  # noqa: FBT001
) -> None:
    url = "https://onestop.example.vn/results/0001.pdf"
    where = {"file_id": uploaded(province, a_file())["id"]} if is_held else {"url": url}
    earlier = with_result(province, **where)
    commune = gateway.client("H38.61")
    body = reusing(found(commune), agency_code="H38.61")
    answer = commune.post("/v1/dossiers", json=body)
    assert answer.status_code == 201, answer.text
    (paper,) = answer.json()["attachments"]
    assert paper["reuse"] == {
        "kind": "result", "dossier": earlier, "number": 1, "result_code": CODE,
    }  # fmt: skip
    nation = Nation()
    turn(gateway, nation)
    (record,) = [one for one, _ in nation.told if one.code == answer.json()["code"]]
    (told,) = record.papers
    assert (told.reuse, told.replacing_result_code) == ("2", CODE)
    if is_held:
        assert paper["file_id"] not in {"", where["file_id"]}
        assert fetch(gateway, told.url.removeprefix(BASE)).content == a_file()
        assert stored(gateway).size == len(a_file())
    else:
        assert told.url == url
    acts = [entry.act for entry in evidence_of(gateway, f"dossier:{earlier}")]
    assert acts[-1] == "dossier.result.reuse"


def test_what_the_owner_did_not_consent_to_is_not_reused(gateway: Gateway, province: Api) -> None:
    with_result(province, url="https://onestop.example.vn/results/0001.pdf")
    commune, other = gateway.client("H38.61"), gateway.client("H38.12")
    body = found(commune)
    wrong = [
        reusing(body | {"search_id": "khong-co"}, agency_code="H38.61"),
        reusing(body, agency_code="H38.61", **SOMEBODY),
        reusing({**body, "items": [body["items"][0] | {"result": 2}]}, agency_code="H38.61"),
        reusing(found(other), agency_code="H38.61"),
    ]
    for one in wrong:
        answer = commune.post("/v1/dossiers", json=one)
        assert slug(answer) == (422, "not-reusable")
        assert answer.json()["errors"][0]["pointer"] == "/attachments/0/reuses"
    gateway.clock.advance(timedelta(days=30))
    late = gateway.client("H38.61").post("/v1/dossiers", json=reusing(body, agency_code="H38.61"))
    assert slug(late) == (422, "not-reusable")


def test_a_paper_of_ones_own_earlier_dossier_is_reused_without_a_search(
    gateway: Gateway, province: Api
) -> None:
    earlier = staged(province, "acceptance", attachments=[a_paper(uploaded(province)["id"])])
    paper = {"name": "lai.pdf", "reuses": {"dossier_code": earlier, "paper": 1}}
    code = staged(province, "papers")
    added = done(province, code, "papers", papers=[paper])
    assert added["handling"]["papers"][0]["reuse"]["kind"] == "component"
    nation = Nation()
    turn(gateway, nation)
    (record,) = [one for one, _ in nation.told if one.code == code]
    assert [one.reuse for one in record.papers] == ["0", "1"]
    commune = gateway.client("H38.61")
    foreign = commune.post(
        "/v1/dossiers", json=a_dossier(agency_code="H38.61", attachments=[paper])
    )
    assert slug(foreign) == (422, "not-reusable")
