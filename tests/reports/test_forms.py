"""Forms are data: versions that are taken over from a file, and reports that keep theirs."""

import json
from importlib.resources import files
from typing import Any

import pytest

from app.evidence.domain import SystemActor
from app.platform.bodies import InvalidInputError
from app.reports.domain.forms import FormDiffersError, UnsoundFormError
from app.reports.schemas.forms import read_forms
from app.reports.use_cases.forms import Imported, import_forms
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.reports.reporting import FORMS, PERIOD, begun, done, show, slug

(SHIPPED,) = json.loads(files("app.reports").joinpath("forms.json").read_bytes())["forms"]
OTHER: dict[str, Any] = {
    "code": "quy-khac", "version": 1, "title": {"vi": "Biểu quý", "en": "A quarterly form"},
    "cycle": "quarter", "due_working_day": 10, "level": 2, "since": "2026-Q3",
    "fields": [
        {"code": "a", "name": {"vi": "A", "en": "A"}, "type": "integer", "unit": "việc"},
    ],
}  # fmt: skip


def take_over(gateway: Gateway, *forms: dict[str, Any]) -> Imported:
    digest, given = read_forms(json.dumps({"forms": forms}).encode())
    actor = SystemActor("system:administrator", "H38")
    return gateway.transact(import_forms, gateway.clock, actor, digest, given)


def test_a_report_keeps_the_version_it_was_begun_with(gateway: Gateway, province: Api) -> None:
    report = begun(province)
    newer = SHIPPED | {"version": 2, "fields": SHIPPED["fields"][:-1]}
    assert take_over(gateway, SHIPPED, newer) == Imported(1, 1)
    assert [one.act for one in evidence_of(gateway, "report-form:tthc-thang")] == [
        "report-form.import"
    ]
    assert province.get(FORMS).json()["version"] == 2
    assert done(province, report, "submission")["form_version"] == 1
    assert show(province, begun(province, "H38.12"))["form_version"] == 2


def test_a_form_of_another_cycle_is_reported_on_without_statistics(
    gateway: Gateway, province: Api
) -> None:
    take_over(gateway, OTHER)
    body = {"form": "quy-khac", "period": "2026-Q3", "agency_code": "H38.11", "values": {"a": 3}}
    report = str(province.post("/v1/reports", json=body).json()["id"])
    assert done(province, report, "submission")["due_at"] == "2026-10-14T17:00:00+07:00"
    done(province, report, "acceptance")
    found = province.get("/v1/report-forms/quy-khac/sum").json()
    assert (found["period"], found["values"]) == ("2026-Q3", {"a": 3})
    filled = province.get("/v1/report-forms/quy-khac/prefill").json()
    assert (filled["values"], filled["period_name"]) == ({}, "quý III/2026")
    handed = {"period": "2026-Q3", "agency_code": "H38", "missing_reason": "x"}
    made = province.post("/v1/report-forms/quy-khac/handovers", json=handed).json()
    assert made["state"] == "recorded"
    first = province.get("/v1/report-forms?limit=1").json()
    rest = province.get(f"/v1/report-forms?after={first['next']}").json()
    assert [one["code"] for one in first["items"] + rest["items"]] == ["quy-khac", "tthc-thang"]


def test_a_version_is_not_edited_and_a_wrong_file_changes_nothing(
    gateway: Gateway, province: Api
) -> None:
    with pytest.raises(FormDiffersError):
        take_over(gateway, OTHER, SHIPPED | {"level": 3})
    wrong = OTHER["fields"][0] | {"type": "text", "most_change": 5}
    with pytest.raises(UnsoundFormError) as refused:
        take_over(gateway, OTHER | {"fields": [wrong]})
    assert [one.pointer for one in refused.value.errors] == ["/fields/0/type"]
    lost = {"part": "a", "whole": "z"}
    share = {"code": "p", "name": OTHER["title"], "type": "percent", "unit": "%", "share": lost}
    with pytest.raises(UnsoundFormError) as refused:
        take_over(gateway, OTHER | {"fields": [*OTHER["fields"], share]})
    assert [one.pointer for one in refused.value.errors] == ["/fields/1/share"]
    with pytest.raises(InvalidInputError):
        take_over(gateway, OTHER | {"wire": "x"})
    assert [one["code"] for one in province.get("/v1/report-forms").json()["items"]] == [
        "tthc-thang"
    ]
    assert slug(province.get(f"/v1/report-forms/quy-khac/sum?period={PERIOD}")) == (
        "unknown-report-form"
    )
