"""What a process remembers of public statuses is never told when something else is so."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text, update

from app.catalogue.tables import procedures
from app.dossiers.tables import dossiers, progress
from app.public_services.routes import Statuses
from tests.builders import a_dossier
from tests.gateway import Api, Gateway


@pytest.fixture
def dossier(province: Api) -> dict[str, Any]:
    found: dict[str, Any] = province.post("/v1/dossiers", json=a_dossier()).json()
    return found


def look(gateway: Gateway, dossier: dict[str, Any]) -> Any:
    headers = {"X-Tracking-Code": dossier["tracking_code"]}
    answer = gateway.http.get(f"/v1/public-services/dossiers/{dossier['code']}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def move(province: Api, dossier: dict[str, Any], status: str) -> None:
    body = {"status": status}
    answer = province.post(f"/v1/dossiers/{dossier['code']}/progress", json=body)
    assert answer.status_code == 201, answer.text


def test_every_act_is_seen_by_the_next_look(
    gateway: Gateway, province: Api, dossier: dict[str, Any]
) -> None:
    seen = []
    for status in ("accepted", "processing", "finished"):
        assert look(gateway, dossier) == look(gateway, dossier)
        move(province, dossier, status)
        found = look(gateway, dossier)
        seen.append((found["status"], len(found["timeline"])))
    assert seen == [("accepted", 2), ("processing", 3), ("finished", 4)]


def test_a_row_of_progress_alone_is_seen_too(gateway: Gateway, dossier: dict[str, Any]) -> None:
    before = look(gateway, dossier)

    def note(connection: Connection) -> None:
        row = {"dossier": dossier["code"], "status": "accepted", "staff_name": "", "content": ""}
        connection.execute(progress.insert(), row | {"happened_at": gateway.clock.now()})

    gateway.transact(note)
    assert len(look(gateway, dossier)["timeline"]) == len(before["timeline"]) + 1


def test_another_name_of_the_procedure_is_told_at_once(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    before = look(gateway, dossier)["procedure_name"]

    def rename(connection: Connection) -> None:
        connection.execute(update(procedures).values(name=f"{before} (mới)"))

    gateway.transact(rename)
    assert look(gateway, dossier)["procedure_name"] == f"{before} (mới)"


def test_a_dossier_that_is_counted_nowhere_has_its_name_from_the_catalogue(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    def uncount(connection: Connection) -> None:
        connection.execute(update(dossiers).values(counted_procedure=None))

    before = look(gateway, dossier)
    gateway.transact(uncount)
    assert look(gateway, dossier) == before


def test_time_alone_makes_a_dossier_late(
    gateway: Gateway, province: Api, dossier: dict[str, Any]
) -> None:
    move(province, dossier, "accepted")
    assert not look(gateway, dossier)["standing"]["is_late"]
    gateway.clock.advance(timedelta(days=60))
    assert look(gateway, dossier)["standing"]["is_late"]
    assert look(gateway, dossier)["standing"]["is_late"]


def test_the_code_is_asked_for_at_every_look(gateway: Gateway, dossier: dict[str, Any]) -> None:
    look(gateway, dossier)
    wrong = dossier | {"tracking_code": "0" * 20}
    headers = {"X-Tracking-Code": wrong["tracking_code"]}
    path = f"/v1/public-services/dossiers/{dossier['code']}"
    assert gateway.http.get(path, headers=headers).status_code == 404


def test_what_is_remembered_is_read_once(gateway: Gateway, dossier: dict[str, Any]) -> None:
    look(gateway, dossier)

    def spoil(connection: Connection) -> None:
        connection.execute(text("UPDATE dossiers SET status = 'returned'"))

    gateway.transact(spoil)
    assert look(gateway, dossier)["status"] == "registered"


def test_no_more_is_remembered_than_agreed(gateway: Gateway, province: Api) -> None:
    made = [province.post("/v1/dossiers", json=a_dossier()).json() for _ in range(3)]

    statuses = Statuses(gateway.context, kept=2)

    async def ask() -> Sequence[str]:
        found = [await statuses.find(one["code"], one["tracking_code"]) for one in [*made, *made]]
        return [one.status.code for one in found]

    codes = [one["code"] for one in made]
    assert gateway.http.portal is not None
    assert gateway.http.portal.call(ask) == [*codes, *codes]
