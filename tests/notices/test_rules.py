"""Channels, pace and texts, in plain Python."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.handling import ActName
from app.notices.domain.channels import Channel, fitted, masked, plain
from app.notices.domain.notices import OWNER, Kind, Notice, Pace
from app.notices.sync.writing import Longest, letter_of
from app.notices.use_cases.delivering import Order
from app.notices.use_cases.templates import by_act, templates
from app.platform.clock import VIETNAM

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=366)).map(lambda since: NOW + since)
FACTS: dict[str, Any] = {
    "code": "000.00.00.H38-261102-0007",
    "procedure": "Cấp giấy phép xây dựng công trình theo tuyến trong đô thị",
    "agency": "Sở Xây dựng tỉnh Lào Cai",
    "status": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "due": "17:00 09/11/2026",
    "url": "https://lgsp.laocai.gov.vn/tra-cuu?ma=000.00.00.H38-261102-0007",
}


def a_notice(kind: Kind) -> Notice:
    code, agency = DossierCode("H38.12-261102-0007"), AgencyCode("H38.12")
    return Notice("n", code, agency, kind, OWNER, 1, FACTS, NOW, NOW)


@pytest.mark.parametrize(
    ("channel", "text", "expected"),
    [
        (Channel.SMS, "0912 345-678", "84912345678"),
        (Channel.ZALO, "+84 (0)", None),
        (Channel.SMS, "+84912345678", "84912345678"),
        (Channel.SMS, "0241234567", None),
        (Channel.SMS, "123", None),
        (Channel.SMS, None, None),
        (Channel.EMAIL, " a.b@example.vn ", "a.b@example.vn"),
        (Channel.EMAIL, "a@b@example.vn", None),
        (Channel.OA, " 9999000000000000001 ", "9999000000000000001"),
        (Channel.OA, "9999 0000", None),
        (Channel.OA, "9999", None),
        (Channel.EMAIL, "a\r\nBcc: b@example.vn", None),
    ],
)
def test_an_address_is_read_as_its_channel_writes_it(
    channel: Channel, text: str | None, expected: str | None
) -> None:
    assert channel.address(text) == expected


def test_a_masked_address_is_known_to_its_holder_only() -> None:
    assert masked("84912345678") == "8491*****78"
    assert masked("gia.dinh@example.vn") == "g***@example.vn"


@given(st.text())
def test_plain_text_is_ascii(text: str) -> None:
    assert plain(text).isascii()


def test_vietnamese_keeps_its_letters_without_their_marks() -> None:
    assert plain("Đã tiếp nhận hồ sơ của Ông/Bà Ưng") == "Da tiep nhan ho so cua Ong/Ba Ung"


@given(st.text(), st.integers(min_value=10, max_value=200))
def test_a_fitted_text_is_one_line_and_fits(text: str, longest: int) -> None:
    made = fitted(text, longest)
    assert len(made) <= longest
    assert "\n" not in made


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("channel", Channel)
def test_every_template_is_there_for_every_channel(kind: Kind, channel: Channel) -> None:
    order = Order(a_notice(kind), (), holder="Nguyễn Thị Giả Định", secret="123456")
    letter = letter_of(order, channel, "84000000001", Longest(oa=220))
    assert FACTS["code"] in letter.text
    assert ("123456" in letter.text) is (kind is Kind.CONFIRM)
    assert "Giả Định" not in letter.text
    if channel is Channel.SMS:
        assert letter.text.isascii()
        assert len(letter.text) <= 160
    if channel is Channel.OA:
        assert len(letter.text) <= 220


def test_every_act_that_triggers_a_template_is_one() -> None:
    assert set(by_act()) < {act.value for act in ActName}
    triggered = {one.kind for one in by_act().values()}
    assert triggered == set(Kind) - {Kind.CONFIRM}
    assert sum(len(one.acts) for one in templates().values()) == len(by_act())


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-11-02T09:00", "2026-11-02T09:00"),
        ("2026-11-02T20:59", "2026-11-02T20:59"),
        ("2026-11-02T21:00", "2026-11-03T07:00"),
        ("2026-11-02T23:59", "2026-11-03T07:00"),
        ("2026-11-03T00:00", "2026-11-03T07:00"),
        ("2026-11-03T06:59", "2026-11-03T07:00"),
        ("2026-11-03T07:00", "2026-11-03T07:00"),
    ],
)
def test_quiet_hours_go_over_midnight(local: str, expected: str) -> None:
    moment = datetime.fromisoformat(f"{local}:00+07:00")
    assert Pace().awake(moment) == datetime.fromisoformat(f"{expected}:00+07:00")


def test_quiet_hours_within_a_day_and_none() -> None:
    noon = datetime(2026, 11, 2, 12, 30, tzinfo=VIETNAM)
    rest = Pace(quiet=(time(12), time(13)))
    assert rest.awake(noon) == datetime(2026, 11, 2, 13, tzinfo=VIETNAM)
    assert Pace(quiet=None).awake(noon) == noon


@given(MOMENTS)
def test_nothing_goes_in_quiet_hours_nor_before_its_time(moment: datetime) -> None:
    due = Pace().awake(moment)
    assert due >= moment
    assert time(7) <= due.astimezone(VIETNAM).time() < time(21)


def test_what_waits_keeps_its_distance_and_what_is_urgent_does_not() -> None:
    pace = Pace(quiet=None)
    assert pace.due(NOW, waits=False, last_sent=NOW) == NOW
    assert pace.due(NOW, waits=True, last_sent=None) == NOW + timedelta(minutes=2)
    assert pace.due(NOW, waits=True, last_sent=NOW) == NOW + timedelta(minutes=30)
