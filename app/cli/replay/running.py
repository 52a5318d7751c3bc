"""One run: the acts, then quiet, then the judgement, and what it came to."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from time import perf_counter
from typing import Any, Final

from app.calendars.domain import WorkingHours
from app.calendars.store import calendar_of
from app.cli.processes import Processes
from app.cli.replay.history import History
from app.cli.replay.hub import Hub
from app.cli.replay.judging import Verdict, judge
from app.cli.replay.nation import Nation
from app.cli.replay.plan import plan
from app.cli.replay.playing import Played, Player, expected
from app.cli.replay.sea import Killer, drained, watch
from app.cli.replay.telling import Teller, virtual
from app.cli.staging import Province

_PATIENCE: Final = 60.0
"""Seconds without any delivery after which what is owed is given up."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be replayed, and on what sea."""

    dossiers: int
    seed: int
    start: date
    clients: int
    portal_fails: float
    kill_worker: int


@dataclass(slots=True)
class _Course:
    """How it went: seconds since the first act, calls to the portal, kills, what was left."""

    seconds: dict[str, float] = field(default_factory=dict)
    portal: dict[str, int] = field(default_factory=dict)
    kills: int = 0
    owed: int = 0
    parked: int = 0


class Replay:
    """Plays a plan against a stage that is set."""

    def __init__(
        self, wanted: Wanted, teller: Teller, processes: Processes, province: Province
    ) -> None:
        self._wanted = wanted
        self._teller = teller
        self._processes = processes
        self._province = province
        self._course = _Course()

    async def run(self, nation_url: str) -> dict[str, Any]:
        """Replay, and return the summary."""
        wanted = self._wanted
        calendar = calendar_of((), WorkingHours())
        planned = plan(wanted.seed, wanted.dossiers, calendar, wanted.start)
        hub = Hub(self._province, wanted.clients)
        nation = Nation(nation_url, wanted.clients)
        try:
            played = await self._played(hub, nation, planned)
            verdict = await self._judged(hub, nation, expected(planned, played))
        finally:
            await hub.close()
            await nation.close()
        faults = [*played.refused, *verdict.found, *self._left(verdict, planned)]
        return {
            "ok": not faults,
            **_described(wanted, planned, played),
            **self._measured(hub, played, verdict),
            **_counted(verdict),
            "differences": faults,
        }

    async def _played(self, hub: Hub, nation: Nation, planned: Sequence[History]) -> Played:
        """Do the acts on the sea that is wanted, until nothing is owed any more."""
        wanted, course = self._wanted, self._course
        total = sum(1 + len(history.deeds) for history in planned)
        times = wanted.kill_worker
        killer = Killer(self._processes, self._province, nation, times=times, acts=total)

        def told(at: datetime, acts: int) -> None:
            self._teller.step(acts, virtual(at))

        await nation.stir(wanted.portal_fails, wanted.seed)
        began = perf_counter()
        killing = asyncio.create_task(killer.run())
        with self._teller.stage("Việc trên hồ sơ / acts", total):
            playing = Player(hub, planned, hold=killer.hold, told=told)
            played = await playing.play(wanted.clients)
        course.seconds["acts"] = perf_counter() - began
        await self._quiet(hub)
        course.seconds["until_delivered"] = perf_counter() - began
        await killer.end(killing)
        course.portal = await nation.stir(0, wanted.seed) or {}
        course.kills = killer.done
        watch(self._processes)
        return played

    async def _quiet(self, hub: Hub) -> None:
        most, _ = await hub.owed()
        with self._teller.stage("Gửi Cổng quốc gia / deliveries", most):
            found = await drained(
                hub, lambda owed: self._teller.step(most - owed), patience=_PATIENCE
            )
            self._teller.step(most - found[0])
        self._course.owed, self._course.parked = found

    async def _judged(self, hub: Hub, nation: Nation, wanted: dict[str, Any]) -> Verdict:
        began = perf_counter()
        with self._teller.stage("So hai bên / comparing", self._wanted.dossiers):
            verdict = await judge(hub, nation, wanted, self._teller.step)
        self._course.seconds["comparing"] = perf_counter() - began
        return verdict

    def _left(self, verdict: Verdict, planned: Sequence[History]) -> list[str]:
        """Return what is wrong beside single dossiers."""
        course, found = self._course, []
        opened = sum(history.opened for history in planned)
        if verdict.dossiers != len(planned) + opened:
            found.append(f"{verdict.dossiers} dossiers; planned {len(planned)} and {opened} parts")
        if course.owed or course.parked:
            found.append(f"{course.owed} messages are still owed, {course.parked} are parked")
        if course.kills < self._wanted.kill_worker:
            found.append(f"the worker was killed {course.kills} times only")
        return found

    def _measured(self, hub: Hub, played: Played, verdict: Verdict) -> dict[str, Any]:
        course, waits = self._course, sorted(hub.waits)
        rate = verdict.dossiers / course.seconds["until_delivered"]
        return {
            "acts_per_second": round(played.acts / course.seconds["acts"], 1),
            "act_ms": {f"p{share}": _percentile(waits, share) for share in (50, 99)},
            "dossiers_delivered_per_second": round(rate, 1),
            "requests_repeated": hub.repeated,
            "kills": course.kills,
            "seconds": {name: round(value, 1) for name, value in course.seconds.items()},
            "portal": course.portal,
        }


def _described(wanted: Wanted, planned: Sequence[History], played: Played) -> dict[str, Any]:
    """Return what was planned, and what of it was done."""
    number = len(planned)
    online = sum(history.filing["channel"] == "online" for history in planned)
    days = {history.at.date() for history in planned}
    last = max((deed.at for history in planned for deed in history.deeds), default=None)
    return {
        **asdict(wanted),
        "start": wanted.start.isoformat(),
        "acts": played.acts,
        "parts": sum(history.opened for history in planned),
        "days_of_intake": len(days),
        "last_act_at": last and last.isoformat(),
        "postal_orders": sum(history.postal_orders for history in planned),
        "online_share": round(online / number, 3),
        "finished_share": round(sum(history.is_finished for history in planned) / number, 3),
    }


def _counted(verdict: Verdict) -> dict[str, Any]:
    return {
        "progress_rows": verdict.rows,
        "rows_sent_again": verdict.repeated,
        "status": dict(verdict.status.most_common()),
        "channel": dict(verdict.channel.most_common()),
        "agency": dict(verdict.agency.most_common()),
    }


def _percentile(ordered: Sequence[float], share: int) -> float:
    """Return it in milliseconds."""
    place = (len(ordered) - 1) * share // 100
    return round(ordered[place] * 1000, 1) if ordered else 0.0
