"""`/v1/statistics/…`, as a province and its agencies see it."""

import csv
import io

import pytest
from lxml import etree

from app.access.domain import Scope
from app.statistics.domain.indicators import IndicatorGroup
from app.statistics.domain.opinions import ALL_FIGURES
from app.statistics.domain.publication import PUBLICATION
from app.statistics.domain.table import INDICATORS
from tests.acting import done, staged
from tests.builders import a_dossier, seed_catalogue
from tests.gateway import Api, Gateway

STATISTICS = "/v1/statistics/dossiers"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def two(province: Api) -> tuple[str, str]:
    """Two dossiers of one agency: the first is finished, the second in hand."""
    finished = staged(province, "results")
    return finished, staged(province, "completion")


def only(api: Api, query: str = "") -> dict[str, object]:
    answer = api.get(f"{STATISTICS}?{query}")
    assert answer.status_code == 200, answer.text
    (item,) = answer.json()["items"]
    found: dict[str, object] = item
    return found


def test_a_month_is_counted_with_names_figures_and_indicators(
    province: Api, two: tuple[str, str]
) -> None:
    item = only(province)
    assert item["agency"]
    assert item["agency_name"]
    assert item["month"] is None
    figures, indicators = item["figures"], item["indicators"]
    assert isinstance(figures, dict)
    assert isinstance(indicators, dict)
    assert set(figures) == set(ALL_FIGURES)
    assert (figures["received"], figures["ended"], figures["in_progress"]) == (2, 1, 1)
    assert set(indicators) == set(INDICATORS)
    assert indicators["on_time_rate"] == 100
    assert indicators["satisfaction_rate"] is None
    assert len(two) == 2


@pytest.mark.usefixtures("two")
def test_by_procedure_the_average_time_is_in_the_procedures_unit(province: Api) -> None:
    item = only(province, "by=procedure")
    assert item["procedure_name"]
    average = item["average_time"]
    assert isinstance(average, dict)
    assert average["unit"] in ("giờ làm việc", "ngày làm việc", "ngày", "tháng")


@pytest.mark.usefixtures("two")
def test_groups_come_in_pages(province: Api) -> None:
    code = staged(province, "acceptance", agency_code="H38")
    assert code
    first = province.get(f"{STATISTICS}?by=agency&by=channel&limit=1").json()
    rest = province.get(f"{STATISTICS}?by=agency&by=channel&after={first['next']}").json()
    agencies = [one["agency"] for one in (*first["items"], *rest["items"])]
    assert agencies == sorted(set(agencies))
    assert len(agencies) == 2
    assert rest["next"] is None


@pytest.mark.usefixtures("two")
def test_another_province_sees_nothing_of_it(gateway: Gateway) -> None:
    stranger = gateway.client("H53")
    assert stranger.get(STATISTICS).json()["items"] == []
    refused = stranger.get(f"{STATISTICS}?agency=H38")
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("agency-not-yours")
    for path in ("codes?indicator=received", "due-soon?days=60"):
        assert "H38" not in stranger.get(f"{STATISTICS}/{path}").text


def test_figures_need_their_own_scope(gateway: Gateway) -> None:
    reader = gateway.client("H38", Scope.READ_DOSSIERS)
    assert reader.get(STATISTICS).status_code == 403
    counter = gateway.client("H38", Scope.READ_STATISTICS)
    assert counter.get(STATISTICS).status_code == 200
    assert counter.get(f"{STATISTICS}/codes").status_code == 403


def test_a_drill_down_lists_the_codes_and_nobody(province: Api, two: tuple[str, str]) -> None:
    finished, in_hand = two
    ended = province.get(f"{STATISTICS}/codes?indicator=ended").json()["items"]
    assert [one["code"] for one in ended] == [finished]
    page = province.get(f"{STATISTICS}/codes?indicator=received&limit=1").json()
    rest = province.get(f"{STATISTICS}/codes?indicator=received&after={page['next']}").json()
    assert [one["code"] for one in (*page["items"], *rest["items"])] == [finished, in_hand]
    owner = a_dossier()["applicant"]
    assert owner["full_name"] not in str(ended)
    assert owner["identity_number"] not in str(ended)


def test_what_falls_due_soon_is_listed(province: Api, two: tuple[str, str]) -> None:
    due = province.get(f"{STATISTICS}/due-soon?days=60").json()
    assert [one["code"] for one in due] == [two[1]]
    assert due[0]["limit_at"]


@pytest.mark.usefixtures("two")
def test_the_same_is_a_table_for_spreadsheets(province: Api) -> None:
    answer = province.get(f"{STATISTICS}.csv?by=agency&by=month")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[:3] == ["agency", "month", "agency_name"]
    assert len(rows) == 1
    assert rows[0][head.index("received")] == "2"


@pytest.mark.usefixtures("two")
def test_a_chart_says_what_it_shows(province: Api) -> None:
    answer = province.get(f"{STATISTICS}/chart?indicator=received")
    assert answer.headers["content-type"] == "image/svg+xml"
    drawn = etree.fromstring(answer.content)
    indicator = INDICATORS["received"]
    assert drawn.get("role") == "img"
    assert indicator.name.vi in (drawn.findtext(f"{SVG}title") or "")
    assert "2 hồ sơ" in (drawn.findtext(f"{SVG}desc") or "")
    assert len(drawn.findall(f"{SVG}rect")) == 2


