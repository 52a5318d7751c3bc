"""A report from its draft to its acceptance, and what is refused on the way."""

from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from tests.acting import staged
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.reports.reporting import (
    COUNTS,
    FORMS,
    PERIOD,
    WHY,
    accepted,
    act,
    begin,
    begun,
    done,
    places,
    show,
    slug,
)

ROUTES = [
    ("GET", "/v1/report-forms", Scope.READ_REPORTS),
    ("GET", FORMS, Scope.READ_REPORTS),
    ("GET", f"{FORMS}/prefill?period=2026-10", Scope.READ_REPORTS),
    ("GET", f"{FORMS}/sum?period=2026-10", Scope.READ_REPORTS),
    ("GET", f"{FORMS}/sum.csv?period=2026-10", Scope.READ_REPORTS),
    ("GET", f"{FORMS}/punctuality", Scope.READ_REPORTS),
    ("GET", f"{FORMS}/handovers", Scope.READ_REPORTS),
    ("POST", f"{FORMS}/handovers", Scope.CHECK_REPORTS),
    ("GET", "/v1/report-handovers/x", Scope.READ_REPORTS),
    ("GET", "/v1/reports", Scope.READ_REPORTS),
    ("GET", "/v1/reports/due", Scope.READ_REPORTS),
    ("GET", "/v1/reports/x", Scope.READ_REPORTS),
    ("POST", "/v1/reports", Scope.SUBMIT_REPORTS),
    ("POST", "/v1/reports/x/values", Scope.SUBMIT_REPORTS),
    ("POST", "/v1/reports/x/submission", Scope.SUBMIT_REPORTS),
    ("POST", "/v1/reports/x/acceptance", Scope.CHECK_REPORTS),
    ("POST", "/v1/reports/x/return", Scope.CHECK_REPORTS),
]


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
def test_each_route_needs_its_scope(gateway: Gateway, method: str, path: str, scope: Scope) -> None:
    assert gateway.http.request(method, path, json={}).status_code == 401
    other = gateway.client("H38", *(set(Scope) - {scope}))
    answer = other.get(path) if method == "GET" else other.post(path, json={})
    assert (answer.status_code, answer.json()["scope"]) == (403, scope.value)


def test_a_report_is_submitted_checked_and_accepted(
    gateway: Gateway, unit: Api, province: Api
) -> None:
    report = begun(unit)
    sent = done(unit, report, "submission")
    assert (sent["state"], sent["revision"], sent["is_late"]) == ("submitted", 1, False)
    assert sent["values"]["solved_in_time_percent"] == 94.55
    kept = done(province, report, "acceptance")
    assert (kept["state"], kept["accepted_revision"]) == ("accepted", 1)
    acts = [one.act for one in evidence_of(gateway, f"report:{report}")]
    assert acts == ["report.begin", "report.submit", "report.accept"]


def test_a_report_that_is_returned_is_corrected_and_keeps_both_revisions(
    unit: Api, province: Api
) -> None:
    report = begun(unit)
    done(unit, report, "submission")
    reasons = [{"field": "new_reception", "text": "Thiếu hồ sơ bưu chính."}, {"text": "Xem lại."}]
    assert done(province, report, "return", reasons=reasons)["state"] == "returned"
    changed = COUNTS | {"new_reception": 121, "total": 151, "pending": 38, "total_pending": 41}
    done(unit, report, "values", values=changed, explanations=WHY)
    assert done(unit, report, "submission")["revision"] == 2
    first, second = show(province, report)["revisions"]
    assert first["values"]["new_reception"] == 120
    assert [why["field"] for why in first["reasons"]] == ["new_reception", None]
    assert first["decision"] == "returned"
    assert (second["values"]["new_reception"], second["decision"]) == (121, None)


