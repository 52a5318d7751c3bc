"""Every act: who is let in, what it leaves, and what it leads to."""

from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from tests.acting import BEFORE, do, done, example_of, path_of, staged
from tests.builders import ABSENT, evidence_of
from tests.gateway import Api, Gateway

REASONED = ("refusal", "withdrawal", "send-backs", "stops", "supplements", "extensions")
FINANCE = {"kind": "system", "name": "Cổng thanh toán"}


def steps_of(api: Api, code: str) -> list[Any]:
    found: list[Any] = api.get(f"/v1/dossiers/{code}/progress").json()["items"]
    return found


def shown(api: Api, code: str) -> Any:
    return api.get(f"/v1/dossiers/{code}").json()


def refusal_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


@pytest.mark.usefixtures("province")
def test_an_act_wants_a_token_its_scope_and_a_dossier_of_ones_own(
    gateway: Gateway, stranger: Api
) -> None:
    code = staged(gateway.client("H38"), "acceptance")
    submitter = gateway.client("H38", Scope.SUBMIT_DOSSIERS, Scope.READ_DOSSIERS)
    for act in BEFORE:
        path, body = path_of(code, act), example_of(act)
        nobody = gateway.http.post(path, json=body)
        assert nobody.status_code == 401
        assert submitter.post(path, json=body).status_code == 403
        theirs, unknown = do(stranger, code, act), do(stranger, "H38.12-261102-9999", act)
        assert theirs.json() | {"instance": ""} == unknown.json() | {"instance": ""}
        assert refusal_of(theirs) == (404, "unknown-dossier")


def test_an_act_is_read_strictly(province: Api) -> None:
    code = staged(province, "acceptance")
    for act in BEFORE:
        answer = do(province, code, act, colour="red", actor={"kind": "mayor"})
        pointers = {wrong["pointer"] for wrong in answer.json()["errors"]}
        assert (answer.status_code, pointers) == (422, {"/colour", "/actor/kind"})
        named = province.post(path_of(code, act), json={}).json()["errors"]
        assert "/actor" in {wrong["pointer"] for wrong in named}
    for act in REASONED:
        answer = do(province, code, act, reason="")
        assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["/reason"]


