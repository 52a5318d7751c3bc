"""CSDLQG về đăng ký doanh nghiệp, first generation: context apiCSDLDKDN, GET only."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.asking import Asked, Operation, UnreadableError
from mock_ngsp.ngsp.magic import magic_of, padded
from mock_ngsp.ngsp.seed import ENTERPRISE, Business, Place
from mock_ngsp.wire import Answer, json_answer

SERVICE: Final = "enterprises"
CONTEXT: Final = "apiCSDLDKDN"
LONGEST: Final = timedelta(days=5)
_MOST: Final = 1000
_TIMES: Final = ("08:15", "10:30", "15:45")
_DECIDED: Final = timedelta(days=3)
MAGIC: Final = magic_of(SERVICE, "msdn", "0000000003", padded(10))


def answer_detail(asked: Asked) -> Answer:
    """`chiTietDoanhNghiep`: the newest record of one enterprise; MainInformation null if none."""
    code = asked.query.get("msdn", "")
    if not code:
        return _refusal("Thieu tham so msdn")
    found = asked.universe.ngsp.businesses.get(code)
    if found is None or found.kind != ENTERPRISE:
        return _done({"MainInformation": None}, 0)
    return _done(_detail(found), 1)


def answer_period(asked: Asked) -> Answer:
    """`danhSachHoSo`: files of up to five days, both ends counted."""
    try:
        first, last = (_day(asked, name) for name in ("from_date", "to_date"))
    except UnreadableError as wrong:
        return _refusal(f"Sai tham so {wrong.words}")
    if not timedelta(0) <= last - first < LONGEST:
        return _refusal("Khoang thoi gian toi da 5 ngay")
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    today = _now(asked).date()
    rows = [_row(asked, day, number) for day in days if day <= today for number in (1, 2, 3)]
    return _page(asked, rows)


def answer_today(asked: Asked) -> Answer:
    """`danhSachHoSoTrongNgay`: files handled today between two times of day."""
    first, last = (asked.query.get(name, "") for name in ("from_ts", "to_ts"))
    try:
        is_span = datetime.strptime(first, "%H:%M") <= datetime.strptime(last, "%H:%M")  # noqa: DTZ007 - a time of day
    except ValueError:
        return _refusal("Sai tham so from_ts, to_ts")
    if not is_span:
        return _refusal("Sai tham so from_ts, to_ts")
    now = _now(asked)
    seen = min(last, f"{now:%H:%M}")
    rows = [
        _row(asked, now.date(), number)
        for number, at in enumerate(_TIMES, 1)
        if first <= at <= seen
    ]
    return _page(asked, rows)


def answer_file(asked: Asked) -> Answer:
    """`tinhTrangHoSo`: one registration file, named by its journal number."""
    number = asked.query.get("in_journal_no", "")
    if not number:
        return _refusal("Thieu tham so in_journal_no")
    try:
        day = datetime.strptime(number[3:11], "%Y%m%d").replace(tzinfo=VIETNAM).date()
        order = int(number[12:])
    except ValueError:
        return _done(None, 0)
    is_known = number == _journal(day, order) and order in {1, 2, 3}
    if not is_known or day > _now(asked).date():
        return _done(None, 0)
    return _done(_row(asked, day, order) | _contact(day), 1)


def refused(_asked: Asked) -> Answer:
    """What the service says when it does not want to."""
    return _refusal("Don vi chua duoc cap quyen khai thac")


def _subject(name: str) -> Any:
    return lambda asked: asked.query.get(name, "")


OPERATIONS: Final = tuple(
    Operation(SERVICE, CONTEXT, resource, "GET", answer, _subject(name), refused)
    for resource, name, answer in (
        ("chiTietDoanhNghiep", "msdn", answer_detail),
        ("danhSachHoSo", "from_date", answer_period),
        ("danhSachHoSoTrongNgay", "from_ts", answer_today),
        ("tinhTrangHoSo", "in_journal_no", answer_file),
    )
)


def _done(data: Any, count: int) -> Answer:
    return json_answer({"Data": data, "DataCount": count, "Status": "1", "Message": "success"})


def _refusal(words: str) -> Answer:
    return json_answer({"Data": None, "DataCount": 0, "Status": "0", "Message": words})


def _detail(found: Business) -> dict[str, Any]:
    people = [{"FULL_NAME": one.name} for one in found.representatives]
    return {
        "MainInformation": _main(found),
        "HOAdress": _head(found.place),
        "Representatives": people[0] if len(people) == 1 else people,
        "BusinessActivity": [
            {"CODE": code, "NAME": name, "IS_MAIN": "Y" if is_main else "N"}
            for code, name, is_main in found.activities
        ],
        "Member": [
            {
                "MEMBER_NAME": name,
                "AMOUNT": float(amount),
                "RATIO_PERCENT": float(share),
                "COUNTRY": "Việt Nam",
            }
            for name, amount, share in found.members
        ],
    }


def _main(found: Business) -> dict[str, Any]:
    return {
        "ENTERPRISE_ID": found.inner_id,
        "ENTERPRISE_GDT_CODE": found.code,
        "IMP_BUSINESS_CODE": found.code,
        "ENTERPRISE_TYPE_ID": found.type_code,
        "ENTERPRISE_TYPE_NAME": found.type_name,
        "NAME": found.name,
        "SHORT_NAME": found.short_name or None,
        "NAME_F": found.foreign_name or None,
        "FOUNDING_DATE": found.founded_on,
        "LAST_AMEND_DATE": found.changed_on or None,
        "NUMBER_CHANGES": found.changes,
        "ENTERPRISE_STATUS": found.status_code,
        "ENTERPRISE_STATUS_NAME": found.status_name,
        "LEGAL_NAMES": ";".join(one.name for one in found.representatives),
        "CAPITAL_AMOUNT": float(found.capital),
    }


def _head(place: Place) -> dict[str, Any]:
    return {
        "CityID": int(place.province_code),
        "CityName": place.province,
        "DistrictID": None,
        "DistrictName": None,
        "WardID": int(place.commune_code),
        "WardName": place.commune,
        "StreetNumber": place.street,
        "AddressFullText": place.whole,
    }


def _row(asked: Asked, day: date, number: int) -> dict[str, Any]:
    """File number 1, 2 or 3 of a day; it is decided three days later, as the clock goes."""
    enterprises = [one for one in asked.universe.ngsp.businesses.values() if one.kind == ENTERPRISE]
    about = enterprises[(day.toordinal() + number) % len(enterprises)]
    decided = day + _DECIDED
    is_decided = decided <= _now(asked).date()
    return {
        "IN_JOURNAL_NO": _journal(day, number),
        "DOCUMENT_TYPE": "CHANGE",
        "ENTERPRISE_CODE": about.code,
        "ENTERPRISE_GDT_CODE": about.code,
        "NAME": about.name,
        "SITE_ID": 10,
        "RECEIPT_DATE": f"{day:%d/%m/%Y}",
        "PLAN_DATE": f"{decided:%d/%m/%Y}",
        "PROCESS_STATUS": "APPROVED" if is_decided else "PROCESSING",
        "PROCESSED_DATE": f"{decided:%d/%m/%Y}" if is_decided else None,
    }


def _contact(day: date) -> dict[str, Any]:
    return {
        "ENTERPRISE_TYPE_ID": "TNHH1TV",
        "REGISTRATION_DATE": f"{day:%d/%m/%Y}",
        "SUPPLEMENT_DATE": None,
        "SUBMISSION_TYPE": "ONLINE",
        "CONTACT_FULL_NAME": "Trần Văn Ví Dụ",
        "CONTACT_ADDRESS": "Thôn Ví Dụ",
        "CONTACT_ID_NO": "000000000002",
        "CONTACT_PHONE": "0000000002",
        "CONTACT_EMAIL": "vi.du@example.vn",
    }


def _journal(day: date, number: int) -> str:
    return f"DK-{day:%Y%m%d}-{number}"


def _page(asked: Asked, rows: list[dict[str, Any]]) -> Answer:
    try:
        offset = int(asked.query.get("offset", "0"))
        limit = int(asked.query.get("limit", "100"))
    except ValueError:
        return _refusal("Sai tham so offset, limit")
    if offset < 0 or not 0 < limit <= _MOST:
        return _refusal("Sai tham so offset, limit")
    return _done(rows[offset : offset + limit], len(rows))


def _day(asked: Asked, name: str) -> date:
    text = asked.query.get(name, "")
    try:
        found = datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=VIETNAM).date()
    except ValueError as wrong:
        raise UnreadableError(name) from wrong
    if f"{found:%d/%m/%Y}" != text:
        raise UnreadableError(name)
    return found


def _now(asked: Asked) -> datetime:
    return asked.universe.clock.now().astimezone(VIETNAM)