def test_a_correction_has_a_reason_and_counts_once_it_is_accepted(unit: Api, province: Api) -> None:
    report = accepted(province)
    assert slug(act(unit, report, "submission")) == "correction-without-reason"
    assert slug(act(unit, report, "submission", reason="x")) == "nothing-to-correct"
    changed = COUNTS | {"new_reception": 121, "total": 151, "pending": 38, "total_pending": 41}
    assert done(unit, report, "values", values=changed, explanations=WHY)["state"] == "accepted"
    done(unit, report, "submission", reason="Sót một hồ sơ.")
    before = province.get(f"{FORMS}/sum?period={PERIOD}").json()["values"]
    assert before["new_reception"] == 120
    assert done(province, report, "acceptance")["accepted_revision"] == 2
    after = province.get(f"{FORMS}/sum?period={PERIOD}").json()["values"]
    assert after["new_reception"] == 121
    assert [one["reason"] for one in show(unit, report)["revisions"]] == [None, "Sót một hồ sơ."]


def test_what_does_not_add_up_is_refused_by_name(unit: Api) -> None:
    report = begun(unit, total=151, solved_late=7)
    answer = act(unit, report, "submission")
    assert (answer.status_code, slug(answer)) == (422, "report-faulty")
    assert places(answer) == {"/values/total", "/values/total_solved"}
    assert show(unit, report)["state"] == "draft"


def test_what_we_counted_otherwise_must_be_explained(unit: Api, province: Api) -> None:
    report = begun(unit)
    done(unit, report, "values", values=COUNTS, explanations={})
    answer = act(unit, report, "submission")
    assert (answer.status_code, slug(answer)) == (422, "report-unexplained")
    assert "/explanations/new_reception" in places(answer)
    assert "/explanations/pending_late" not in places(answer)
    told = {one["field"]: one for one in show(province, report)["findings"]}
    assert (told["new_reception"]["code"], told["new_reception"]["expected"]) == ("differs", 0)
    done(unit, report, "values", values=COUNTS, explanations=WHY)
    assert done(unit, report, "submission")["state"] == "submitted"


def test_a_form_is_filled_in_from_our_own_statistics(gateway: Gateway, province: Api) -> None:
    staged(province, "results", agency_code="H38.11")
    staged(province, "acceptance", agency_code="H38.11")
    gateway.clock.advance(timedelta(days=30))
    province = gateway.client("H38")
    found = province.get(f"{FORMS}/prefill?period=2026-11&agency=000.00.11.H38").json()
    values = found["values"]
    assert (found["agency"], found["period_name"]) == ("H38.11", "tháng 11/2026")
    assert (values["new_reception"], values["total_solved"], values["total_pending"]) == (2, 1, 1)
    assert (values["pending_late"], values["pending"]) == (1, 0)
    assert values["pending_late_percent"] == 100
    estimated = {one["field"] for one in found["fields"] if one["is_estimate"]}
    assert estimated == {"pending", "pending_late"}
    report = begun(province, period="2026-11", **values)
    assert show(province, report)["findings"] == []


def test_the_period_before_is_compared(gateway: Gateway, unit: Api, province: Api) -> None:
    former = accepted(province)
    gateway.clock.advance(timedelta(days=30))
    unit = gateway.client("H38.11")
    report = begun(unit, period="2026-11", pre_existing=41, new_reception=109)
    told = {(one["field"], one["code"]): one for one in show(unit, report)["findings"]}
    assert told["pre_existing", "check"]["expected"] == 40
    done(unit, former, "values", values={"total_pending": 7}, explanations={})
    found = unit.get(f"{FORMS}/prefill?period=2026-11").json()["fields"]
    assert {one["field"]: one["before"] for one in found}["total_pending"] == 40


def test_a_report_waits_for_its_decision(unit: Api, province: Api) -> None:
    report = begun(unit)
    assert slug(act(province, report, "acceptance")) == "report-not-submitted"
    done(unit, report, "submission")
    assert slug(act(unit, report, "submission")) == "report-under-review"
    answer = act(unit, report, "values", values=COUNTS, explanations={})
    assert slug(answer) == "report-under-review"
    for name, body in (("acceptance", {}), ("return", {"reasons": [{"text": "x"}]})):
        assert slug(act(unit, report, name, **body)) == "own-report"
    wrong = act(province, report, "return", reasons=[{"field": "x", "text": "y"}])
    assert (slug(wrong), places(wrong)) == ("report-values-wrong", {"/reasons/0/field"})


