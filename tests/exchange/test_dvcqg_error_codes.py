import unicodedata

import pytest

from app.exchange.dvcqg.error_codes import Meaning, meaning_of

TABLE = [
    ("99", "", Meaning.UNKNOWN),
    ("", "Thành công", Meaning.UNKNOWN),
    ("00", "Thành công", Meaning.UNKNOWN),
    ("3", "Phiên bản không đúng", Meaning.UNKNOWN),
    ("0", "", Meaning.DONE),
    ("0", "Không rõ", Meaning.DONE),
    ("3", "Hồ sơ H38.12-261102-0007 đã tồn tại", Meaning.EXISTS),
    ("-3", "HỒ SƠ ĐÃ TỒN TẠI", Meaning.EXISTS),
    ("-1", "Hồ sơ đã tồn tại", Meaning.EXISTS),
    ("-2", "", Meaning.SESSION_EXPIRED),
    ("-7", "Phiên làm việc không đúng hoặc đã hết hạn", Meaning.SESSION_EXPIRED),
    ("-1", "Invalid Session", Meaning.SESSION_EXPIRED),
    ("-1", "đang ở trạng thái Đã xử lý xong, không thể cập nhật lên trạng thái", Meaning.TERMINAL),
    ("-1", "đã bị từ chối. Không thể cập nhật trạng thái", Meaning.TERMINAL),
    ("-1", "Hồ sơ chưa cập nhật trạng thái Đang xử lý", Meaning.NOT_YET),
    ("-1", "Dữ liệu không hợp lệ", Meaning.REFUSED),
    ("-1", "", Meaning.REFUSED),
]


@pytest.mark.parametrize(("code", "text", "meaning"), TABLE)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_answer_means_what_clients_in_production_make_of_it(
    code: str, text: str, meaning: Meaning, form: str
) -> None:
    written = unicodedata.normalize("NFD", text) if form == "NFD" else text
    assert meaning_of(code, written) is meaning


def test_every_meaning_is_reached() -> None:
    assert {meaning for _, _, meaning in TABLE} == set(Meaning)


def test_a_setting_says_which_codes_end_a_session() -> None:
    assert meaning_of("2", "Thành công", session_codes=["2"]) is Meaning.SESSION_EXPIRED
    assert meaning_of("-2", "", session_codes=["2"]) is Meaning.UNKNOWN
