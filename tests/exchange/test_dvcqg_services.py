"""Catalogues, accounts, questions and statuses: our client before the mock nation."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.dvcqg.wire import (
    OPEN_CATALOGUES,
    AnswerToCitizen,
    DraftedQuestion,
    GetDecision,
    ListEntries,
    ListUnitProcedures,
    NationalDossierStatus,
)
from app.exchange.outcomes import Delivered, Refused
from app.platform.clock import VIETNAM
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.exchange.nation import client_of

pytestmark = pytest.mark.anyio
MOMENT = datetime(2026, 11, 3, 9, tzinfo=VIETNAM)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def an_answer(question_id: int) -> AnswerToCitizen:
    return AnswerToCitizen(
        question_id=question_id,
        agency_code="H38",
        answered_by="Trần Văn Ví Dụ",
        answered_at=MOMENT,
        answer="Chỉ cần đơn.",
    )


@pytest.mark.parametrize("form", ["int", "text"])
async def test_agencies_and_sectors_are_read_whichever_way_codes_are_written(form: Any) -> None:
    client = client_of(Universe(Settings(error_code_form=form)))
    assert ("H38", 1) in {(row.code, row.level) for row in await client.list_agencies()}
    assert {row.owner_code for row in await client.list_sectors()} == {"G03", "G22"}


async def test_a_catalogue_of_unknown_fields_comes_as_it_is() -> None:
    universe = Universe()
    universe.catalogues.replace("LayDanhMucDanToc", [{"X": 1}])
    assert await client_of(universe).list_entries("LayDanhMucDanToc") == ({"X": 1},)
    for name in OPEN_CATALOGUES:
        assert isinstance(await client_of(universe).list_entries(name), tuple)


async def test_a_catalogue_that_does_not_exist_is_not_asked_for() -> None:
    with pytest.raises(ValidationError):
        ListEntries(service="LayDanhMucCoQuan")


async def test_an_account_is_found_or_there_is_none() -> None:
    client = client_of(Universe())
    assert await client.find_account("000000000001") == "tech-gia-dinh-0001"
    assert await client.find_account("000000000009") is None


async def test_the_procedures_of_a_unit_and_a_decision_are_read() -> None:
    client = client_of(Universe())
    rows = await client.read(ListUnitProcedures(unit_code="H53"))
    assert len(rows) == 2
    assert await client.read(GetDecision(decision_id="1")) == ()


async def test_a_session_that_ended_is_renewed_unseen() -> None:
    universe = Universe(Settings(session_error_code=-2))
    client = client_of(universe)
    assert await client.list_questions()
    universe.clock.advance(universe.settings.session_ttl)
    assert await client.list_questions()


async def test_a_question_is_read_and_answered() -> None:
    universe = Universe()
    client = client_of(universe)
    (question,) = await client.list_questions()
    assert (question.question_id, question.agency_code) == ("101", "H38")
    assert await client.push_answers([an_answer(101)]) == Delivered()
    (answer,) = await client.list_answers("101")
    assert answer.answer == "Chỉ cần đơn."
    assert isinstance(await client.push_answers([an_answer(102)]), Refused)


async def test_a_question_of_state_0_is_left_out() -> None:
    universe = Universe()
    universe.questions.ask(universe.questions.asked()[0] | {"TRANGTHAI": 0})
    assert await client_of(universe).list_questions() == ()


async def test_a_drafted_question_is_pushed_with_or_without_its_answer() -> None:
    client = client_of(Universe())
    facts: dict[str, Any] = {
        "sector_code": "G03-GD10",
        "content": "Ở đâu?",
        "agency_code": "H38",
        "agency_name": "UBND tỉnh Lào Cai",
    }
    drafts = [
        DraftedQuestion(question_id=7, **facts),
        DraftedQuestion(question_id=8, answer_id=1, answer="Tại một cửa.", **facts),
    ]
    assert await client.push_drafted(drafts) == Delivered()
    found = {row.question_id: row.answer for row in await client.list_drafted()}
    assert found == {"7": "", "8": "Tại một cửa."}


async def test_a_refused_national_dossier_is_told_as_11() -> None:
    universe = Universe()
    facts: dict[str, Any] = {
        "national_code": "G02.24-261102-000001",
        "own_code": "H38.12-261102-0001",
        "content": "Từ chối",
        "happened_at": MOMENT,
    }
    told = NationalDossierStatus(status="11", **facts)
    assert await client_of(universe).report_status(told) == Delivered()
    assert universe.statuses[0]["TrangThai"] == "11"
    assert universe.statuses[0]["NgayXuLy"] == "20261103090000"
    with pytest.raises(ValidationError):
        NationalDossierStatus(status="3", **facts)


async def test_a_read_that_is_refused_is_no_empty_list() -> None:
    universe = Universe()
    with pytest.raises(PortalUnavailableError):
        await client_of(universe).read(ListUnitProcedures(unit_code="Sở Ví Dụ"))
