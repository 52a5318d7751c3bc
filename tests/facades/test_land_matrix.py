"""Each of the land system's calls × each outcome: what is answered, byte for byte."""

import json
from concurrent.futures import ThreadPoolExecutor, wait

import httpx
import pytest
from starlette.testclient import TestClient

from app.facades.land.domain import Operation
from app.facades.land.schemas.words import identity_of
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.ngsp.land.calling import LISTS, OPERATIONS, STATUSES, TAKE, body_of
from tests.acting import done
from tests.builders import evidence_of
from tests.facades.elsewhere import Elsewhere
from tests.facades.land_system import CODE, Land, handed_over, notices_of, rows_of, status_of
from tests.facades.land_words import (
    AWAY,
    DONE,
    LISTED,
    NO_OBJECT,
    NOT_HELD,
    ROWS,
    TAKES,
    WRONG_CODE,
    refused,
)
from tests.gateway import Api, Gateway

JSON = "application/json; charset=utf-8"


def said(answer: httpx.Response, status: int = 200) -> str:
    """Return the body of an answer in the land system's form."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, JSON), answer.text
    return answer.content.decode()


def ready(land: Land, api: Api, operation: str) -> str:
    """Return a dossier that it has, of which an operation can be said."""
    code = handed_over(api)
    if operation == "NhanBoSungHoSo":
        land.done("YeuCauBoSungHoSo", code)
    return code


def state_of(api: Api, code: str) -> tuple[str, object, object]:
    return status_of(api, code), rows_of(api, code), notices_of(api, code)


def refusals_of(gateway: Gateway, operation: str) -> list[str]:
    subject = f"POST /vbdlis/{operation}/{{security_code}}"
    return [entry.outcome for entry in evidence_of(gateway, subject)]


@pytest.mark.parametrize("operation", ROWS)
def test_a_word_of_a_dossier_that_it_has_is_taken(land: Land, api: Api, operation: str) -> None:
    code = ready(land, api, operation)
    assert said(land.say(operation, code)) == DONE
    assert status_of(api, code) == ROWS[operation].status


@pytest.mark.parametrize("operation", ROWS)
def test_a_word_said_again_is_taken_again_and_changes_nothing(
    land: Land, api: Api, operation: str
) -> None:
    code = ready(land, api, operation)
    land.done(operation, code)
    before = state_of(api, code)
    assert said(land.say(operation, code)) == DONE
    assert state_of(api, code) == before


@pytest.mark.parametrize("operation", ROWS)
def test_a_word_of_a_dossier_that_it_does_not_have_is_refused(land: Land, operation: str) -> None:
    for _ in range(2):
        assert said(land.say(operation, "VP-9")) == refused(NOT_HELD)
    assert refusals_of(land.gateway, operation) == ["land-not-held"] * 2


@pytest.mark.parametrize("operation", ROWS)
def test_a_word_about_a_dossier_that_was_returned(land: Land, api: Api, operation: str) -> None:
    code = handed_over(api)
    land.done("KetThucHoSo", code, GhiChu="xong")
    done(api, code, "results")
    assert said(land.say(operation, code)) == ROWS[operation].after_the_end
    assert status_of(api, code) == "returned"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_no_object_is_refused(land: Land, operation: str) -> None:
    for raw in (b"", b"[]", b"{", b'{"SoBienNhan":"\\u0000"}', b"\xff"):
        answer = land.gateway.http.post(f"/vbdlis/{operation}/{CODE}", content=raw)
        assert said(answer) == refused(NO_OBJECT)


@pytest.mark.parametrize("operation", ROWS)
def test_every_wrong_field_of_a_word_is_named(land: Land, api: Api, operation: str) -> None:
    code = ready(land, api, operation)
    before, row = state_of(api, code), ROWS[operation]
    assert said(land.post(operation, {})) == row.lacking
    fields = body_of(operation, code, land.gateway.clock.now(), {})
    assert said(land.post(operation, dict.fromkeys(fields, 7) | {"GhiChu": "x"})) == row.unfit
    assert state_of(api, code) == before


@pytest.mark.parametrize("operation", [*OPERATIONS, *LISTS])
@pytest.mark.usefixtures("land")
def test_a_code_that_is_nobodys_is_refused(gateway: Gateway, operation: str) -> None:
    method = "GET" if operation in LISTS else "POST"
    for code in ("sai", "mot-ma-bao-mat-du-dai-va-ngau-nhieN"):
        answer = gateway.http.request(method, f"/vbdlis/{operation}/{code}")
        assert said(answer, 401) == refused(WRONG_CODE)


@pytest.mark.parametrize("case", TAKES)
def test_a_dossier_is_taken_or_refused_in_words(land: Land, api: Api, case: str) -> None:
    changes, words = TAKES[case]
    for _ in range(2):
        assert said(land.say(TAKE, "VP-1", **changes)) == words
    taken = [one["dossier"]["code"] for one in api.get("/v1/dossiers/feed").json()["items"]]
    assert taken == (["H38.12-261102-0001"] if case == "found" else [])


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_given(land: Land, api: Api, name: str) -> None:
    answer = land.gateway.http.get(f"/vbdlis/{name}/{CODE}")
    rows = LISTED[name](api)
    assert said(answer) == f'{{"Result":true,"Message":"Thành công","Data":[{rows}]}}'


@pytest.mark.parametrize("operation", [*OPERATIONS, *LISTS])
def test_without_the_database_it_is_to_come_again(
    settings: Settings, clock: FrozenClock, operation: str
) -> None:
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    if settings.database_url.startswith("sqlite"):
        away = "sqlite:////nowhere/lgsp.db"
    elsewhere = settings.model_copy(update={"database_url": away})
    with TestClient(create_app(elsewhere, clock=clock)) as http:
        method = "GET" if operation in LISTS else "POST"
        answer = http.request(method, f"/vbdlis/{operation}/{CODE}", content=b"{}")
    assert said(answer, 503) == refused(AWAY)
    assert answer.headers["retry-after"] == "2"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_answered_late_is_answered_as_ever(land: Land, api: Api, operation: str) -> None:
    code = "VP-1" if operation == TAKE else ready(land, api, operation)
    body = body_of(operation, code, land.gateway.clock.now(), {})
    identity = f"dossier:{code}"
    if operation != TAKE:
        identity = identity_of(Operation(operation), json.loads(json.dumps(body)))
    other = Elsewhere(land.gateway, identity)
    with ThreadPoolExecutor(2) as threads:
        taking = threads.submit(other.take)
        assert other.has_it.wait(10)
        answering = threads.submit(land.post, operation, body)
        assert not wait([answering], timeout=0.3).done, "it was not kept waiting"
        other.gives_up.set()
        taking.result()
        answer = said(answering.result())
    assert answer == (TAKES["found"][1] if operation == TAKE else DONE)
    if operation != TAKE:
        assert status_of(api, code) == ROWS[operation].status


def test_the_table_has_every_call() -> None:
    assert {*ROWS, TAKE} == set(OPERATIONS) == {*STATUSES, TAKE}
    assert set(LISTED) == set(LISTS)
