"""The figures counted slowly, dossier by dossier and half hour by half hour, from raw histories.

Written from the description of the rules (dvcqg §3.7 and app/README.md), not from the code.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.platform.clock import VIETNAM
from tests.statistics.stories import HALF, Row, Story

OFF = {date(2026, 11, 24)}
"""Days of the span that are public holidays."""

_TERMINAL = (9, 10, 8, 3, 7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one history is counted as."""

    is_counted: bool
    end: int | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    worked: timedelta = timedelta()
    elapsed: timedelta = timedelta()
    is_past: bool = False


@lru_cache(maxsize=4096)
def judge(story: Story, now: datetime) -> Verdict:
    """Judge one history."""
    rows = told_rows(story)
    was_accepted = not rows or any(row.status in (2, 4, 8, 9, 10) for row in rows)
    if story.last_status == 7 and not was_accepted:
        return Verdict(is_counted=False)
    found = _end(story, rows)
    if found is None:
        return Verdict(is_counted=True, is_past=_is_past(story, rows, now))
    end, at = found
    waits = _waits(story, rows, at)
    limit = _limit(story, waits)
    if limit is None:
        outcome = "on_time"
    elif at > limit:
        outcome = "late"
    else:
        outcome = "early" if _day(at) < _day(limit) else "on_time"
    if end not in (9, 10) or at <= story.received_at:
        return Verdict(is_counted=True, end=end, ended_at=at, outcome=outcome)
    spent = list(_halves(story.received_at, at))
    counted = [half for half in spent if not any(a <= half < b for a, b in waits)]
    worked = sum((HALF for half in counted if is_working(half)), timedelta())
    return Verdict(
        is_counted=True,
        end=end,
        ended_at=at,
        outcome=outcome,
        worked=worked,
        elapsed=len(counted) * HALF,
    )


def told_rows(story: Story) -> list[Row]:
    """The rows that the nation is told, in the order in which they happened."""
    told: list[Row] = []
    for row in story.rows:
        if row.idle in ("extend", "rate", "follow"):
            continue
        if row.idle == "payment" and told and told[-1].status == row.status:
            continue
        told.append(row)
    return sorted(told, key=lambda row: row.at)


def _end(story: Story, rows: list[Row]) -> tuple[int, datetime] | None:
    if story.last_status not in _TERMINAL:
        return None
    places = [place for place, row in enumerate(rows) if row.status not in _TERMINAL]
    after = places[-1] + 1 if places else 0
    pairs = [(row.status, row.at) for row in rows[after:]]
    if not pairs:
        pairs = [(row.status, row.at) for row in rows if row.status in _TERMINAL]
    if not pairs:
        named = zip((9, 10, 3), story.said, strict=True)
        pairs = [(status, at) for status, at in named if at is not None]
    for wanted in ((9,), (10,), (8, 3), (7,)):
        fitting = [(status, at) for status, at in pairs if status in wanted]
        if fitting:
            status, at = fitting[0]
            return status, story.moment(at)
    return None


def _waits(story: Story, rows: list[Row], end: datetime | None) -> list[tuple[datetime, datetime]]:
    """Every half hour in which the last thing that happened was a request of papers."""
    spans = []
    for place, row in enumerate(rows):
        if row.status != 5 or (place and rows[place - 1].status == 5):
            continue
        later = [one for one in rows[place + 1 :] if one.status != 5]
        closes = story.moment(later[0].at) if later else end
        if closes is None:
            continue
        closes = closes if end is None else min(closes, end)
        if end is None or story.moment(row.at) < end:
            spans.append((story.moment(row.at), closes))
    return spans


def _limit(story: Story, waits: Sequence[tuple[datetime, datetime]]) -> datetime | None:
    if story.dues:
        last = story.dues[-1]
        behind = [b - a for a, b in waits if b > story.moment(last.since)]
        return story.moment(last.due) + sum(behind, timedelta())
    kind = story.procedure
    if not kind.is_known or kind.limit is None:
        return None
    waited = [half for a, b in waits for half in _halves(a, b) if is_working(half)]
    left = kind.limit * 16 + len(waited)
    half = story.received_at
    while True:
        left -= is_working(half)
        half += HALF
        if not left:
            return half


