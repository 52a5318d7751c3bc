"""The summaries, kept by the acts: right after each of them, folded or not, and after a mishap."""

from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, select, update

from app.codes import AgencyCode
from app.dossiers.domain.measuring.figures import FIGURES, Months, Sought
from app.dossiers.domain.measuring.tallies import Cell, Counts
from app.dossiers.store.figures import figures
from app.dossiers.store.tallies import add_entries, fold
from app.dossiers.tables import dossiers, tallies, tally_entries
from app.dossiers.use_cases.recounting import compare_totals, mend_totals, recount_some
from app.evidence.domain import SystemActor
from tests.acting import BEFORE, done, staged
from tests.builders import evidence_of, seed_catalogue
from tests.gateway import Api, Gateway
from tests.statistics.stories import RULES

ADMINISTRATOR = SystemActor("system:administrator", "H38")
NOVEMBER = Sought(AgencyCode("H38"), Months("2026-11", "2026-11"))


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


def wrong(gateway: Gateway) -> tuple[int, int]:
    """How many dossiers and how many totals are not what their history says."""
    batch = gateway.transact(recount_some, RULES, after=0, is_check=True)
    return batch.wrong, gateway.transact(compare_totals, lambda _: None)


def counted(gateway: Gateway) -> dict[str, int]:
    rows = gateway.transact(figures, gateway.clock, NOVEMBER, ())
    found = dict(rows[0].figures) if rows else dict.fromkeys(FIGURES, 0)
    return {name: number for name, number in found.items() if number}


@pytest.mark.parametrize("act", BEFORE)
def test_each_act_keeps_the_summaries_right(gateway: Gateway, province: Api, act: str) -> None:
    code = staged(province, act)
    before = wrong(gateway)
    done(province, code, act)
    assert (before, wrong(gateway)) == ((0, 0), (0, 0))
    # Withdrawn before anybody accepted it: the one end that is not counted at all.
    uncounted = act == "withdrawal"
    assert counted(gateway).get("received", 0) + uncounted == gateway.transact(number_of, dossiers)


def number_of(connection: Connection, table: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_dossier_is_received_then_ended_then_rated(gateway: Gateway, province: Api) -> None:
    code = staged(province, "completion")
    assert counted(gateway)["in_progress"] == 1
    done(province, code, "completion")
    ended = counted(gateway)
    assert (ended["received"], ended["ended"], ended["finished"]) == (1, 1, 1)
    assert "in_progress" not in ended
    done(province, code, "results")
    done(province, code, "rating")
    assert counted(gateway)["rated"] == 1


def test_work_that_is_taken_up_again_is_no_longer_counted_as_ended(
    gateway: Gateway, province: Api
) -> None:
    code = staged(province, "results")
    assert counted(gateway)["ended"] == 1
    done(province, code, "send-backs", to_counter=False)
    assert counted(gateway).get("ended", 0) == 0
    assert counted(gateway)["in_progress"] == 1
    assert wrong(gateway) == (0, 0)


def test_folding_changes_no_figure(gateway: Gateway, province: Api) -> None:
    staged(province, "rating")
    before = counted(gateway)
    assert gateway.transact(fold, at_most=1) == 1
    assert counted(gateway) == before
    while gateway.transact(fold, at_most=100):
        continue
    assert counted(gateway) == before
    assert gateway.transact(number_of, tally_entries) == 0
    assert gateway.transact(number_of, tallies) > 0
    assert wrong(gateway) == (0, 0)


def test_a_wrong_total_is_found_and_mended(gateway: Gateway, province: Api) -> None:
    staged(province, "rating")
    before = counted(gateway)
    cell = Cell("H38.12", "1.003560.H38", "G03-GD10", "online", "2026-11")
    gateway.transact(add_entries, {cell: Counts(received=5)})
    gateway.transact(fold, at_most=100)
    assert wrong(gateway)[1] > 0
    mended = gateway.transact(mend_totals, gateway.clock, ADMINISTRATOR, lambda _: None)
    assert mended > 0
    assert counted(gateway) == before
    assert wrong(gateway) == (0, 0)
    assert [one.act for one in evidence_of(gateway, "statistics")] == ["statistics.rebuild"]


def test_dossiers_from_before_are_counted_by_a_rebuild(gateway: Gateway, province: Api) -> None:
    staged(province, "rating")
    staged(province, "acceptance")
    before = counted(gateway)
    gateway.transact(_forget)
    assert counted(gateway) == {}
    some = gateway.transact(recount_some, RULES, after=0, is_check=False)
    assert (some.looked_at, some.wrong) == (2, 2)
    assert counted(gateway) == before
    assert wrong(gateway) == (0, 0)


def _forget(connection: Connection) -> None:
    names = ("course", "marks", "is_open", "past_from", "ending", "ended_at", "outcome")
    connection.execute(update(dossiers).values(dict.fromkeys(names)))
    connection.execute(delete(tally_entries))
    connection.execute(delete(tallies))


def test_a_check_changes_nothing(gateway: Gateway, province: Api) -> None:
    staged(province, "rating")
    gateway.transact(_forget)
    assert wrong(gateway)[0] == 1
    assert counted(gateway) == {}


def test_an_act_that_is_refused_leaves_no_trace_in_the_summaries(
    gateway: Gateway, province: Api
) -> None:
    code = staged(province, "acceptance")
    before = gateway.transact(number_of, tally_entries)
    answer = province.post(f"/v1/dossiers/{code}/completion", json={})
    assert answer.is_error
    assert gateway.transact(number_of, tally_entries) == before
