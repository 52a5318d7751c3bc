"""The nation's three lists, over the wire and into the catalogue."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from app.catalogue.sync.directory import DirectoryReader, read_directory
from app.catalogue.use_cases import resolve_member, show_member
from app.codes import AgencyCode
from app.exchange.transport import build_client
from app.exchange.vxp.client import AxisUnavailableError, VxpClient
from app.platform.errors import ProblemError
from tests.builders import evidence_of, seed_catalogue
from tests.contract.judges import faults_of_json
from tests.exchange.loopback import Step, answer, scripted
from tests.gateway import Gateway

OK = {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"}
NEW = [
    {"id": "1", "code": "H53", "code102": "000.00.00.H53", "name": "UBND tỉnh Đổi Tên"},
    {"id": "2", "code": "H53.91", "code102": "000.00.91.H53", "name": "Sở Mới"},
    {"id": "3", "code": "!!", "name": "Hỏng"},
]
OLD = [
    {"id": "1", "pid": "0", "code": "000.00.00.H53", "name": "UBND tỉnh Đổi Tên"},
    {"id": "2", "pid": "1", "code": "000.00.91.H53", "name": "Sở Mới", "oldCode": "000.00.92.H53"},
]
UNITS: list[dict[str, Any]] = [
    {"id": "9", "code": "000.00.93.H53", "name": "Sở Cũ", "deleted": True,
     "modifyDate": "2026/10/01 00:00:00"},
]  # fmt: skip


def steps(*, units: list[dict[str, Any]] = UNITS) -> list[Step]:
    lists = (("AgenciesQD20", NEW[:2]), ("Agencies", OLD), ("Units", units))
    for name, rows in lists:
        answered = {**OK, "data": rows}
        assert faults_of_json(f"vxp.yaml#/components/schemas/{name}Response", answered) == []
    return [answer(body={**OK, "data": rows}) for rows in (NEW, OLD, units)]


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    seed_catalogue(gateway)
    return gateway


def turns(gateway: Gateway, script: list[Step], *, number: int = 1) -> tuple[list[int], int]:
    """Let a worker look so often; return what changed each time, and how often it asked."""

    async def run() -> tuple[list[int], int]:
        http = build_client(timeout=timedelta(seconds=5))
        async with scripted(script) as server:
            client = VxpClient(http, server.url, "000.00.00.H38", "x", gateway.clock)
            found = []
            for _ in range(number):
                every = timedelta(hours=24)
                reader = DirectoryReader(
                    client, gateway.context.database, gateway.clock, every=every, member="H38"
                )
                found.append(await reader.turn())
                await reader.release()
            await http.aclose()
            return found, len(server.requests)

    assert gateway.http.portal is not None
    return gateway.http.portal.call(run)


def test_the_worker_takes_the_directory_over_once_in_an_interval(knowing: Gateway) -> None:
    changed, asked = turns(knowing, steps(), number=3)
    assert (changed, asked) == ([4, 0, 0], 3)
    [entry] = evidence_of(knowing, "catalogue")[-1:]
    assert (entry.client_id, entry.act) == ("system:directory", "catalogue.sync")
    known = {
        code: knowing.transact(show_member, code=AgencyCode(code))
        for code in ("H53", "H53.91", "H53.92", "H53.93")
    }
    assert known["H53"].name == "UBND tỉnh Đổi Tên"
    assert (known["H53.91"].qcvn, known["H53.91"].parent) == ("000.00.91.H53", "H53")
    assert (known["H53.92"].successor, known["H53.93"].valid_to) == ("H53.91", date(2026, 10, 1))
    knowing.clock.advance(timedelta(hours=25))
    assert turns(knowing, steps()) == ([0], 3)


def test_a_document_to_a_closed_code_is_answered_with_the_successors_name(
    knowing: Gateway,
) -> None:
    turns(knowing, steps())
    with pytest.raises(ProblemError) as refusal:
        knowing.transact(
            resolve_member, knowing.clock, AgencyCode("000.00.92.H53"), pointer="/to/0"
        )
    assert "Sở Mới" in refusal.value.detail


def test_a_unit_that_is_gone_since_no_day_is_closed_from_today_on(knowing: Gateway) -> None:
    turns(knowing, steps(units=[UNITS[0] | {"modifyDate": "0001/01/01 00:00:00"}]))
    closed = knowing.transact(show_member, code=AgencyCode("H53.93"))
    assert closed.valid_to == date(2026, 11, 2)


def test_a_list_that_is_not_told_changes_nothing_and_is_asked_for_again_later(
    knowing: Gateway,
) -> None:
    broken = [*steps()[:2], answer(500)]
    assert turns(knowing, broken, number=2) == ([0, 0], 3)
    assert knowing.transact(show_member, code=AgencyCode("H53")).name != "UBND tỉnh Đổi Tên"
    knowing.clock.advance(timedelta(minutes=11))
    assert turns(knowing, steps())[0] == [4]


def test_rows_without_a_code_to_be_read_are_counted(knowing: Gateway) -> None:
    async def run() -> int:
        http = build_client(timeout=timedelta(seconds=5))
        async with scripted(steps()) as server:
            client = VxpClient(http, server.url, "000.00.00.H38", "x", knowing.clock)
            directory = await read_directory(client, knowing.clock)
        await http.aclose()
        return directory.unusable

    assert asyncio.run(run()) == 1


def test_an_axis_that_is_away_is_told(knowing: Gateway) -> None:
    async def run() -> None:
        http = build_client(timeout=timedelta(seconds=1))
        client = VxpClient(http, "http://127.0.0.1:1", "000.00.00.H38", "x", knowing.clock)
        try:
            await read_directory(client, knowing.clock)
        finally:
            await http.aclose()

    with pytest.raises(AxisUnavailableError):
        asyncio.run(run())
