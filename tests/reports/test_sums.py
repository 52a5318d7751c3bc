"""Sums over the tree of members, what is owed, and how punctual units were."""

import csv
import io
from datetime import timedelta

from tests.gateway import Api, Gateway
from tests.reports.reporting import FORMS, PERIOD, accepted, begun, done, slug

UNITS = {"H38.01", "H38.11", "H38.12", "H38.13", "H38.45", "H38.61", "H38.62", "H38.63"}
SUM = f"{FORMS}/sum?period={PERIOD}"


def test_accepted_reports_are_summed_and_the_missing_units_named(province: Api) -> None:
    accepted(province, "H38.11")
    accepted(province, "H38.12", new_reception=20, total=50, pending=27, solved_in_time=14,
             total_solved=20, total_pending=30)  # fmt: skip
    done(province, begun(province, "H38.61"), "submission")
    begun(province, "H38.62")
    found = province.get(SUM).json()
    values = found["values"]
    assert (values["new_reception"], values["total_solved"]) == (140, 130)
    assert values["solved_in_time_percent"] == 90.77
    assert "note" not in values
    assert {one["agency"] for one in found["counted"]} == {"H38.11", "H38.12"}
    missing = {one["agency"]: one["standing"] for one in found["missing"]}
    assert missing.keys() == UNITS - {"H38.11", "H38.12"}
    assert (missing["H38.61"], missing["H38.62"], missing["H38.63"]) == (
        "submitted", "draft", "missing",
    )  # fmt: skip
    assert province.get(f"{FORMS}/sum").json() == found
    below = province.get(f"{SUM}&agency=H38.12").json()
    assert (below["values"]["new_reception"], below["missing"]) == (20, [])


def test_a_sum_of_nothing_has_no_values(province: Api) -> None:
    found = province.get(SUM).json()
    assert (found["values"], found["counted"], len(found["missing"])) == ({}, [], len(UNITS))


def test_the_sum_is_a_table_too(province: Api) -> None:
    accepted(province, "H38.11", note="=1+1")
    answer = province.get(f"{FORMS}/sum.csv?period={PERIOD}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="tthc-thang-2026-10.csv"' in answer.headers["content-disposition"]
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    by_agency = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_agency.keys() == UNITS | {"H38"}
    assert by_agency["H38"]["new_reception"] == by_agency["H38.11"]["new_reception"] == "120"
    assert by_agency["H38.11"]["note"] == "'=1+1"
    assert by_agency["H38.12"]["standing"] == "missing"


def test_only_a_tree_of_ones_own_is_summed(gateway: Gateway, province: Api) -> None:
    assert slug(province.get(f"{SUM}&agency=H53")) == "agency-not-yours"
    assert slug(province.get(f"{SUM}&agency=H38.99")) == "unknown-member"
    assert slug(province.get(f"{FORMS}/sum?period=2026-Q1")) == "unknown-period"
    assert slug(province.get("/v1/report-forms/khac/sum?period=2026-10")) == "unknown-report-form"
    assert gateway.client("H53").get(SUM).json()["missing"] != []


def test_what_is_due_soon_and_what_is_late_is_listed(gateway: Gateway, province: Api) -> None:
    accepted(province, "H38.11")
    draft = begun(province, "H38.12")
    assert province.get("/v1/reports/due?days=3").json()["items"] == []
    soon = province.get("/v1/reports/due?days=7").json()["items"]
    assert [one["agency"] for one in soon] == sorted(UNITS - {"H38.11"})
    assert {one["due_at"] for one in soon} == {"2026-11-06T17:00:00+07:00"}
    assert {one["is_late"] for one in soon} == {False}
    gateway.clock.advance(timedelta(days=7))
    province = gateway.client("H38")
    first = province.get("/v1/reports/due?days=0&limit=3").json()
    rest = province.get(f"/v1/reports/due?days=0&after={first['next']}").json()
    late = first["items"] + rest["items"]
    assert [one["agency"] for one in late] == sorted(UNITS - {"H38.11"})
    assert {one["is_late"] for one in late} == {True}
    assert {one["agency"]: one["report"] for one in late}["H38.12"] == draft


def test_punctuality_counts_the_first_submission(gateway: Gateway, province: Api) -> None:
    on_time = begun(province, "H38.11")
    done(province, on_time, "submission")
    nothing_yet = province.get(f"{FORMS}/punctuality").json()["items"]
    assert {(one["due"], one["rate"]) for one in nothing_yet} == {(0, None)}
    gateway.clock.advance(timedelta(days=7))
    province = gateway.client("H38")
    done(province, on_time, "return", reasons=[{"text": "x"}])
    done(province, on_time, "submission")
    done(province, begun(province, "H38.12"), "submission")
    items = {one["agency"]: one for one in province.get(f"{FORMS}/punctuality").json()["items"]}
    counts = {
        agency: tuple(one[name] for name in ("due", "on_time", "late", "missing", "rate"))
        for agency, one in items.items()
    }
    assert counts["H38.11"] == (1, 1, 0, 0, 100)
    assert counts["H38.12"] == (1, 0, 1, 0, 0)
    assert counts["H38.13"] == (1, 0, 0, 1, 0)
    later = province.get(f"{FORMS}/punctuality?from=2026-11&to=2026-11&agency=H38.11").json()
    assert [one["due"] for one in later["items"]] == [0]


def test_units_come_in_pages(province: Api) -> None:
    first = province.get(f"{FORMS}/punctuality?limit=5").json()
    rest = province.get(f"{FORMS}/punctuality?after={first['next']}").json()
    assert [one["agency"] for one in first["items"] + rest["items"]] == sorted(UNITS)


def test_a_due_day_that_was_promised_stays(gateway: Gateway, province: Api) -> None:
    report = begun(province)
    gateway.clock.advance(timedelta(days=4, hours=8, minutes=1))
    assert done(gateway.client("H38"), report, "submission")["is_late"] is True
