"""The page of what is owed and does not move, and of what mends it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from app.access.domain import Scope
from app.codes import AgencyCode, DocumentId
from app.console.domain.owed import DEAD_LETTER, word_of
from app.console.schemas.owed import DESTINATIONS, destination_of
from app.console.schemas.pages import span
from app.console.use_cases import owed as use_cases
from app.documents.domain.documents import StatusReport
from app.documents.domain.statuses import Status
from app.documents.domain.waiting import Delivery
from app.documents.use_cases import waiting
from app.exchange import settlement
from app.exchange.messages import State
from app.exchange.tables import outbox
from tests.architecture.test_topics_have_handlers import SLICES, modules, topics_named
from tests.broker.shared import SOMEBODY, consumer, done, published
from tests.broker.shared import terms as asked_terms
from tests.console.plans import plans_of
from tests.console.signing import opened
from tests.console.tables import rows
from tests.documents.packets import a_packet, report, sent
from tests.gateway import START, Api, Gateway
from tests.public_services.pages import Page, faults_of, page_of

PAGE = "/ton-dong"
MARK, IDENTITY = "dauvet77", "000000007701"
_MESSAGE: dict[str, Any] = {
    "topic": "dossiers.sync",
    "body": {"full_name": MARK},
    "state": State.OWED,
    "attempts": 0,
    "created_at": START,
    "owed_since": START,
}


def owe(gateway: Gateway, *messages: dict[str, Any]) -> None:
    """Write messages as workers leave them; each needs an id."""

    def write(connection: Connection) -> None:
        for one in messages:
            named = {"key": f"{MARK}:{one['message_id']}"}
            connection.execute(insert(outbox).values(_MESSAGE | named | one))

    gateway.transact(write)


def keep(gateway: Gateway, number: int, horizon: timedelta) -> None:
    """Keep a status that came before its document."""
    sender, recipient = AgencyCode("H53.71"), AgencyCode("H38.12")
    about = (sender, DocumentId(f"000.00.71.H53,2026/03/02,{number}/X"), recipient)
    said = StatusReport(Status.REJECTED, START, reason=MARK, staff=MARK, department=MARK)
    delivery = Delivery("H38", f"doc-{number}", "0" * 64)
    gateway.transact(waiting.keep, gateway.clock, delivery, about, (said, horizon))


def seen(gateway: Gateway) -> Page:
    answer = opened(gateway, PAGE, Scope.WATCH_TRAFFIC)
    assert answer.status_code == 200, answer.text
    page = page_of(answer)
    assert faults_of(page) == []
    return page


def table(page: Page, heading: str) -> list[list[str]]:
    """Return the rows of the table whose first column is called so, without the heading."""
    found = rows(page)
    start = next(place for place, row in enumerate(found) if row[0] == heading)
    size = len(found[start])
    behind = found[start + 1 :]
    end = next((place for place, row in enumerate(behind) if len(row) != size), len(behind))
    return behind[:end]


def texts(page: Page, name: str) -> list[str]:
    return [one.text for one in page.all(name)]


def test_a_gateway_that_owes_nothing_says_so(gateway: Gateway, province: Api) -> None:
    del province
    page = seen(gateway)
    for said in ("Không còn nợ gì.", "Không có văn bản nào quá hạn.", "0 đang chờ, 0 đã quá"):
        assert said in page.text


def test_what_is_owed_is_counted_by_destination_with_its_age(gateway: Gateway) -> None:
    owe(
        gateway,
        {"message_id": "1"},
        {"message_id": "2", "owed_since": START - timedelta(hours=30)},
        {"message_id": "3", "state": State.PARKED, "reason": "by-hand"},
        {"message_id": "4", "topic": "webhooks.deliver"},
        {"message_id": "5", "state": State.DELIVERED, "settled_at": START},
    )
    page = seen(gateway)
    nation, hooks = table(page, "Nơi nhận")[:2]
    assert nation[0] == "Cổng Dịch vụ công quốc gia: hồ sơ"
    assert nation[1:4] == ["2", "1", "1 ngày, từ 03:00 01/11/2026"]
    assert "lgsp outbox retry" in nation[4]
    assert hooks[1:] == ["1", "0", "0 giây, từ 09:00 02/11/2026", "tự chuyển"]


def test_what_is_tried_in_vain_is_told_by_reason(gateway: Gateway) -> None:
    later = START + timedelta(minutes=7)
    tried = {"attempts": 3, "reason": "http-503", "due_at": later}
    owe(
        gateway,
        {"message_id": "1", **tried},
        {"message_id": "2", **tried, "due_at": later + timedelta(hours=1)},
        {"message_id": "3", **tried, "topic": "documents.packet", "reason": f"Ông {MARK}"},
        {"message_id": "4"},
    )
    page = seen(gateway)
    assert [row for row in rows(page) if row[-1] == "09:07 02/11/2026"] == [
        ["Cổng Dịch vụ công quốc gia: hồ sơ", "", "2", "0 giây, từ 09:00 02/11/2026",
         "09:07 02/11/2026"],
        ["Trục liên thông văn bản: văn bản", "lời của bên nhận", "1",
         "0 giây, từ 09:00 02/11/2026", "09:07 02/11/2026"],
    ]  # fmt: skip
    assert "http-503" in texts(page, "code")


def test_what_is_held_names_the_command_that_mends_it(gateway: Gateway) -> None:
    parked = {"state": State.PARKED, "attempts": 9, "key": "k"}
    owe(
        gateway,
        {"message_id": "m-1", **parked, "reason": f"-5: Công dân {MARK} {IDENTITY}"},
        {"message_id": "m-2", "key": "k"},
        {"message_id": "m-3", "key": "k"},
        {"message_id": "m-4", **parked, "key": "other", "reason": "dead-letter: http-503",
         "owed_since": START - timedelta(days=3)},
    )  # fmt: skip
    page = seen(gateway)
    held = [row for row in rows(page) if len(row) == 6 and row[2] == "9"]
    assert [row[3:5] for row in held] == [
        ["3 ngày, từ 09:00 30/10/2026", "0"],
        ["0 giây, từ 09:00 02/11/2026", "2"],
    ]
    said = texts(page, "code")
    assert {"lgsp outbox retry m-4", "dead-letter: http-503", "-5"} <= set(said)
    assert said.index("lgsp outbox retry m-4") < said.index("lgsp outbox retry m-1")


def test_statuses_that_wait_for_their_document_are_shown(gateway: Gateway) -> None:
    keep(gateway, 1, timedelta(hours=1))
    keep(gateway, 2, timedelta(hours=9))
    gateway.clock.advance(timedelta(hours=2))
    gateway.transact(waiting.give_up, gateway.clock, "H38")
    page = seen(gateway)
    assert table(page, "Văn bản") == [
        ["000.00.71.H53,2026/03/02,2/X", "H53.71", "H38.12", Status.REJECTED.label,
         "09:00 02/11/2026", "18:00 02/11/2026"],
        ["000.00.71.H53,2026/03/02,1/X", "H53.71", "H38.12", Status.REJECTED.label,
         "09:00 02/11/2026", "10:00 02/11/2026, đã quá"],
    ]  # fmt: skip
    assert "1 đang chờ, 1 đã quá hạn chờ" in page.text


def test_documents_overdue_are_told_by_unit_and_one_by_one(gateway: Gateway, province: Api) -> None:
    del province
    sender, commune = gateway.client("H38.12"), gateway.client("H38.61")
    first, second, _ = (
        sent(sender, a_packet("H38.61", number=number, DueDate=due, Priority=urgency))["id"]
        for number, due, urgency in (
            ("1", "2026/11/03", "0"),
            ("2", "2026/11/03", "2"),
            ("3", "2026/11/30", "0"),
        )
    )
    assert report(commune, second, "03").status_code == 201
    assert "Không có văn bản nào quá hạn." in seen(gateway).text
    gateway.clock.advance(timedelta(days=2))
    page = seen(gateway)
    finish, confirm = "Hoàn thành trước hạn xử lý", "Thông báo đã nhận trong ngày"
    assert table(page, "Đơn vị") == [
        ["H38.61", confirm, "NĐ 30/2020/NĐ-CP, đ.21.2", "2", "02/11/2026"],
        ["H38.61", finish, "hạn ghi trong văn bản", "2", "03/11/2026"],
    ]
    one_by_one = table(page, "Mã văn bản ở đây")
    assert [row[1:] for row in one_by_one[:4]] == [
        ["H38.61", f"{finish}, khẩn", "03/11/2026"],
        ["H38.61", confirm, "02/11/2026"],
        ["H38.61", confirm, "02/11/2026"],
        ["H38.61", finish, "03/11/2026"],
    ]
    ids = [text for text in texts(page, "code") if text in {first, second}]
    assert ids == [second, first, first]
    refused = report(gateway.client("H38.61"), first, "02", reason="Nhầm")
    assert refused.status_code == 201
    assert [row[3] for row in table(seen(gateway), "Đơn vị")] == ["1", "1"]


def test_what_is_long_overdue_is_no_longer_news(gateway: Gateway, province: Api) -> None:
    del province
    sent(gateway.client("H38.12"), a_packet("H38.61", DueDate="2026/11/03"))
    gateway.clock.advance(use_cases.LOOK_BACK)
    assert len(table(seen(gateway), "Đơn vị")) == 2
    gateway.clock.advance(timedelta(days=2))
    assert "Không có văn bản nào quá hạn." in seen(gateway).text


def test_access_requests_that_nobody_decided_on_in_time_are_shown(
    gateway: Gateway, province: Api
) -> None:
    published(province)
    consumer(gateway)
    request = done(gateway.client("H38.21"), "/v1/access-requests", asked_terms())
    assert request["id"] not in seen(gateway).text
    gateway.clock.advance(timedelta(days=7))
    page = seen(gateway)
    assert request["id"] in texts(page, "code")
    (row,) = (row for row in rows(page) if row[1:2] == ["land/1.0"])
    assert row[2] == "H38.21"


def test_nothing_that_somebody_wrote_about_a_person_is_on_a_page_or_in_a_log(
    gateway: Gateway, province: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    published(province)
    consumer(gateway, client_id=SOMEBODY)
    parked = {"state": State.PARKED, "reason": f"1001: {MARK} {IDENTITY}"}
    owe(
        gateway,
        {"message_id": "1", **parked},
        {"message_id": "2", "reason": f"{MARK} {IDENTITY}"},
        {"message_id": "3", "state": State.PARKED, "reason": IDENTITY},
    )
    keep(gateway, 1, timedelta(hours=1))
    packet = a_packet("H38.61", DueDate="2026/11/03", Subject=f"Về việc của {MARK}")
    sent(gateway.client("H38.12"), packet)
    gateway.clock.advance(timedelta(days=3))
    pages = (PAGE, "/van-hanh", "/luot-goi", "/dich-vu-chia-se", "/dich-vu-chia-se/land/1.0")
    told = [opened(gateway, path, Scope.WATCH_TRAFFIC).text for path in pages]
    logged = capsys.readouterr()
    told += [logged.out, logged.err]
    assert "H38.61" in told[0]
    assert [text for text in told if MARK in text or IDENTITY in text] == []


def test_every_destination_has_a_name() -> None:
    topics = {topic for module in modules(*SLICES) for topic in topics_named(module)}
    assert set(DESTINATIONS) == topics
    assert destination_of("new.topic").name == "new.topic"


def test_a_reason_is_told_by_its_words_for_machines_alone() -> None:
    assert DEAD_LETTER == settlement.DEAD_LETTER
    for reason, word in (
        (None, ""),
        ("http-503", "http-503"),
        ("by-hand", "by-hand"),
        ("-5: Không tìm thấy công dân", "-5"),
        ("dead-letter: http-503", "dead-letter: http-503"),
        ("dead-letter: Ông Văn A", "dead-letter"),
        ("VXP_ERR: x", "VXP_ERR"),
        ("079201001234", ""),
        ("Ông Văn A", ""),
    ):
        assert word_of(reason) == word


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=-1), "0 giây"),
        (timedelta(seconds=59), "59 giây"),
        (timedelta(seconds=90), "1 phút"),
        (timedelta(hours=23), "23 giờ"),
        (timedelta(days=3), "3 ngày"),
    ],
)
def test_a_while_is_told_in_its_largest_unit(length: timedelta, said: str) -> None:
    assert span(length) == said


def test_nothing_here_reads_what_is_settled_or_done(gateway: Gateway) -> None:
    def look(connection: Connection) -> list[tuple[str, str]]:
        province = AgencyCode("H38")
        return plans_of(connection, lambda: use_cases.look(connection, gateway.clock, province))

    plans = gateway.transact(look)
    assert len(plans) == 9
    if gateway.settings.database_url.startswith("sqlite"):
        found = "\n".join(plan for _, plan in plans)
        for index in ("outbox_key_sequence", "dealings_due", "requests_state_due_at"):
            assert index in found
        assert "SCAN document_dealings" not in found
        assert "SCAN outbox\n" not in found
