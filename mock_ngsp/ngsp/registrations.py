"""What becomes of births, deaths and marriages that were submitted, as the clock goes."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.people import Citizen, Relative

WAITING, LACKING, ELIGIBLE, DONE, REFUSED = 1, 2, 3, 4, 6
"""trangThai; 6 is of the second generation alone."""

_ELIGIBLE_AFTER: Final = timedelta(days=1)
_DONE_AFTER: Final = timedelta(days=2)
_PAPER: Final = base64.b64encode(b"%PDF-1.4\n% giay to ho tich gia dinh\n%%EOF\n").decode()
_NOTES: Final = {LACKING: "Thiếu giấy chứng sinh", REFUSED: "Đã đăng ký ở nơi khác"}


@dataclass(slots=True)
class Registration:
    """One submission; `form` is what was filled in, whichever form it came in.

    A note of its requester can ask for another end: "bo sung" or "tu choi".
    """

    code: str
    module: str
    unit: int
    form: dict[str, str]
    taken_at: datetime
    number: int

    def state(self, now: datetime) -> int:
        """Where it stands."""
        age = now - self.taken_at
        if age < _ELIGIBLE_AFTER:
            return WAITING
        wish = self.form.get("nycGhiChu", "")
        if wish in {"bo sung", "tu choi"}:
            return LACKING if wish == "bo sung" else REFUSED
        return ELIGIBLE if age < _DONE_AFTER else DONE

    def note(self, now: datetime) -> str:
        """Why it does not go on."""
        return _NOTES.get(self.state(now), "")

    @property
    def citizen_number(self) -> str:
        """The personal number that a child gets."""
        return f"0009{self.number:08d}"

    def result(self) -> dict[str, Any]:
        """What a finished one came to."""
        day = (self.taken_at + _DONE_AFTER).astimezone(VIETNAM)
        kept = {name: said for name, said in self.form.items() if name != "nycGhiChu"}
        book = {"soDangKy": f"{self.number}/{day:%Y}", "quyenSo": f"{day:%Y}", "trangSo": "1"}
        told = kept | book | {"ngayDangKy": f"{day:%d/%m/%Y}"}
        if self.module.endswith("KS"):
            place = {"ndkksMaTinh": "10", "ndkksMaHuyen": "", "ndkksMaXa": "00000"}
            return told | place | {"soDinhDanh": self.citizen_number, "giayKhaiSinh": _PAPER}
        return told | ({"giayKhaiTu": _PAPER} if self.module.endswith("KT") else {})

    def child(self) -> Citizen:
        """The citizen whom a finished birth adds."""
        day = datetime.strptime(self.form["nksNgaySinh"], "%d/%m/%Y").replace(tzinfo=VIETNAM)
        return Citizen(
            self.citizen_number,
            self.form["nksHoTen"],
            f"{day:%Y%m%d}",
            self.form.get("nksGioiTinh", "1"),
            mother=_parent(self.form, "me"),
            father=_parent(self.form, "cha"),
        )


def _parent(form: dict[str, str], who: str) -> Relative | None:
    name = form.get(f"{who}HoTen", "")
    return Relative(name, form.get(f"{who}SoGiayToTuyThan", "")) if name else None


class Registrations:
    """Every submission by its code; numbers grow."""

    def __init__(self, now: datetime) -> None:
        long_ago = now - timedelta(days=30)
        form = {
            "nksHoTen": "Trần Thị Thử Nghiệm",
            "nksGioiTinh": "2",
            "nksNgaySinh": "20/03/2015",
            "meHoTen": "Nguyễn Thị Giả Định",
            "meSoGiayToTuyThan": "000000000001",
        }
        known = [
            Registration(code, module, 9001, form, long_ago, number)
            for number, (code, module) in enumerate(
                (("H38.12-260101-0001", "KS"), ("H38.12-260101-0002", "LTKS")), 1
            )
        ]
        self._rows = {row.code: row for row in known}
        self._born = {row.code for row in known}

    def add(self, registration: dict[str, Any], now: datetime) -> bool:
        """Take a submission; False if its code was taken before."""
        if registration["code"] in self._rows:
            return False
        number = len(self._rows) + 1
        row = Registration(**registration, taken_at=now, number=number)
        self._rows[row.code] = row
        return True

    def find(self, code: str) -> Registration | None:
        """The submission with this code."""
        return self._rows.get(code)

    def all(self) -> list[Registration]:
        """Every submission, oldest first."""
        return list(self._rows.values())

    def born(self, now: datetime) -> list[Citizen]:
        """The children whose births are done since the last time."""
        done = [
            row
            for row in self._rows.values()
            if row.module.endswith("KS") and row.code not in self._born and row.state(now) == DONE
        ]
        self._born |= {row.code for row in done}
        return [row.child() for row in done]


def form_of(text: object) -> dict[str, str]:
    """A form that was written as JSON in a text.

    Raises:
        ValueError: if it is none.
    """
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        raise ValueError("data")  # noqa: TRY004 - one error for whatever is wrong with the text
    return {str(name): str(said) for name, said in found.items() if said is not None}