def test_an_act_wants_an_idempotency_key_and_is_done_once(province: Api) -> None:
    code = staged(province, "forwardings")
    path, body = path_of(code, "forwardings"), example_of("forwardings")
    assert province.post(path, json=body, headers={"Idempotency-Key": ""}).status_code == 400
    first, again = (province.post(path, key="once", json=body) for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert len(steps_of(province, code)) == 3


@pytest.mark.parametrize("act", ["refusal", "rating", "supplements/{number}/receipt"])
def test_each_act_leaves_a_step_and_an_entry(gateway: Gateway, province: Api, act: str) -> None:
    code = staged(province, act)
    before = [entry.act for entry in evidence_of(gateway, f"dossier:{code}")]
    answer = done(province, code, act)
    entries = evidence_of(gateway, f"dossier:{code}")
    assert [entry.act for entry in entries] == [*before, answer["act"]]
    last = steps_of(province, code)[-1]
    assert {name: answer[name] for name in last} == last
    assert answer["handling"] == shown(province, code)["handling"]


LEADS_TO = {
    "acceptance": ("dossier.accept", "accepted"),
    "refusal": ("dossier.refuse", "rejected"),
    "withdrawal": ("dossier.withdraw", "withdrawn"),
    "forwardings": ("dossier.forward", "processing"),
    "send-backs": ("dossier.send_back", "accepted"),
    "stops": ("dossier.stop", "stopped"),
    "resumptions": ("dossier.resume", "processing"),
    "supplements": ("dossier.supplement.ask", "supplement_requested"),
    "supplements/{number}/receipt": ("dossier.supplement.receive", "accepted"),
    "papers": ("dossier.paper.add", "processing"),
    "fees": ("dossier.fee.ask", "payment_requested"),
    "payments": ("dossier.payment.record", "processing"),
    "extensions": ("dossier.extend", "processing"),
    "parts": ("dossier.parts.open", "processing"),
    "completion": ("dossier.finish", "finished"),
    "results": ("dossier.return", "returned"),
    "rating": ("dossier.rate", "returned"),
}


def test_every_act_leads_where_it_should(province: Api) -> None:
    found = {}
    for act in BEFORE:
        answer = done(province, staged(province, act), act)
        found[act] = (answer["act"], answer["status"])
    assert found == LEADS_TO


def test_an_act_out_of_turn_says_when_its_turn_is(province: Api) -> None:
    code = staged(province, "acceptance")
    done(province, code, "refusal")
    for act in set(BEFORE) - {"rating", "supplements/{number}/receipt"}:
        answer = do(province, code, act)
        assert refusal_of(answer) == (409, "act-out-of-turn")
        assert "Không được tiếp nhận" in answer.json()["detail"]
        assert answer.json()["present"] == "rejected"


def test_an_act_that_is_for_others_is_refused(province: Api) -> None:
    code = staged(province, "stops")
    answer = do(province, code, "stops", actor={"kind": "citizen"})
    assert refusal_of(answer) == (409, "forbidden-actor")
    assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["/actor/kind"]


def test_a_step_says_what_was_done_in_words(province: Api) -> None:
    code = staged(province, "send-backs")
    done(province, code, "send-backs", actor={"kind": "leader"})
    done(province, code, "forwardings", content="Chuyển lại phòng chuyên môn")
    words = [step["content"] for step in steps_of(province, code)]
    assert words[1:] == [
        "Tiếp nhận hồ sơ",
        "Chuyển xử lý: Phòng Chuyên môn",
        "Trả lại bước trước: Thiếu bản chính",
        "Chuyển lại phòng chuyên môn",
    ]


def test_a_due_date_given_at_acceptance_is_the_one_that_counts(province: Api) -> None:
    code = staged(province, "acceptance", due_at=ABSENT)
    answer = done(province, code, "acceptance", due_at="2026-11-20T11:00:00+07:00")
    assert answer["dossier_due_at"] == "2026-11-20T11:00:00+07:00"
    assert [one["reason"] for one in shown(province, code)["due_history"]] == ["given"]


def test_without_one_it_is_computed_from_the_acceptance(province: Api) -> None:
    code = staged(province, "acceptance", due_at=ABSENT)
    answer = done(province, code, "acceptance", happened_at="2026-11-20T10:00:00+07:00")
    assert answer["dossier_due_at"] == "2026-11-30T10:00:00+07:00"


def test_a_stopped_dossier_is_resumed_where_it_was_stopped(province: Api) -> None:
    code = staged(province, "forwardings")
    done(province, code, "stops")
    assert done(province, code, "resumptions")["status"] == "accepted"
    assert shown(province, code)["handling"]["stop"]["reason"] == "Đang có tranh chấp"


def test_a_withdrawal_notes_whose_wish_it_was(province: Api) -> None:
    code = staged(province, "withdrawal")
    answer = done(province, code, "withdrawal")
    assert answer["handling"]["withdrawal"] == {
        "reason": "Không còn nhu cầu",
        "happened_at": "2026-11-02T09:00:00+07:00",
        "decided_by": "Người nộp hồ sơ",
    }


def test_it_is_put_off_once(province: Api) -> None:
    code = staged(province, "extensions")
    early = do(province, code, "extensions", due_at="2026-11-09T16:00:00+07:00")
    assert refusal_of(early) == (422, "not-later")
    holiday = do(province, code, "extensions", due_at="2026-11-24T17:00:00+07:00")
    assert refusal_of(holiday) == (422, "due-on-day-off")
    found = done(province, code, "extensions")["handling"]["extension"]
    assert (found["due_before"], found["due_after"]) == (
        "2026-11-09T17:00:00+07:00",
        "2026-11-16T17:00:00+07:00",
    )
    again = do(province, code, "extensions", due_at="2026-11-18T17:00:00+07:00")
    assert refusal_of(again) == (409, "already-extended")
    reasons = [one["reason"] for one in shown(province, code)["due_history"]]
    assert reasons == ["given", "extended"]


def test_an_apology_that_is_reported_late_counts_from_when_it_was_made(
    gateway: Gateway, province: Api
) -> None:
    code = staged(province, "extensions")
    gateway.clock.advance(timedelta(days=60))
    later = gateway.client("H38")
    made = {"happened_at": "2026-11-06T15:00:00+07:00", "due_at": "2026-11-16T17:00:00+07:00"}
    assert done(later, code, "extensions", **made)["dossier_due_at"] == made["due_at"]


@pytest.mark.parametrize("way", ["counter", "post"])
def test_a_result_is_returned(province: Api, way: str) -> None:
    code = staged(province, "results")
    answer = done(province, code, "results", way=way, tracking_number="EB000000001VN")
    handover = answer["handling"]["handover"]
    assert (handover["way"], handover["tracking_number"]) == (way, "EB000000001VN")
    assert shown(province, code)["returned_at"] == "2026-11-02T09:00:00+07:00"


def test_an_electronic_result_needs_a_file(province: Api) -> None:
    code = staged(province, "completion")
    done(province, code, "completion", results=[])
    answer = do(province, code, "results", way="electronic")
    assert refusal_of(answer) == (422, "no-electronic-result")
    paper = example_of("completion")["results"][0]
    returned = done(province, code, "results", way="electronic", results=[paper])
    assert [one["name"] for one in returned["handling"]["results"]] == ["Giấy xác nhận mẫu"]


def test_a_dossier_is_rated_once_and_from_one_to_five(province: Api) -> None:
    code = staged(province, "rating")
    assert do(province, code, "rating", score=6).status_code == 422
    assert done(province, code, "rating")["handling"]["rating"]["score"] == 5
    assert refusal_of(do(province, code, "rating")) == (409, "already-rated")
