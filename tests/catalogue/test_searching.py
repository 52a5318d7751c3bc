import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue.domain import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("  Thừa\tThiên \n Huế ", "thua thien hue"),
        ("SỞ TƯ PHÁP", "so tu phap"),
        ("00/2026/QĐ-TTg", "00/2026/qd-ttg"),
        ("\u0301", ""),
    ],
)
def test_text_is_folded_to_what_people_type(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_the_same_for_every_normal_form(text: str) -> None:
    composed = fold(unicodedata.normalize("NFC", text))
    assert composed == fold(unicodedata.normalize("NFD", text)) == fold(text)
