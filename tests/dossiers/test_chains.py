"""Liên thông: birth registration, then residence, then the health-insurance card."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, update

from app.catalogue.tables import members
from tests.acting import do, done, example_of, staged
from tests.builders import evidence_of
from tests.dossiers.test_acts import refusal_of, shown, steps_of
from tests.gateway import Api, Gateway

BIRTH = example_of("parts")
COMMUNE, POLICE, INSURANCE = (part["agency_code"] for part in BIRTH["parts"])


def parts_of(api: Api, code: str) -> list[Any]:
    found: list[Any] = shown(api, code)["handling"]["parts"]
    return found


def states(api: Api, code: str) -> list[str]:
    return [part["state"] for part in parts_of(api, code)]


def finish_part(api: Api, whole: str, number: int) -> str:
    """Do the part of one agency from acceptance to finish, and return its own code."""
    code = str(parts_of(api, whole)[number - 1]["code"])
    for act in ("acceptance", "forwardings", "completion"):
        done(api, code, act)
    return code


@pytest.fixture
def whole(province: Api) -> str:
    code = staged(province, "parts")
    done(province, code, "parts")
    return code


def test_the_first_part_is_a_dossier_of_its_own_agency(
    gateway: Gateway, province: Api, whole: str
) -> None:
    first, second, third = parts_of(province, whole)
    assert [part["state"] for part in (first, second, third)] == ["open", "waiting", "waiting"]
    assert (second["code"], third["after"]) == (None, [2])
    commune = gateway.client(COMMUNE)
    assert [one["code"] for one in commune.get("/v1/dossiers").json()["items"]] == [first["code"]]
    theirs = shown(commune, first["code"])
    assert (theirs["status"], theirs["channel"]) == ("registered", "online")
    assert theirs["procedure_name"] == "Đăng ký khai sinh (phần mẫu)"
    assert theirs["handling"]["part_of"] == {"code": whole, "number": 1}
    assert theirs["attachments"] == shown(province, whole)["attachments"]
    assert gateway.client(POLICE).get("/v1/dossiers").json()["items"] == []


def test_each_part_has_its_own_deadline(province: Api, whole: str) -> None:
    first = parts_of(province, whole)[0]
    done(province, first["code"], "acceptance")
    assert parts_of(province, whole)[0]["due_at"] == "2026-11-03T09:00:00+07:00"
    assert shown(province, whole)["due_at"] == "2026-11-09T17:00:00+07:00"


def test_the_parts_are_opened_one_after_the_other_and_finish_the_whole(
    gateway: Gateway, province: Api, whole: str
) -> None:
    finish_part(province, whole, 1)
    assert states(province, whole) == ["done", "open", "waiting"]
    assert len(gateway.client(POLICE).get("/v1/dossiers").json()["items"]) == 1
    finish_part(province, whole, 2)
    assert shown(province, whole)["status"] == "processing"
    finish_part(province, whole, 3)
    assert states(province, whole) == ["done"] * 3
    assert shown(province, whole)["status"] == "finished"
    last = steps_of(province, whole)[-1]
    assert (last["act"], last["actor"], last["content"]) == (
        "dossier.finish",
        "system",
        "Mọi phần liên thông đã xong",
    )
    acts = [entry.act for entry in evidence_of(gateway, f"dossier:{whole}")]
    assert acts.count("dossier.part.follow") >= 3
    assert acts[-1] == "dossier.finish"


def test_acts_reported_later_move_parts_and_whole_when_they_happened(
    province: Api, whole: str
) -> None:
    for number, day in enumerate(("03", "04", "05"), 1):
        code = parts_of(province, whole)[number - 1]["code"]
        for hour, act in enumerate(("acceptance", "forwardings", "completion"), 8):
            done(province, code, act, happened_at=f"2026-10-{day}T{hour:02}:00:00+07:00")
    second = shown(province, parts_of(province, whole)[1]["code"])
    assert second["received_at"] == "2026-10-03T10:00:00+07:00"
    assert second["code"].split("-")[1] == "261003"
    assert shown(province, whole)["finished_at"] == "2026-10-05T10:00:00+07:00"


def test_a_refused_part_is_seen_at_once_and_stops_the_whole(
    gateway: Gateway, province: Api, whole: str
) -> None:
    first = parts_of(province, whole)[0]["code"]
    done(gateway.client(COMMUNE), first, "refusal")
    assert states(province, whole) == ["refused", "waiting", "waiting"]
    listed = province.get("/v1/dossiers", params={"status": "processing"}).json()["items"]
    assert [(one["code"], one["has_refused_part"]) for one in listed] == [(whole, True)]
    assert "bị từ chối" in steps_of(province, whole)[-1]["content"]
    answer = do(province, whole, "completion")
    assert refusal_of(answer) == (409, "unmet-condition")
    assert answer.json()["condition"] == "parts_done"


def test_the_whole_is_not_finished_before_its_parts(province: Api, whole: str) -> None:
    path = f"/v1/dossiers/{whole}/progress"
    answer = province.post(path, json={"status": "finished"})
    assert refusal_of(answer) == (409, "unmet-condition")


def test_a_part_that_only_reports_statuses_is_followed_too(province: Api, whole: str) -> None:
    first = parts_of(province, whole)[0]["code"]
    for status in ("accepted", "finished"):
        path = f"/v1/dossiers/{first}/progress"
        assert province.post(path, json={"status": status}).status_code == 201
    assert states(province, whole) == ["done", "open", "waiting"]


def test_parts_without_an_order_are_all_open(province: Api) -> None:
    code = staged(province, "parts")
    parts = [{**part, "after": []} for part in BIRTH["parts"]]
    done(province, code, "parts", parts=parts)
    assert states(province, code) == ["open"] * 3


@pytest.mark.parametrize("after", [[2], [3], [0], [-1], [9]])
def test_a_part_waits_only_for_parts_before_it(province: Api, after: list[int]) -> None:
    code = staged(province, "parts")
    first, second, third = BIRTH["parts"]
    answer = do(province, code, "parts", parts=[first, {**second, "after": after}, third])
    assert refusal_of(answer) == (422, "part-order")
    assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["/parts/1/after"]


def test_an_agency_or_procedure_that_is_not_there_is_named_and_nothing_is_opened(
    gateway: Gateway, province: Api
) -> None:
    code = staged(province, "parts")
    first, second, third = BIRTH["parts"]
    wrong = {"agency_code": "H38.99", "procedure_code": "1.999999"}
    for field, value in wrong.items():
        answer = do(province, code, "parts", parts=[first, second, {**third, field: value}])
        assert [one["pointer"] for one in answer.json()["errors"]] == [f"/parts/2/{field}"]
    assert parts_of(province, code) == []
    assert gateway.client(COMMUNE).get("/v1/dossiers").json()["items"] == []


def close(gateway: Gateway, agency: str, successor: str | None) -> None:
    """Close an agency, as the catalogue's directory does."""

    def act(connection: Connection) -> None:
        changes = {"valid_to": date(2026, 11, 2), "successor": successor}
        connection.execute(update(members).where(members.c.code == agency).values(**changes))

    gateway.transact(act)


def test_a_part_whose_agency_closed_meanwhile_goes_to_its_successor(
    gateway: Gateway, province: Api, whole: str
) -> None:
    close(gateway, POLICE, "H38.12")
    finish_part(province, whole, 1)
    second = parts_of(province, whole)[1]
    assert (second["state"], second["agency"]) == ("open", "H38.12")
    assert second["agency_before"] == POLICE
    theirs = gateway.client("H38.12").get(f"/v1/dossiers/{second['code']}").json()
    assert (theirs["agency_code"], theirs["handling"]["part_of"]["code"]) == ("H38.12", whole)
    told = [step["content"] for step in steps_of(province, whole)]
    assert any(f"chuyển từ {POLICE} (đã đóng) sang H38.12" in content for content in told)


def test_a_part_that_nobody_is_left_to_receive_is_seen_and_hinders_no_other(
    gateway: Gateway, province: Api, whole: str
) -> None:
    close(gateway, POLICE, None)
    finish_part(province, whole, 1)
    assert states(province, whole) == ["done", "refused", "waiting"]
    assert shown(province, whole)["has_refused_part"] is True
    told = [step["content"] for step in steps_of(province, whole)]
    assert any("không có cơ quan nào tiếp nhận thay" in content for content in told)
