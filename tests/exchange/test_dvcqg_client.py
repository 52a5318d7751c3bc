import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from structlog.testing import capture_logs

from app.exchange.dvcqg.client import SUPERSEDED
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from tests.exchange.dvcqg_builders import a_record, a_row
from tests.exchange.loopback import Server, Step, answer, reset, silence
from tests.exchange.portal import (
    again,
    done,
    exists,
    expired,
    login,
    nothing,
    portal,
    something,
    terminal,
    told,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def synced(*steps: Step, rows: int = 1) -> tuple[Outcome, list[str]]:
    """Run the script against the steps; its outcome, and what was asked in which order."""
    async with portal(*steps) as (client, server):
        outcome = await client.sync_dossier(a_record(), [a_row()] * rows)
    return outcome, [asked(request.content) for request in server.requests]


def asked(content: dict[str, Any]) -> str:
    service = content.get("service", "login")
    match service:
        case "DongBoHoSoMC":
            return f"{service} {content['isUpdating']}"
        case "CapNhatTienDoHoSoMC":
            return f"{service} {len(content['data'])}"
        case _:
            return str(service)


FIND, INSERT, UPDATE = "TraCuuHoSo", "DongBoHoSoMC False", "DongBoHoSoMC True"
ROWS = "CapNhatTienDoHoSoMC"


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (told(-1, "Sai mật khẩu"), Deferred("login-refused", alarm=True)),
        (told(0, "Thành công"), Deferred("login-refused", alarm=True)),
        (answer(body=b"<html>"), Deferred("contract-breach", alarm=True)),
        (answer(body={}), Deferred("contract-breach", alarm=True)),
        (answer(body={"error_code": True}), Deferred("contract-breach", alarm=True)),
        (answer(404, b"<html>"), Deferred("http-404", alarm=True)),
        (answer(503, Retry_After="9"), Deferred("http-503", timedelta(seconds=9))),
        (reset(), Deferred("connection-lost")),
    ],
    ids=[
        "refused",
        "without a session",
        "in HTML",
        "an empty object",
        "a code that is no code",
        "not found",
        "later",
        "reset",
    ],
)
async def test_a_login_that_fails_never_refuses_the_dossier(step: Step, outcome: Outcome) -> None:
    assert await synced(step) == (outcome, ["login"])


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (told(77, "Thành công"), Deferred("unknown-error-code", alarm=True)),
        (told("", "Thành công"), Deferred("unknown-error-code", alarm=True)),
        (told(-1, "MaTTHC: sai"), Refused("-1", "MaTTHC: sai")),
        (told(-1, "chưa cập nhật trạng thái Đang xử lý"), Deferred("not-yet")),
        (answer(body=b"[]"), Deferred("contract-breach", alarm=True)),
        (answer(500), Deferred("http-500")),
        (reset(), Deferred("connection-lost")),
    ],
    ids=[
        "unknown code",
        "empty code",
        "refused",
        "not yet",
        "a bare list",
        "500",
        "reset",
    ],
)
async def test_a_push_that_is_not_taken_sends_no_progress(step: Step, outcome: Outcome) -> None:
    assert await synced(login, nothing, step) == (outcome, ["login", FIND, INSERT])


async def test_a_look_up_that_is_refused_is_deferred() -> None:
    outcome, asked = await synced(login, told(-1, "Không có dịch vụ này"))
    assert outcome == Deferred("look-up-refused", alarm=True)
    assert asked == ["login", FIND]


async def test_an_answer_too_late_for_the_script_is_deferred() -> None:
    server = Server()
    async with portal(login, silence(server), server=server, deadline=0.2) as (client, _):
        assert await client.sync_dossier(a_record(), []) == Deferred("timeout")


@pytest.mark.parametrize("count", [0, 11])
async def test_a_batch_that_is_empty_or_too_long_is_not_sent(count: int) -> None:
    async with portal() as (client, server):
        with pytest.raises(ValidationError):
            await client.push_progress([a_row()] * count)
    assert server.requests == []


async def test_a_new_dossier_is_inserted_then_its_progress_follows() -> None:
    outcome, asked = await synced(login, nothing, done, done)
    assert outcome == Delivered()
    assert asked == ["login", FIND, INSERT, f"{ROWS} 1"]


async def test_a_known_dossier_is_updated() -> None:
    outcome, asked = await synced(login, something, done, rows=0)
    assert (outcome, asked) == (Delivered(), ["login", FIND, UPDATE])


async def test_an_insert_that_exists_is_resent_as_an_update() -> None:
    outcome, asked = await synced(login, nothing, exists, done, rows=0)
    assert (outcome, asked) == (Delivered(), ["login", FIND, INSERT, UPDATE])


async def test_an_update_that_exists_is_resent_no_more() -> None:
    outcome, asked = await synced(login, something, exists)
    assert (outcome, asked) == (Deferred("exists", alarm=True), ["login", FIND, UPDATE])


async def test_progress_goes_ten_rows_at_a_time() -> None:
    outcome, asked = await synced(login, something, done, done, done, done, rows=21)
    assert outcome == Delivered()
    assert asked[3:] == [f"{ROWS} 10", f"{ROWS} 10", f"{ROWS} 1"]


