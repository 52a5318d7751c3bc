"""The dossiers the nation holds, each with the steps it was told of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mock_ngsp.dvcqg.refusals import PortalRefusalError
from mock_ngsp.dvcqg.statuses import STRICT, Moves

Row = dict[str, Any]
"""A record or a progress row exactly as it was sent."""

_SAME = ("MaHoSo", "TrangThai", "ThoiDiemXuLy", "NguoiXuLy", "NoiDungXuLy")
"""Progress rows equal in these are one row."""


@dataclass(slots=True)
class Dossier:
    """The last record, the steps in the order they came, and how many came again."""

    record: Row
    progress: list[Row] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    repeated: int = 0


class Dossiers:
    """Every dossier since the last reset, in the order they first came."""

    def __init__(self, moves: Moves = STRICT) -> None:
        self._moves = moves
        self._held: dict[str, Dossier] = {}

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code."""
        return self._held.get(code)

    def all(self) -> list[Dossier]:
        """Every dossier."""
        return list(self._held.values())

    def insert(self, records: Sequence[Row], *, duplicate_code: int) -> None:
        """Take new dossiers over, all or none.

        Raises:
            PortalRefusalError: if one is held already, or named twice.
        """
        _once_each(records)
        for record in records:
            if record["MaHoSo"] in self._held:
                text = f"Hồ sơ {record['MaHoSo']} đã tồn tại"
                raise PortalRefusalError(text, duplicate_code)
        for record in records:
            self._held[record["MaHoSo"]] = Dossier(record)

    def replace(self, records: Sequence[Row]) -> None:
        """Replace whole records, all or none.

        Raises:
            PortalRefusalError: for an unknown dossier or a forbidden move.
        """
        _once_each(records)
        for record in records:
            code = record["MaHoSo"]
            before = self._known(code).record["TrangThaiHoSo"]
            self._moves.check_record(code, before, record["TrangThaiHoSo"])
        for record in records:
            self._held[record["MaHoSo"]].record = record

    def add_progress(
        self, rows: Sequence[Row], *, refuse_repeats: bool, duplicate_code: int
    ) -> None:
        """Add steps, all or none; an identical step is counted and stored once.

        Raises:
            PortalRefusalError: for an unknown dossier, a forbidden move, or a repeat when
                repeats are refused.
        """
        fresh: dict[tuple[str, ...], Row] = {}
        repeats: list[str] = []
        last: dict[str, str] = {}
        for row in rows:
            code, same = row["MaHoSo"], tuple(row[name] for name in _SAME)
            held = self._known(code)
            if same in held.seen or same in fresh:
                repeats.append(code)
                continue
            before = last.get(code) or (held.progress[-1]["TrangThai"] if held.progress else None)
            if before is not None:
                self._moves.check_step(code, before, row["TrangThai"])
            last[code] = row["TrangThai"]
            fresh[same] = row
        if repeats and refuse_repeats:
            text = f"Tiến độ của hồ sơ {repeats[0]} đã tồn tại"
            raise PortalRefusalError(text, duplicate_code)
        self._store(fresh, repeats)

    def _store(self, fresh: dict[tuple[str, ...], Row], repeats: list[str]) -> None:
        for same, row in fresh.items():
            held = self._held[row["MaHoSo"]]
            held.progress.append(row)
            held.seen.add(same)
        for code in repeats:
            self._held[code].repeated += 1

    def _known(self, code: str) -> Dossier:
        if held := self._held.get(code):
            return held
        raise PortalRefusalError(f"Hồ sơ {code} không tồn tại")


def _once_each(records: Sequence[Row]) -> None:
    codes = [record["MaHoSo"] for record in records]
    if len(set(codes)) < len(codes):
        raise PortalRefusalError("Dữ liệu không hợp lệ: một hồ sơ có trong data hai lần")
