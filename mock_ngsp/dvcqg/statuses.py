"""Status codes of a dossier, and which moves the nation lets pass (dvcqg.md §3.3)."""

from mock_ngsp.dvcqg.refusals import PortalRefusalError

LABELS = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}

FORWARD: dict[str, frozenset[str]] = {
    "1": frozenset({"2", "3", "5", "6", "7"}),
    "2": frozenset({"4", "5", "6", "7", "8", "9"}),
    "3": frozenset(),
    "4": frozenset({"5", "6", "7", "8", "9"}),
    "5": frozenset({"1", "2", "3", "4", "7", "8"}),
    "6": frozenset({"1", "2", "4", "5", "7", "8", "9"}),
    "7": frozenset(),
    "8": frozenset({"4"}),
    "9": frozenset({"10"}),
    "10": frozenset(),
}
"""One step of the process. 5 and 6 lead back to where they came from, 8 may be resumed."""

SENT_BACK = {"4": frozenset({"2"}), "8": frozenset({"2"}), "9": frozenset({"2", "4"})}
"""Moves a one-stop application makes and the nation, as far as is known, calls backward."""

_REJECTED = "3"
_LATE = frozenset({"4", "8", "9", "10"})
"""States that come after others: too early is not the same as backward."""


class Moves:
    """A table of moves, and the nation's words for those it does not have.

    Clients tell the refusals apart by their words: too early is tried again later, backward
    and rejected count as settled.
    """

    def __init__(self, table: dict[str, frozenset[str]]) -> None:
        self.table = table
        self._reach = {status: self._later_than(status) for status in table}

    def check_step(self, code: str, before: str, wanted: str) -> None:
        """Let one progress row follow another: the same status again, or one step on.

        Raises:
            PortalRefusalError: in the nation's own words.
        """
        if wanted == before or wanted in self.table[before]:
            return
        if wanted in _LATE & self._reach[before] and int(wanted) > int(before):
            ways = {status for status, ahead in self.table.items() if wanted in ahead}
            missing = min(self.table[before] & ways, key=int, default="9")
            raise PortalRefusalError(f"Hồ sơ {code} chưa cập nhật trạng thái {LABELS[missing]}")
        _refuse(code, before, wanted)

    def check_record(self, code: str, before: str, wanted: str) -> None:
        """Let a record replace another: it may skip steps, since the rows follow it.

        Raises:
            PortalRefusalError: in the nation's own words.
        """
        if wanted != before and wanted not in self.table[before] | self._reach[before]:
            _refuse(code, before, wanted)

    def _later_than(self, start: str) -> frozenset[str]:
        """Every status reached over any number of steps; 1 is never reached again."""
        found: set[str] = set()
        ahead = [start]
        while ahead:
            new = self.table[ahead.pop()] - {"1"} - found
            found |= new
            ahead.extend(new)
        return frozenset(found)


STRICT = Moves(FORWARD)
WITH_SENT_BACK = Moves(
    {status: ahead | SENT_BACK.get(status, frozenset()) for status, ahead in FORWARD.items()}
)


def _refuse(code: str, before: str, wanted: str) -> None:
    if before == _REJECTED:
        raise PortalRefusalError(f"Hồ sơ {code} đã bị từ chối. không thể cập nhật trạng thái")
    raise PortalRefusalError(
        f"Hồ sơ {code} đang ở trạng thái {LABELS[before]}, "
        f"không thể cập nhật lên trạng thái {LABELS[wanted]}"
    )