async def test_no_batch_follows_one_that_failed() -> None:
    outcome, asked = await synced(login, something, done, told(-1, "sai"), rows=11)
    assert (outcome, asked[3:]) == (Refused("-1", "sai"), [f"{ROWS} 10"])


@pytest.mark.parametrize("kept_out", [exists, terminal], ids=["exists", "terminal"])
async def test_rows_kept_out_by_one_the_portal_has_are_sent_alone(kept_out: Step) -> None:
    outcome, asked = await synced(login, something, done, kept_out, kept_out, done, done, rows=3)
    assert outcome == Delivered()
    assert asked[3:] == [f"{ROWS} 3", f"{ROWS} 1", f"{ROWS} 1", f"{ROWS} 1"]


async def test_a_row_sent_alone_and_refused_stops_the_others() -> None:
    outcome, asked = await synced(login, something, done, exists, told(-1, "sai"), rows=3)
    assert (outcome, asked[3:]) == (Refused("-1", "sai"), [f"{ROWS} 3", f"{ROWS} 1"])


async def test_what_the_portal_has_passed_counts_as_delivered_and_is_told() -> None:
    assert (await synced(login, something, terminal, done))[0] == Delivered()
    assert (await synced(login, something, done, terminal))[0] == Delivered(SUPERSEDED)


async def test_an_expired_session_is_renewed_once_and_kept() -> None:
    async with portal(login, expired, again, nothing, something) as (client, server):
        assert await client.find_dossier("H38.12-261102-0007") is False
        assert await client.find_dossier("H38.12-261102-0007") is True
    sessions = [request.content.get("session") for request in server.requests]
    assert sessions == [None, "phien-1", None, "phien-2", "phien-2"]


async def test_a_session_that_expires_at_once_again_is_deferred() -> None:
    outcome, asked = await synced(login, expired, again, expired)
    assert outcome == Deferred("session-expired", alarm=True)
    assert asked == ["login", FIND, "login", FIND]


async def test_a_renewal_that_fails_is_deferred() -> None:
    outcome, asked = await synced(login, expired, answer(503))
    assert (outcome, asked) == (Deferred("http-503"), ["login", FIND, "login"])


async def test_callers_at_once_share_one_login() -> None:
    async with portal(login, *[something] * 8) as (client, server):
        found = await asyncio.gather(*[client.find_dossier("x") for _ in range(8)])
    assert found == [True] * 8
    assert [asked(request.content) for request in server.requests] == ["login", *[FIND] * 8]


async def test_callers_at_once_share_one_failed_login_and_the_next_tries_anew() -> None:
    async with portal(answer(503), login, something) as (client, server):
        found = await asyncio.gather(*[client.find_dossier("x") for _ in range(8)])
        assert found == [Deferred("http-503")] * 8
        assert len(server.requests) == 1
        assert await client.find_dossier("x") is True


@pytest.mark.parametrize(
    "step",
    [
        done,
        answer(503, Retry_After="9"),
        answer(body={"error_code": 0, "result": None}),
        answer(body={"error_code": 0, "result": [{"TENTTHC": "không mã"}]}),
        answer(body={"error_code": 0, "result": ["1.003560"]}),
        told(-1, "Không có dịch vụ này"),
    ],
    ids=["no result", "later", "null", "no code", "not records", "refused"],
)
async def test_a_list_of_procedures_that_is_none_is_a_failure(step: Step) -> None:
    async with portal(login, step) as (client, _):
        with pytest.raises(PortalUnavailableError):
            await client.list_procedures()


async def test_procedures_are_listed_and_read() -> None:
    row = {"MATTHC": "1.003560", "TENTTHC": "Thủ tục mẫu"}
    result = answer(body={"error_code": "0", "result": [row]})
    async with portal(login, result, result, nothing) as (client, server):
        listed = await client.list_procedures()
        found = await client.get_procedure("1.003560")
        missing = await client.get_procedure("1.999999")
    assert [(one.code, one.name) for one in listed] == [("1.003560", "Thủ tục mẫu")]
    assert found is not None
    assert (found.code, missing) == ("1.003560", None)
    assert server.requests[2].content["maTTHC"] == "1.003560"


async def test_a_failure_to_read_tells_when_to_come_back() -> None:
    async with portal(answer(503, Retry_After="9")) as (client, _):
        with pytest.raises(PortalUnavailableError) as raised:
            await client.get_procedure("1.003560")
    assert raised.value.retry_after == 9


async def test_no_log_line_holds_a_name_a_session_a_password_or_a_body() -> None:
    with capture_logs() as lines:
        await synced(told(5, "Nguyễn Thị Giả Định"))
        await synced(login, told("Nguyễn Thị Giả Định", "0000000001"))
        await synced(login, answer(body=b"Nguy\xe1\xbb\x85n 0000000001"))
        await synced(login, something, done, terminal)
    assert [line["event"] for line in lines] == [
        "portal_login_refused",
        "portal_code_unknown",
        "contract_breach",
        "portal_superseded",
    ]
    for secret in ("Nguyễn", "0000000001", "phien-1", "mat-khau", "Ví Dụ"):
        assert secret not in str(lines)
