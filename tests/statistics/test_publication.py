"""How completely procedures are published, against a slow count of random catalogues."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import Connection

from app.access.domain import Caller, Scope
from app.catalogue.domain import FullProcedure, ProcedureState
from app.catalogue.schemas.record import ProcedureRecord
from app.catalogue.store import procedures
from app.codes import AgencyCode, ProcedureCode
from app.platform.settings import Settings
from app.platform.settings.publishing import Part
from app.statistics.domain.publication import FIGURES, PUBLICATION, Facet, Shown
from app.statistics.use_cases import drill_publication, tell_publication
from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway

PROCEDURES = "/v1/statistics/procedures"
ASKED = ("step_cases", "paper_cases", "results", "legal_bases")
OTHERS = ("description", "keywords", "levels")
BELOW = ("", ".05", ".05.02", ".12")
SECTORS = ("G01-AA01", "G01-AA02")
_numbers = count(100_000)
_roots = (f"{letter}{number:02d}" for letter in "RSTUVWXYZ" for number in range(100))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A procedure as a catalogue may have it; `below` None is one of nobody."""

    below: str | None
    names_publisher: bool
    sector: str
    is_public: bool
    parts: frozenset[str]


sheets = st.lists(
    st.builds(
        Sheet,
        below=st.sampled_from((*BELOW, None)),
        names_publisher=st.booleans(),
        sector=st.sampled_from(SECTORS),
        is_public=st.booleans(),
        parts=st.frozensets(st.sampled_from((*ASKED, *OTHERS))),
    ),
    min_size=1,
    max_size=25,
)


def _put(connection: Connection, root: str, every: list[Sheet]) -> dict[str, Sheet]:
    known = {}
    for one in every:
        agency = None if one.below is None else f"{root}{one.below}"
        national = f"1.{next(_numbers)}"
        names = one.names_publisher or agency is None or one.below not in {"", ".05"}
        code = national if names or agency is None else f"{national}.{agency}"
        known[code] = one
        full = FullProcedure(
            ProcedureCode(code), "Thủ tục mẫu", one.sector, "Lĩnh vực mẫu",
            AgencyCode(agency) if names and agency else None,
            ProcedureState.PUBLISHED if one.is_public else ProcedureState.WITHDRAWN,
            record={part: ["x"] for part in one.parts},
        )  # fmt: skip
        procedures.replace(connection, [full])
    return known


def _slowly(every: list[Sheet], root: str, by: tuple[Facet, ...], top: str) -> dict[Any, Any]:
    """Count by the definitions of the indicators, one procedure after the other."""
    found: dict[Any, Counter[str]] = {}
    for one in every:
        if not one.is_public or one.below is None:
            continue
        if not f"{one.below}.".startswith(f"{top}."):
            continue
        group = tuple(
            {"agency": f"{root}{one.below}", "level": one.below.count(".") + 1}.get(
                facet.value, one.sector
            )
            for facet in by
        )
        sums = found.setdefault(group, Counter())
        sums["procedures"] += 1
        sums["procedures_full"] += all(part in one.parts for part in ASKED)
        sums["parts"] += len(ASKED)
        sums["parts_published"] += sum(part in one.parts for part in ASKED)
    return {group: {name: sums[name] for name in FIGURES} for group, sums in found.items()}