@pytest.mark.usefixtures("two")
def test_two_periods_are_compared(province: Api) -> None:
    (row,) = province.get(f"{STATISTICS}/comparison?from=2026-11&to=2026-11").json()
    assert row["present"]["received"] == 2
    assert row["former"]["received"] == 0
    assert row["difference"]["received"] == 2
    assert row["difference"]["on_time_rate"] is None


@pytest.mark.usefixtures("two")
def test_a_monitoring_centre_reads_every_indicator(province: Api) -> None:
    feed = province.get(f"{STATISTICS}/feed").json()
    told = [one["indicator"] for one in feed["observations"]]
    assert told == [*INDICATORS, *PUBLICATION]
    values = {one["indicator"]: one["value"] for one in feed["observations"]}
    assert values["received"] == 2


def test_indicators_are_explained_in_the_five_groups(province: Api) -> None:
    told = province.get("/v1/statistics/indicators").json()
    assert {one["group"] for one in told} == {group.value for group in IndicatorGroup}
    assert all(one["definition"] and one["source"] for one in told)
    for one in told:
        assert province.get(one["drill_down"]).status_code == 200


def test_late_is_late(gateway: Gateway, province: Api) -> None:
    code = staged(province, "completion")
    limit = province.get(f"{STATISTICS}/due-soon?days=60").json()[0]["limit_at"]
    assert limit
    done(province, code, "completion", happened_at="2026-12-31T09:00:00+07:00")
    late = province.get(f"{STATISTICS}/codes?indicator=late&from=2026-12&to=2026-12").json()
    assert [one["code"] for one in late["items"]] == [code]
    assert gateway.clock.now().year == 2026


def said(gateway: Gateway, api: Api, kind: str, agency: str, dossier: str | None = None) -> str:
    body = {"kind": kind, "agency_code": agency, "content": "?"}
    named = {} if dossier is None else {"dossier_code": dossier}
    answer = api.post("/v1/opinions", json=body | named)
    assert answer.status_code == 201, answer.text
    assert gateway.clock.now().year == 2026
    return str(answer.json()["code"])


def test_complaints_are_set_against_what_was_received(
    gateway: Gateway, province: Api, two: tuple[str, str]
) -> None:
    complaint = said(gateway, province, "complaint", "H38.12", two[0])
    said(gateway, province, "report", "H38.61")
    reply = {"content": "!", "answered_by": "Lê Thị Ví Dụ"}
    assert province.post(f"/v1/opinions/{complaint}/answer", json=reply).status_code == 201
    rows = {one["agency"]: one["indicators"] for one in province.get(STATISTICS).json()["items"]}
    assert rows.keys() == {"H38.12", "H38.61"}
    assert (rows["H38.12"]["complaint_rate"], rows["H38.12"]["opinions_in_time_rate"]) == (50, 100)
    assert (rows["H38.61"]["opinions"], rows["H38.61"]["complaint_rate"]) == (1, None)
    by_channel = only(province, "by=channel")
    assert isinstance(by_channel["figures"], dict)
    assert by_channel["figures"]["opinions"] == 1
    found = province.get("/v1/statistics/opinions/codes?indicator=complaint_rate").json()
    assert [one["code"] for one in found["items"]] == [complaint]
    answer = province.get("/v1/statistics/opinions/codes?indicator=opinions&limit=1").json()
    rest = province.get(f"/v1/statistics/opinions/codes?indicator=opinions&after={answer['next']}")
    assert [one["agency"] for one in answer["items"] + rest.json()["items"]] == ["H38.12", "H38.61"]


@pytest.mark.usefixtures("two")
def test_agencies_with_opinions_alone_are_in_their_place_in_the_pages(
    gateway: Gateway, province: Api
) -> None:
    for agency in ("H38.61", "H38.01", "H38.13"):
        said(gateway, province, "report", agency)
    seen, after = [], ""
    while True:
        page = province.get(f"{STATISTICS}?limit=1{after}").json()
        seen += [one["agency"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == ["H38.01", "H38.12", "H38.13", "H38.61"]


def test_opinions_behind_an_indicator_need_their_own_scope_and_name_nobody(
    gateway: Gateway, province: Api
) -> None:
    said(gateway, province, "complaint", "H38.12")
    reader = gateway.client("H38", Scope.READ_STATISTICS)
    assert reader.get("/v1/statistics/opinions/codes").status_code == 403
    stranger = gateway.client("H53")
    assert stranger.get("/v1/statistics/opinions/codes").json()["items"] == []
    assert stranger.get("/v1/statistics/opinions/codes?agency=H38").status_code == 403
    for path in ("opinions/codes?indicator=received", "dossiers/codes?indicator=opinions"):
        assert province.get(f"/v1/statistics/{path}").status_code == 422
    (one,) = province.get("/v1/statistics/opinions/codes").json()["items"]
    assert set(one) == {
        "code", "agency", "kind", "kind_label", "received_at", "due_at", "answered_at", "score",
    }  # fmt: skip
