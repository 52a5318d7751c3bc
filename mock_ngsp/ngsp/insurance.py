"""BHXH: numbers of social (and health) insurance, and households (context apiBHXH)."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from mock_ngsp.ngsp.asking import Asked, Operation, UnreadableError
from mock_ngsp.ngsp.folding import folded
from mock_ngsp.ngsp.magic import Magic, magic_of, padded
from mock_ngsp.ngsp.people import Citizen
from mock_ngsp.wire import Answer, json_answer

BY_NUMBER, BY_NAME = "insurance", "insurance-by-name"
CONTEXT: Final = "apiBHXH"
FOUND, NONE, DENIED = "1", "0", "-1"
"""trangThai; its values are not public."""

MAGIC: Final[tuple[Magic, ...]] = (
    *magic_of(BY_NUMBER, "maSoBhxh", "0000000001", padded(10)),
    *magic_of(BY_NAME, "hoTen", "Nguyễn Thị Giả Định", lambda end: f"Nguyễn Văn Giả {end}"),
)

Content = dict[str, Any]


def by_number(asked: Asked, given: Content) -> Content | list[Content]:
    """`getTraCuuTtHgdByMaSoBhxh`: whose number it is."""
    number = str(given.get("maSoBhxh") or "")
    for one in asked.universe.ngsp.people:
        if number and one.insurance == number:
            return _person(one) | {"soSoCu": one.household, **_birthplace(one), "trangThai": FOUND}
    return {"trangThai": NONE}


def number_of(asked: Asked, given: Content) -> Content | list[Content]:
    """`getMaSoBhxhTheoTieuChi`: the number of whoever fits every criterion."""
    for one in asked.universe.ngsp.people:
        if _fits(one, given) and one.insurance and _is_from(one, given):
            return {"maSoBhxh": one.insurance, "trangThai": FOUND, "errorCode": None}
    return {"maSoBhxh": None, "trangThai": NONE, "errorCode": None}


def household(asked: Asked, given: Content) -> Content | list[Content]:
    """`getTraCuuThongTinHgd`: everybody of the household of whoever fits."""
    people = asked.universe.ngsp.people
    found = next((one for one in people if _fits(one, given)), None)
    if found is None or str(given.get("maTinh") or "") != found.residence.province_code:
        return []
    book = str(given.get("soSo") or "")
    if book and book != found.household:
        return []
    return [
        _person(one)
        | {"maSo": one.insurance, "maHo": one.household, "diaChi": one.residence.whole}
        | {"trangThai": FOUND}
        for one in people
        if one.household == found.household and one.insurance
    ]


def refused(_asked: Asked) -> Answer:
    """What the service says when it does not want to."""
    return json_answer({"maSoBhxh": None, "trangThai": DENIED, "errorCode": "403"})


def _answer(act: Callable[[Asked, Content], Content | list[Content]], asked: Asked) -> Answer:
    try:
        return json_answer(act(asked, asked.json()))
    except UnreadableError:
        return json_answer({"trangThai": DENIED, "errorCode": "400"})


def _fits(one: Citizen, given: Content) -> bool:
    return (
        folded(str(given.get("hoTen") or "")) == folded(one.name)
        and str(given.get("ngaySinh") or "") == _born(one)
        and str(given.get("gioiTinh") or "") in {"", one.sex}
    )


def _is_from(one: Citizen, given: Content) -> bool:
    """Tell whether the codes of the place of birth, as far as they are given, are theirs."""
    held = _birthplace(one)
    return all(str(given.get(name) or said) == said for name, said in held.items())


def _person(one: Citizen) -> Content:
    kind = "0" if len(one.born) > len("yyyy") else "1"
    born = {"ngaySinh": _born(one), "loaiNgaySinh": kind}
    return {"hoTen": one.name, **born, "gioiTinh": one.sex}


def _born(one: Citizen) -> str:
    """The birthday; of a year alone its first day."""
    return one.born if len(one.born) > len("yyyy") else f"{one.born}0101"


def _birthplace(one: Citizen) -> dict[str, str]:
    place = one.birthplace
    return {
        "maTinhKs": place.province_code,
        "maHuyenKs": place.district_code,
        "maXaKs": place.commune_code,
    }


OPERATIONS: Final = tuple(
    Operation(
        service, CONTEXT, resource, "POST", partial(_answer, act),
        lambda asked, name=name: asked.text(name),  # type: ignore[misc] # bound now
        refused,
    )
    for service, resource, name, act in (
        (BY_NUMBER, "getTraCuuTtHgdByMaSoBhxh", "maSoBhxh", by_number),
        (BY_NAME, "getMaSoBhxhTheoTieuChi", "hoTen", number_of),
        (BY_NAME, "getTraCuuThongTinHgd", "hoTen", household),
    )
)  # fmt: skip
