"""Questions and answers (hỏi đáp): citizens' questions to a unit, and those agencies draft."""

from collections.abc import Sequence
from typing import Any

from mock_ngsp.codes import stands_under
from mock_ngsp.dvcqg.refusals import PortalRefusalError

Row = dict[str, Any]

_FIRST: Row = {
    "HOIDAPID": 101,
    "MALINHVUC": "G03-GD10",
    "NOIDUNG": "Thủ tục mẫu cần những giấy tờ gì?",
    "MADONVI": "H38",
    "TENDONVI": "UBND tỉnh Lào Cai",
    "HOVATEN": "Nguyễn Thị Giả Định",
    "DIACHI": "Xã Ví Dụ",
    "THUDIENTU": "gia.dinh@example.vn",
    "SODIENTHOAI": "0000000001",
    "MATTHCDP": "1.003560.H38",
    "TRANGTHAI": 1,
    "TRALOIID": "",
    "NOIDUNGTRALOI": "",
}


class Questions:
    """Every question since the last reset, by its number as text: it comes quoted or not."""

    def __init__(self) -> None:
        self._asked: dict[str, Row] = {}
        self._drafted: dict[str, Row] = {}
        self._answers = 0
        self.ask(_FIRST)

    def ask(self, row: Row) -> None:
        """Have a citizen ask; a later question with a known number replaces it."""
        self._asked[str(row["HOIDAPID"])] = dict(row)

    def asked(self) -> list[Row]:
        """Every question of a citizen, with the answer it got."""
        return list(self._asked.values())

    def asked_of(self, unit: str) -> list[Row]:
        """The citizens' questions to a unit and those below it."""
        return [row for row in self._asked.values() if stands_under(row["MADONVI"], unit)]

    def drafted(self) -> list[Row]:
        """What agencies drafted, in the keys of a read."""
        return list(self._drafted.values())

    def draft(self, rows: Sequence[Row]) -> None:
        """Take drafted questions over; the same number again replaces the question."""
        for row in rows:
            kept = {("MALINHVUC" if name == "MaLinhVuc" else name): row[name] for name in row}
            self._drafted[str(row["HOIDAPID"])] = kept

    def answer(self, rows: Sequence[Row]) -> None:
        """Keep the answers to citizens' questions, all or none; a later answer replaces one.

        Raises:
            PortalRefusalError: for a question nobody asked.
        """
        for row in rows:
            if str(row["HOIDAPID"]) not in self._asked:
                raise PortalRefusalError(f"Câu hỏi {row['HOIDAPID']} không tồn tại")
        for row in rows:
            self._answers += 1
            answered = {"TRALOIID": self._answers, "NOIDUNGTRALOI": row["NOIDUNGTRALOI"]}
            self._asked[str(row["HOIDAPID"])] |= answered

    def answers_to(self, question: str) -> list[Row]:
        """The answer to a question; nothing for a question without one."""
        row = self._asked.get(question) or self._drafted.get(question) or {}
        if not row.get("TRALOIID"):
            return []
        return [{"TRALOIID": row["TRALOIID"], "NOIDUNGTRALOI": row["NOIDUNGTRALOI"]}]