@settings(
    max_examples=40, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(every=sheets)
def test_publication_is_what_a_slow_count_says(gateway: Gateway, every: list[Sheet]) -> None:
    gateway.transact(_check, every)


def _check(connection: Connection, every: list[Sheet]) -> None:
    root = next(_roots)
    known = _put(connection, root, every)
    caller = Caller("test", AgencyCode(root), frozenset(), "")
    for top in BELOW:
        agency = AgencyCode(f"{root}{top}")
        for by in ((Facet.AGENCY,), (Facet.LEVEL, Facet.SECTOR), (Facet.SECTOR,)):
            told = tell_publication(connection, caller, ASKED, (agency, None), by)
            found = {one.row.group: dict(one.row.figures) for one in told}
            assert found == _slowly(every, root, by, top)
        listed = drill_publication(connection, caller, ASKED, Shown(agency))
        within = [one for one in every if one.below is not None and one.is_public]
        assert len(listed) == sum(f"{one.below}.".startswith(f"{top}.") for one in within)
        for one in listed:
            assert set(one.lacks) == set(ASKED) - known[one.code].parts
            assert one.is_complete == (known[one.code].parts >= set(ASKED))


def test_what_can_be_asked_for_are_the_parts_of_a_record() -> None:
    assert set(get_args(Part)) == set(ProcedureRecord.model_fields)
    assert set(Settings().published_parts) < set(get_args(Part))


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


def test_a_province_sees_what_it_publishes(province: Api) -> None:
    (item,) = province.get(PROCEDURES).json()["items"]
    assert (item["agency"], item["level"], item["figures"]["procedures"]) == ("H38", None, 2)
    assert item["agency_name"]
    assert item["figures"]["procedures_full"] == 1
    assert item["indicators"]["published_full_rate"] == 50
    rest = province.get(f"{PROCEDURES}?by=procedure").json()["items"]
    assert {one["procedure"]: one["indicators"]["published_full_rate"] for one in rest} == {
        "1.003560.H38": 100,
        "2.900001.H38": 0,
    }
    assert all(one["procedure_name"] for one in rest)


def test_the_procedures_behind_it_say_what_they_lack(province: Api) -> None:
    lacking = province.get(f"{PROCEDURES}/codes?complete=false").json()["items"]
    assert [one["code"] for one in lacking] == ["2.900001.H38"]
    assert "step_cases" in lacking[0]["missing"]
    assert "submission_methods" not in lacking[0]["missing"]
    first = province.get(f"{PROCEDURES}/codes?limit=1").json()
    second = province.get(f"{PROCEDURES}/codes?limit=1&after={first['next']}").json()
    codes = [one["code"] for one in (*first["items"], *second["items"])]
    assert (codes, second["next"]) == (["1.003560.H38", "2.900001.H38"], None)
    (complete,) = province.get(f"{PROCEDURES}/codes?complete=true").json()["items"]
    assert (complete["code"], complete["missing"]) == ("1.003560.H38", [])


def test_groups_of_procedures_come_in_pages(province: Api) -> None:
    first = province.get(f"{PROCEDURES}?by=procedure&limit=1").json()
    second = province.get(f"{PROCEDURES}?by=procedure&limit=1&after={first['next']}").json()
    assert [one["items"][0]["procedure"] for one in (first, second)] == [
        "1.003560.H38",
        "2.900001.H38",
    ]
    by_level = province.get(f"{PROCEDURES}?by=level&by=sector&limit=1").json()
    after = province.get(f"{PROCEDURES}?by=level&by=sector&after={by_level['next']}").json()
    assert {one["level"] for one in (*by_level["items"], *after["items"])} == {1}


def test_publication_is_a_table_and_a_chart_too(province: Api) -> None:
    table = province.get(f"{PROCEDURES}.csv?by=agency&by=sector")
    head, *rows = csv.reader(io.StringIO(table.content.decode("utf-8-sig")))
    assert head == ["agency", "sector", "agency_name", *FIGURES, *PUBLICATION]
    assert sum(int(row[head.index("procedures")]) for row in rows) == 2
    for key in PUBLICATION:
        drawn = province.get(f"{PROCEDURES}/chart?indicator={key}")
        assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert PUBLICATION[key].name.vi in str(etree.fromstring(drawn.content).xpath("string()"))


def test_only_ones_own_publication_is_seen(gateway: Gateway, province: Api) -> None:
    stranger = gateway.client("H53")
    assert stranger.get(f"{PROCEDURES}?agency=H38").json()["type"].endswith("agency-not-yours")
    assert "H38" not in stranger.get(f"{PROCEDURES}/codes").text
    reader = gateway.client("H38", Scope.READ_DOSSIERS)
    assert reader.get(PROCEDURES).status_code == 403
    assert province.get(f"{PROCEDURES}/chart?indicator=on_time_rate").status_code == 422


def test_the_indicators_and_the_feed_know_publication(province: Api) -> None:
    listed = {one["key"]: one for one in province.get("/v1/statistics/indicators").json()}
    full = listed["published_full_rate"]
    assert (full["group"], full["unit"]) == ("transparency", "%")
    (behind,) = province.get(full["drill_down"]).json()["items"]
    assert behind["code"] == "1.003560.H38"
    feed = province.get("/v1/statistics/dossiers/feed").json()["observations"]
    values = {one["indicator"]: one["value"] for one in feed if one["agency"] == "H38"}
    assert values["published_full_rate"] == 50
    narrow = province.get("/v1/statistics/dossiers/feed?channel=online").json()["observations"]
    assert not [one for one in narrow if one["indicator"] in PUBLICATION]
