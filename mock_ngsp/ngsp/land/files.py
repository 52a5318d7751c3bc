"""The dossiers that the land system has, and where each stands."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mock_ngsp.ngsp.land.wire import Content, HoSo

VBDLIS, ILIS = "vbdlis", "ilis"
IN_HAND, WAITS, TAXED, DONE, RETURNED = "4", "5", "6", "9", "10"
TAKEN, REFUSED, WRONG, UNKNOWN, EARLY = "200", "403", "400", "404", "409"
"""`status.code`; the codes are ours."""


@dataclass(frozen=True, slots=True)
class OneStop:
    """Where a one-stop system is called, before the operation, and the code behind it."""

    url: str
    securityCode: str


@dataclass(frozen=True, slots=True)
class LandAccount:
    """Who gets a token of iLIS, with whose user."""

    client_id: str
    client_secret: str
    username: str
    password: str


DEFAULT_ACCOUNT: Final = LandAccount(
    "mock-land-client", "mock-land-client-secret", "mock-land-user", "mock-land-password"
)


@dataclass(slots=True)
class File:
    """A dossier: by which face it came, what was told of it since, and its status."""

    number: str
    face: str
    asked: Content
    id: int
    status: str = IN_HAND
    told: list[Content] = field(default_factory=list)


@dataclass(slots=True)
class Land:
    """Every dossier since the last reset, by SoBienNhan."""

    held: dict[str, File] = field(default_factory=dict)
    one_stop: OneStop | None = None
    tokens: dict[str, datetime] = field(default_factory=dict)

    def token(self, now: datetime, lifetime: timedelta) -> str:
        """Give a new token of iLIS."""
        token = str(uuid.uuid4())
        self.tokens[token] = now + lifetime
        return token

    def is_good(self, token: str, now: datetime) -> bool:
        """Tell whether a token of iLIS is good at this moment."""
        until = self.tokens.get(token)
        return until is not None and now < until

    def receive(self, face: str, dossier: HoSo, now: datetime) -> Content:
        """Take a dossier; a known one is told that it is there."""
        if dossier.SoBienNhan in self.held:
            return said(now, 0, EARLY, f"Hồ sơ {dossier.SoBienNhan} đã được tiếp nhận")
        asked = _without_contents(dossier.model_dump(exclude_unset=True))
        file = File(dossier.SoBienNhan, face, asked, len(self.held) + 1)
        self.held[file.number] = file
        return said(now, file.id, TAKEN, "Tiếp nhận hồ sơ thành công")

    def note(self, number: str, told: Content, status: str, now: datetime) -> Content:
        """Take what is told of a dossier; a result can be returned or wrong once there is one.

        Papers bring it back in hand only if it waits for them.
        """
        file = self.held.get(number)
        if file is None:
            return said(now, 0, UNKNOWN, "Không tìm thấy hồ sơ")
        needs_result = status == RETURNED or "NgayPhanHoi" in told
        if needs_result and file.status not in {DONE, RETURNED}:
            return said(now, 0, EARLY, "Hồ sơ chưa có kết quả")
        file.told.append(_without_contents(told))
        if "NgayBoSung" not in told or file.status == WAITS:
            file.status = status
        return said(now, file.id, TAKEN, "Cập nhật thành công")

    def take_itself(self, number: str, asked: Content) -> None:
        """Keep a dossier that the land system received itself."""
        self.held[number] = File(number, VBDLIS, asked, len(self.held) + 1)

    def shown(self) -> list[Content]:
        """Every dossier as the control API shows it."""
        return [asdict(one) for one in self.held.values()]


def said(now: datetime, number: int, code: str, words: str) -> Content:
    """An answer of the land system: `data` 0 means that it failed."""
    return {
        "data": number,
        "status": {
            "success": number != 0,
            "code": code,
            "type": "success" if number else "error",
            "time": now.isoformat(timespec="seconds"),
            "message": words,
        },
    }


def _without_contents(told: Content) -> Content:
    """What is kept: of files their names and sizes."""
    papers: Iterable[Content] = told.get("DanhSachGiayToDinhKem", [])
    kept = [
        paper | ({"TapTin": _named(paper["TapTin"])} if paper.get("TapTin") else {})
        for paper in papers
    ]
    return told | ({"DanhSachGiayToDinhKem": kept} if kept else {})


def _named(file: Content) -> Content:
    return {"name": file["name"], "characters": len(file["data"])}
