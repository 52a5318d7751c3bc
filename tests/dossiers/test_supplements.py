"""Rounds of supplements through the API: they stop the clock, and end in two ways."""

from typing import Any

import pytest

from app.platform.settings import Settings
from tests.acting import do, done, example_of, staged
from tests.dossiers.test_acts import refusal_of, shown
from tests.gateway import Api, Gateway

RECEIPT = "supplements/{number}/receipt"
ASKED = "2026-11-03T09:00:00+07:00"
CAME = "2026-11-05T09:00:00+07:00"


def a_round(api: Api, code: str, **receipt: Any) -> Any:
    done(api, code, "supplements", happened_at=ASKED)
    return done(api, code, RECEIPT, happened_at=CAME, **receipt)


def test_asking_sets_the_day_until_when_papers_can_be_brought(province: Api) -> None:
    answer = done(province, staged(province, "supplements"), "supplements", happened_at=ASKED)
    (asked,) = answer["handling"]["supplements"]
    assert (asked["number"], asked["asked_from"]) == (1, "processing")
    assert asked["answer_by"] == "2026-11-12T09:00:00+07:00"
    assert asked["papers"] == ["Bản sao giấy tờ tùy thân"]
    assert answer["content"] == (
        "Yêu cầu bổ sung giấy tờ: Hồ sơ thiếu giấy tờ; Bản sao giấy tờ tùy thân"
    )


def test_the_window_may_be_another(province: Api) -> None:
    code = staged(province, "supplements")
    answer = done(province, code, "supplements", happened_at=ASKED, days=2)
    assert answer["handling"]["supplements"][0]["answer_by"] == "2026-11-05T09:00:00+07:00"


def test_by_decree_the_period_and_the_handling_begin_anew(province: Api) -> None:
    answer = a_round(province, staged(province, "supplements"))
    receipt = answer["handling"]["supplements"][0]["receipt"]
    assert answer["status"] == "accepted"
    assert receipt["due_before"] == "2026-11-09T17:00:00+07:00"
    assert answer["dossier_due_at"] == receipt["due_after"] == "2026-11-13T07:20:00+07:00"
    assert [paper["component_code"] for paper in receipt["papers"]] == ["TP02"]


def test_a_round_before_the_acceptance_leads_back_before_it(province: Api) -> None:
    code = staged(province, "acceptance")
    assert a_round(province, code)["status"] == "registered"
    assert done(province, code, "acceptance")["status"] == "accepted"


def test_rounds_are_counted_and_closed_one_after_the_other(province: Api) -> None:
    code = staged(province, "supplements")
    assert refusal_of(do(province, code, RECEIPT)) == (404, "unknown-supplement")
    a_round(province, code)
    assert refusal_of(do(province, code, RECEIPT)) == (409, "supplement-closed")
    done(province, code, "supplements")
    assert refusal_of(do(province, code, RECEIPT)) == (409, "supplement-closed")
    second = province.post(f"/v1/dossiers/{code}/supplements/2/receipt", json=example_of(RECEIPT))
    assert second.status_code == 201, second.text
    rounds = shown(province, code)["handling"]["supplements"]
    assert [one["number"] for one in rounds] == [1, 2]
    assert all(one["receipt"] for one in rounds)


def test_who_still_has_time_is_not_refused(province: Api) -> None:
    code = staged(province, "supplements")
    done(province, code, "supplements", happened_at=ASKED)
    early = do(province, code, "refusal", happened_at="2026-11-12T09:00:00+07:00")
    assert refusal_of(early) == (409, "unmet-condition")
    assert early.json()["condition"] == "window_passed"
    system = {"kind": "system"}
    late = done(province, code, "refusal", happened_at="2026-11-12T09:00:01+07:00", actor=system)
    assert late["status"] == "rejected"


def test_a_report_cannot_lead_elsewhere_than_the_papers_were_asked_from(province: Api) -> None:
    code = staged(province, "supplements")
    done(province, code, "supplements")
    answer = province.post(f"/v1/dossiers/{code}/progress", json={"status": "registered"})
    assert refusal_of(answer) == (409, "unmet-condition")


class TestShifted:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"after_supplement": "shift", "supplement_days": 3})

    def test_the_due_date_moves_and_the_handling_goes_on(
        self, gateway: Gateway, province: Api
    ) -> None:
        code = staged(province, "supplements")
        answer = a_round(province, code)
        assert answer["status"] == "processing"
        assert answer["dossier_due_at"] == "2026-11-11T17:00:00+07:00"
        assert answer["handling"]["supplements"][0]["answer_by"] == "2026-11-06T09:00:00+07:00"
        history = shown(province, code)["due_history"]
        assert [one["reason"] for one in history] == ["given", "shifted"]
        assert history[-1]["waited_from"] == ASKED
        assert gateway.settings.after_supplement == "shift"
