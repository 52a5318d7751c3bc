"""Due dates that the gateway computes, through the API."""

from typing import Any

import pytest

from app.calendars import use_cases as calendars
from app.calendars.domain import CalendarError
from app.calendars.schemas import read_calendar
from app.catalogue.domain import FullProcedure
from app.catalogue.store import procedures
from app.codes import ProcedureCode
from app.evidence.domain import SystemActor
from app.platform.bodies import InvalidInputError
from tests.builders import ABSENT, a_dossier, evidence_of
from tests.gateway import Api, Gateway

ADMINISTRATOR = SystemActor("system:administrator", "H38")


def submit(api: Api, **changes: Any) -> Any:
    answer = api.post("/v1/dossiers", json=a_dossier(due_at=ABSENT, **changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


def reasons(dossier: Any) -> list[str]:
    return [one["reason"] for one in dossier["due_history"]]


def test_what_the_one_stop_system_promised_stands(province: Api) -> None:
    found = province.post("/v1/dossiers", json=a_dossier(channel="counter")).json()
    assert found["due_at"] == "2026-11-09T17:00:00+07:00"
    assert reasons(found) == ["given"]


def test_at_the_counter_the_due_date_is_computed_at_once(province: Api) -> None:
    found = submit(province, channel="counter")
    assert found["due_at"] == "2026-11-09T08:40:00+07:00"
    (why,) = found["due_history"]
    assert (why["reason"], why["duration"]) == ("computed", {"length": 5, "unit": "working_days"})
    assert why["counted_from"] == "2026-11-02T08:40:00+07:00"
    assert "thời hạn 5 ngày làm việc" in why["explanation"]


def test_by_post_the_time_limit_is_another(province: Api) -> None:
    assert submit(province, channel="postal")["due_at"] == "2026-11-11T08:40:00+07:00"


def test_online_it_is_computed_when_somebody_accepts(province: Api) -> None:
    found = submit(province)
    assert (found["due_at"], reasons(found)) == (None, [])
    body = {"status": "accepted", "happened_at": "2026-11-20T10:00:00+07:00"}
    path = f"/v1/dossiers/{found['code']}"
    assert province.post(f"{path}/progress", json=body).status_code == 201
    found = province.get(path).json()
    assert found["due_at"] == "2026-11-30T10:00:00+07:00"
    assert [one["day"] for one in found["due_history"][0]["days_off"]] == ["2026-11-24"]
    assert "24/11 (Ngày Văn hóa Việt Nam)" in found["due_history"][0]["explanation"]


def test_the_owner_sees_the_computed_date(gateway: Gateway, province: Api) -> None:
    found = submit(province, channel="counter")
    answer = gateway.http.get(
        f"/v1/public-services/dossiers/{found['code']}",
        headers={"X-Tracking-Code": found["tracking_code"]},
    )
    assert answer.json()["due_at"] == found["due_at"]


def test_a_procedure_without_a_time_limit_has_no_due_date(gateway: Gateway, province: Api) -> None:
    def without_limits(connection: Any) -> None:
        found = procedures.find_full(connection, ProcedureCode("1.003560.H38"))
        assert isinstance(found, FullProcedure)
        record = {name: value for name, value in found.record.items() if "methods" not in name}
        bare = FullProcedure(
            found.code,
            found.name,
            found.sector_code,
            found.sector_name,
            found.agency,
            found.state,
            record=record,
        )
        procedures.replace(connection, [bare])

    gateway.transact(without_limits)
    found = submit(province, channel="counter")
    assert (found["due_at"], reasons(found)) == (None, [])


def an_import(gateway: Gateway, raw: bytes) -> calendars.Kept:
    parsed = calendars.Days(*read_calendar(raw))
    return gateway.transact(calendars.import_calendar, gateway.clock, ADMINISTRATOR, parsed)


def test_an_imported_day_moves_what_is_computed_afterwards(gateway: Gateway, province: Api) -> None:
    before = submit(province, channel="counter")
    raw = b'{"days": [{"day": "2026-11-04", "is_working": false, "note": "Ngh\\u1ec9"}]}'
    assert an_import(gateway, raw) == calendars.Kept(new=1, changed=0, unchanged=0)
    assert submit(province, channel="counter")["due_at"] == "2026-11-10T08:40:00+07:00"
    path = f"/v1/dossiers/{before['code']}"
    assert province.get(path).json()["due_at"] == before["due_at"]
    entries = evidence_of(gateway, "calendar")
    assert [entry.act for entry in entries] == ["calendar.import"]


def test_an_import_lies_over_library_and_shipped_days_and_counts_itself(gateway: Gateway) -> None:
    def days(year: int) -> dict[str, bool]:
        found = gateway.transact(calendars.show_calendar, year)
        return {one.day.isoformat(): one.is_working for one in found}

    shipped = days(2026)
    assert (shipped["2026-01-02"], shipped["2026-01-10"]) == (False, True)
    raw = (
        b'{"days": [{"day": "2026-01-02", "is_working": true, "note": "x"},'
        b' {"day": "2026-12-05", "is_working": true, "note": "y"}]}'
    )
    assert an_import(gateway, raw) == calendars.Kept(2, 0, 0)
    assert an_import(gateway, raw) == calendars.Kept(0, 0, 2)
    assert an_import(gateway, raw.replace(b'"y"', b'"z"')) == calendars.Kept(0, 1, 1)
    changed = days(2026)
    assert "2026-01-02" not in changed
    assert changed["2026-12-05"]


def test_a_calendar_that_contradicts_itself_is_refused(gateway: Gateway) -> None:
    one = '{"day": "2026-12-05", "is_working": true, "note": "y"}'
    with pytest.raises(CalendarError):
        an_import(gateway, f'{{"days": [{one}, {one}]}}'.encode())
    with pytest.raises(InvalidInputError):
        read_calendar(b'{"days": [{"day": "5/12/2026", "is_working": true, "note": "y"}]}')