def _is_past(story: Story, rows: list[Row], now: datetime) -> bool:
    requests = [story.moment(row.at) for row in rows if row.status == 5]
    limit = _limit(story, _waits(story, rows, None))
    if len(requests) > 1:
        return now > min(requests[1], limit or requests[1])
    if limit is None:
        return False
    if story.last_status == 5 and requests:
        return requests[0] > limit and now > limit
    return now > limit


def is_working(half: datetime) -> bool:
    """Whether the half hour that begins here is worked."""
    local = half.astimezone(VIETNAM)
    minutes = local.hour * 60 + local.minute
    in_hours = 420 <= minutes < 690 or 810 <= minutes < 1020
    return in_hours and local.weekday() < 5 and local.date() not in OFF


def _halves(since: datetime, until: datetime) -> Iterable[datetime]:
    while since < until:
        yield since
        since += HALF


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def month(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%Y-%m}"


def figures_of(told: Sequence[Story], months: tuple[str, str], now: datetime) -> Counter[str]:
    """The figures of histories in some months, one history after the other."""
    found: Counter[str] = Counter()
    for story in told:
        verdict = judge(story, now)
        if verdict.is_counted:
            _count(found, story, verdict, months)
    return found


def _count(found: Counter[str], story: Story, verdict: Verdict, months: tuple[str, str]) -> None:
    said = dict(story.told)
    first, last = months
    if verdict.end is None:
        found["in_progress"] += 1
        found["in_progress_past"] += verdict.is_past
        found["in_progress_within"] += not verdict.is_past
    reception = month(story.received_at)
    if reception < first:
        found["carried_over"] += verdict.ended_at is None or month(verdict.ended_at) >= first
    if first <= reception <= last:
        stored = said.get("DuocLayTuKhoDMQG") == "1"
        vneid = story.vneid or said.get("TaiKhoanDuocXacThucVoiVNeID") == "1"
        reused = said.get("HoSoCoThanhPhanSoHoa")
        found["received"] += 1
        found["received_online"] += story.channel == "2"
        found["synced"] += story.is_delivered
        found["personal_store"] += stored
        asked = "population" in story.looked_up
        found["population"] += stored or vneid or asked or "DSKetNoiCSDL" in said
        found["business"] += "enterprises" in story.looked_up
        found["reused"] += reused == "1" if reused else story.digitised and story.files > 0
    if verdict.ended_at is not None and first <= month(verdict.ended_at) <= last:
        _count_end(found, story, verdict, said)
    if story.rating is not None and first <= month(story.moment(story.rating[1])) <= last:
        score = story.rating[0]
        found["rated"] += 1
        found["score"] += score
        found["satisfied"] += score > 3
        found["dissatisfied"] += score < 3


def _count_end(found: Counter[str], story: Story, verdict: Verdict, said: dict[str, str]) -> None:
    names = {3: "rejected", 7: "withdrawn", 8: "stopped", 9: "finished", 10: "finished"}
    assert verdict.end is not None
    found["ended"] += 1
    found[names[verdict.end]] += 1
    found[verdict.outcome] += 1
    found["extended"] += story.apology
    payable = sum(story.fees) > 0
    online = said.get("DuocThanhToanTrucTuyen") in ("1", "2") or "_" in story.paid
    found["payable"] += payable
    found["paid_online"] += payable and online
    if verdict.end not in (9, 10):
        return
    both = any(code and link for code, link in story.results)
    needs_paper = story.procedure.yields_paper or not story.procedure.is_known
    found["worked"] += int(verdict.worked.total_seconds())
    found["elapsed"] += int(verdict.elapsed.total_seconds())
    found["electronic"] += both
    found["digitised"] += story.files > 0 and any(link for _, link in story.results)
    found["online_full"] += story.channel == "2" and (both or not needs_paper)
