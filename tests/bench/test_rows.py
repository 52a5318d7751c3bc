import asyncio

import pytest

from app.access.domain import Scope
from tests.bench.rows import Copies, Driver, Snapshot, Write, driver_of, written
from tests.builders import a_dossier, seed_catalogue
from tests.gateway import Api, Gateway


@pytest.fixture
def driver(database_url: str) -> Driver:
    return driver_of(database_url)


def _snapshot(driver: Driver) -> Snapshot:
    return asyncio.run(driver.snapshot())


@pytest.fixture
def client(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38", Scope.SUBMIT_DOSSIERS)


@pytest.fixture
def before(client: Api, driver: Driver) -> Snapshot:
    assert client.post("/v1/dossiers", json=a_dossier()).status_code == 201
    return _snapshot(driver)


@pytest.fixture
def submission(client: Api, driver: Driver, before: Snapshot) -> list[Write]:
    assert client.post("/v1/dossiers", json=a_dossier()).status_code == 201
    return written(before, _snapshot(driver))


@pytest.fixture
def copies(submission: list[Write], driver: Driver, before: Snapshot) -> Copies:
    return Copies(submission, driver.sign, known=before)


def _shape(writes: list[Write]) -> list[tuple[str, bool, list[int]]]:
    """Return what was written without the values: of texts and bytes their lengths."""
    return [
        (write.table.name, write.before is None, [_length(value) for value in write.row.values()])
        for write in writes
    ]


def _length(value: object) -> int:
    return len(value) if isinstance(value, str | bytes) else 0


def test_a_submission_writes_its_counter_and_then_its_rows(submission: list[Write]) -> None:
    assert [write.table.name for write in submission if write.before is not None] == [
        "dossier_sequences"
    ]
    assert {write.table.name for write in submission if write.before is None} == {
        "dossiers", "dossier_progress", "dossier_tally_entries", "outbox", "evidence",
        "first_answers",
    }  # fmt: skip


def test_copies_write_what_a_submission_writes(
    submission: list[Write], copies: Copies, driver: Driver
) -> None:
    for _ in range(2):
        before = _snapshot(driver)
        asyncio.run(driver.commit([copies.next()], within=60))
        assert _shape(written(before, _snapshot(driver))) == _shape(submission)


def test_the_gateway_goes_on_behind_copies(copies: Copies, driver: Driver, client: Api) -> None:
    asyncio.run(driver.commit([copies.next(), copies.next()], within=60))
    assert client.post("/v1/dossiers", json=a_dossier()).status_code == 201
