"""Dossiers at the nation: insert, update, progress, and the moves it refuses."""

import pytest

from mock_ngsp.dvcqg.refusals import PortalRefusalError
from mock_ngsp.dvcqg.statuses import FORWARD, LABELS, STRICT
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import Province, a_record, a_row, nation

CODE = a_record()["MaHoSo"]
EARLY = "chưa cập nhật trạng thái"
BACKWARD = "không thể cập nhật lên trạng thái"
REJECTED = "bị từ chối. không thể cập nhật trạng thái"
EXISTS = "đã tồn tại"


def refusal_of_step(before: str, wanted: str) -> str:
    try:
        STRICT.check_step(CODE, before, wanted)
    except PortalRefusalError as refusal:
        return refusal.message
    return ""


def refusal_of_record(before: str, wanted: str) -> str:
    try:
        STRICT.check_record(CODE, before, wanted)
    except PortalRefusalError as refusal:
        return refusal.message
    return ""


def test_progress_of_an_unknown_dossier_is_refused(province: Province) -> None:
    answer = province.step(a_row())
    assert (answer["error_code"], "không tồn tại" in answer["message"]) == (-1, True)


def test_an_update_of_an_unknown_dossier_is_refused(province: Province) -> None:
    assert province.push(a_record(), updating="True")["error_code"] == -1
    assert province.call("TraCuuHoSo", mahoso=CODE)["result"] == []


def test_an_insert_of_a_known_dossier_says_it_exists(province: Province) -> None:
    province.push(a_record())
    answer = province.push(a_record(TrangThaiHoSo="4"))
    assert (answer["error_code"], EXISTS in answer["message"]) == (3, True)
    assert province.held(CODE)["record"]["TrangThaiHoSo"] == "2"


def test_all_of_a_push_is_taken_or_nothing(province: Province) -> None:
    other = "H38.12-261102-0008"
    province.push(a_record())
    assert province.push(a_record(MaHoSo=other), a_record())["error_code"] == 3
    assert province.push(a_record(MaHoSo=other), a_record(MaHoSo=other))["error_code"] == -1
    assert province.call("TraCuuHoSo", mahoso=other)["result"] == []


def test_an_update_replaces_the_whole_record(province: Province) -> None:
    province.push(a_record(GhiChu="cũ"))
    assert province.push(a_record(TrangThaiHoSo="9"), updating="True")["error_code"] == 0
    record = province.held(CODE)["record"]
    assert (record["TrangThaiHoSo"], "GhiChu" in record) == ("9", False)


def test_a_record_that_goes_back_is_refused(province: Province) -> None:
    province.push(a_record(TrangThaiHoSo="9"))
    answer = province.push(a_record(TrangThaiHoSo="4"), updating="True")
    assert (answer["error_code"], BACKWARD in answer["message"]) == (-1, True)
    assert province.held(CODE)["record"]["TrangThaiHoSo"] == "9"


def test_rows_are_kept_in_the_order_they_came(province: Province) -> None:
    province.push(a_record())
    rows = [a_row("2"), a_row("4"), a_row("4", NoiDungXuLy="Trình ký"), a_row("9")]
    assert province.step(*rows)["error_code"] == 0
    assert province.step(a_row("10"))["error_code"] == 0
    assert province.held(CODE)["progress"] == [*rows, a_row("10")]


def test_a_row_that_goes_back_is_refused_with_its_whole_call(province: Province) -> None:
    province.push(a_record())
    answer = province.step(a_row("4"), a_row("9"), a_row("2"))
    assert (answer["error_code"], BACKWARD in answer["message"]) == (-1, True)
    assert province.held(CODE)["progress"] == []


def test_an_identical_row_is_counted_and_stored_once(province: Province) -> None:
    province.push(a_record())
    province.step(a_row("4"), a_row("9"))
    assert province.step(a_row("4"), a_row("9"), a_row("10"))["error_code"] == 0
    held = province.held(CODE)
    assert [row["TrangThai"] for row in held["progress"]] == ["4", "9", "10"]
    assert held["repeated"] == 2


def test_a_repeat_within_one_call_is_stored_once(province: Province) -> None:
    province.push(a_record())
    province.step(a_row("4"), a_row("4"))
    held = province.held(CODE)
    assert (len(held["progress"]), held["repeated"]) == (1, 1)


def test_refusing_repeated_rows_is_a_setting() -> None:
    settings = Settings(progress_repeats="refuse", duplicate_error_code=-3)
    province = Province(nation(Universe(settings)))
    province.login()
    province.push(a_record())
    province.step(a_row("4"))
    answer = province.step(a_row("4"), a_row("9"))
    assert (answer["error_code"], EXISTS in answer["message"]) == (-3, True)
    assert len(province.held(CODE)["progress"]) == 1


@pytest.mark.parametrize("wanted", list(LABELS))
@pytest.mark.parametrize("before", list(LABELS))
def test_a_step_passes_exactly_when_the_table_has_it(before: str, wanted: str) -> None:
    allowed = wanted == before or wanted in FORWARD[before]
    told = refusal_of_step(before, wanted)
    assert allowed is (told == "")
    if not allowed:
        assert sum(words in told for words in (EARLY, BACKWARD, REJECTED)) == 1


@pytest.mark.parametrize(
    ("before", "wanted", "words"),
    [
        ("1", "4", f"{EARLY} Được tiếp nhận"),
        ("1", "9", EARLY),
        ("2", "10", f"{EARLY} Đã xử lý xong"),
        ("8", "9", f"{EARLY} Đang xử lý"),
        ("2", "3", BACKWARD),
        ("4", "2", BACKWARD),
        ("9", "4", BACKWARD),
        ("10", "9", BACKWARD),
        ("7", "2", BACKWARD),
        ("3", "4", REJECTED),
    ],
)
def test_each_refusal_has_the_nations_words(before: str, wanted: str, words: str) -> None:
    assert words in refusal_of_step(before, wanted)


@pytest.mark.parametrize(
    ("before", "wanted"), [("1", "9"), ("2", "10"), ("4", "2"), ("8", "10"), ("9", "10")]
)
def test_a_record_may_skip_steps(before: str, wanted: str) -> None:
    assert refusal_of_record(before, wanted) == ""


@pytest.mark.parametrize(
    ("before", "wanted", "words"),
    [
        ("2", "1", BACKWARD),
        ("9", "4", BACKWARD),
        ("10", "9", BACKWARD),
        ("7", "4", BACKWARD),
        ("3", "2", REJECTED),
    ],
)
def test_a_record_may_not_leave_an_end_or_start_anew(before: str, wanted: str, words: str) -> None:
    assert words in refusal_of_record(before, wanted)


@pytest.mark.parametrize(("setting", "code"), [("refuse", -1), ("accept", 0)])
@pytest.mark.parametrize(("before", "wanted"), [("4", "2"), ("8", "2"), ("9", "2"), ("9", "4")])
def test_sending_back_is_a_setting(setting: str, code: int, before: str, wanted: str) -> None:
    province = Province(nation(Universe(Settings.model_validate({"sent_back": setting}))))
    province.login()
    province.push(a_record(TrangThaiHoSo=before))
    province.step(a_row(before))
    assert province.step(a_row(wanted, NoiDungXuLy="Trả lại"))["error_code"] == code