@pytest.mark.parametrize(
    ("changes", "name", "place"),
    [
        ({"form": "khac"}, "unknown-report-form", None),
        ({"period": "2026-Q4"}, "unknown-period", "/period"),
        ({"period": "2026-09"}, "report-not-owed", "/period"),
        ({"period": "2026-12"}, "report-not-owed", "/period"),
        ({"agency_code": "H38"}, "report-not-owed", "/agency_code"),
        ({"agency_code": "H38.12.01"}, "report-not-owed", "/agency_code"),
        ({"agency_code": "H38.21"}, "report-not-owed", "/agency_code"),
        ({"agency_code": "H38.99"}, "unknown-member", "/agency_code"),
        ({"agency_code": "H53.11"}, "agency-not-yours", "/agency_code"),
        ({"values": {"x": 1}}, "report-values-wrong", "/values/x"),
        ({"explanations": {"x": "y"}}, "report-values-wrong", "/explanations/x"),
        ({"values": {"total": "x"}}, "report-values-wrong", "/values/total"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    province: Api, changes: dict[str, Any], name: str, place: str | None
) -> None:
    body = {"form": "tthc-thang", "period": PERIOD, "agency_code": "H38.11", "values": COUNTS}
    answer = province.post("/v1/reports", json=body | changes)
    assert slug(answer) == name
    assert place is None or places(answer) == {place}
    assert province.get("/v1/reports").json()["items"] == []


def test_nothing_is_submitted_before_its_period_is_over(unit: Api) -> None:
    answer = act(unit, begun(unit, period="2026-11"), "submission")
    assert (slug(answer), places(answer)) == ("report-not-owed", {"/period"})


def test_a_unit_has_one_report_of_a_period(unit: Api) -> None:
    report = begun(unit)
    again = begin(unit)
    assert (again.status_code, slug(again)) == (409, "report-exists")
    assert again.json()["report"] == report


def test_a_repeat_with_the_same_key_begins_one_report(unit: Api) -> None:
    body = {"form": "tthc-thang", "period": PERIOD, "agency_code": "H38.11", "values": COUNTS}
    first, second = (unit.post("/v1/reports", json=body, key="k") for _ in range(2))
    assert first.content == second.content
    assert len(unit.get("/v1/reports").json()["items"]) == 1


def test_what_is_not_the_callers_is_not_there(gateway: Gateway, unit: Api) -> None:
    report = begun(unit)
    for stranger in (gateway.client("H38.12"), gateway.client("H53")):
        assert stranger.get(f"/v1/reports/{report}").status_code == 404
        for name in ("values", "submission", "acceptance"):
            body = {"values": COUNTS} if name == "values" else {}
            assert act(stranger, report, name, **body).status_code == 404
        assert stranger.get("/v1/reports").json()["items"] == []
    assert gateway.client("H53").get("/v1/reports?agency=H38").status_code == 403


def test_reports_come_in_pages_and_are_filtered(province: Api) -> None:
    every = [begun(province, agency) for agency in ("H38.11", "H38.12", "H38.61")]
    done(province, every[0], "submission")
    first = province.get("/v1/reports?limit=2").json()
    rest = province.get(f"/v1/reports?limit=2&after={first['next']}").json()
    assert [one["id"] for one in first["items"] + rest["items"]] == every[::-1]
    assert rest["next"] is None
    for query, wanted in (
        ("state=submitted", every[:1]),
        ("agency=H38.12", every[1:2]),
        ("form=khac", []),
        ("period=2026-11", []),
        (f"period={PERIOD}&form=tthc-thang", every[::-1]),
    ):
        items = province.get(f"/v1/reports?{query}").json()["items"]
        assert [one["id"] for one in items] == wanted


def test_forms_are_shown_with_their_checks(province: Api) -> None:
    (form,) = province.get("/v1/report-forms").json()["items"]
    assert province.get(FORMS).json() == form
    assert (form["cycle"], form["due_working_day"], form["level"]) == ("month", 5, 2)
    assert len(form["fields"]) == 14
    assert len(form["checks"]) == 5
    assert province.get("/v1/report-forms/khac").status_code == 404
