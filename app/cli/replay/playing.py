"""Playing the plan: every act at its turn of the virtual clock, by several clients at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.cli.replay.history import Deed, History
from app.cli.replay.hub import Hub, RefusedError
from app.dossiers.domain.statuses import Status

Turn = tuple[datetime, int, int]
"""When, which history, and which of its deeds; -1 is the submission."""


@dataclass(slots=True)
class Played:
    """What was done: the code of each dossier, and what the gateway refused to do."""

    acts: int = 0
    codes: dict[tuple[int, int], str] = field(default_factory=dict)
    """By the number of the history and of the part; the dossier itself is part 0."""
    refused: list[str] = field(default_factory=list)


class Player:
    """Takes the acts in the order of their moments; those of one dossier one after the other.

    Before each act `hold` is awaited with the number begun before it; after it `told` hears the
    virtual moment and the number done.
    """

    def __init__(
        self,
        hub: Hub,
        plan: Sequence[History],
        *,
        hold: Callable[[int], Awaitable[None]],
        told: Callable[[datetime, int], None],
    ) -> None:
        self.played = Played()
        self._hub = hub
        self._plan = plan
        self._hold = hold
        self._told = told
        self._begun = 0
        self._turns: asyncio.PriorityQueue[Turn] = asyncio.PriorityQueue()

    async def play(self, clients: int) -> Played:
        """Do everything that is planned, with so many clients."""
        for history in self._plan:
            self._turns.put_nowait((history.at, history.number, -1))
        async with asyncio.TaskGroup() as group:
            working = [group.create_task(self._work()) for _ in range(clients)]
            await self._turns.join()
            for task in working:
                task.cancel()
        return self.played

    async def _work(self) -> None:
        while True:
            at, number, place = await self._turns.get()
            history = self._plan[number]
            self._begun += 1
            await self._hold(self._begun - 1)
            try:
                await self._act(history, place)
            except RefusedError as error:
                act = "submission" if place < 0 else history.deeds[place].act
                self.played.refused.append(f"dossier {number}, {act}: {error}")
            else:
                self.played.acts += 1
                if place + 1 < len(history.deeds):
                    following = history.deeds[place + 1].at
                    self._turns.put_nowait((following, number, place + 1))
            self._told(at, self.played.acts)
            self._turns.task_done()

    async def _act(self, history: History, place: int) -> None:
        if place < 0:
            made = await self._hub.create("/v1/dossiers", history.filing)
            self.played.codes[history.number, 0] = made["code"]
            return
        deed = history.deeds[place]
        code = await self._code_of(history, deed)
        await self._hub.create(f"/v1/dossiers/{code}/{deed.act}", deed.body)

    async def _code_of(self, history: History, deed: Deed) -> str:
        """Return the code of the dossier or part; that of a part stands on the whole."""
        found = self.played.codes.get((history.number, deed.part))
        return found or await self._look_up(history.number, deed.part)

    async def _look_up(self, number: int, part: int) -> str:
        whole = await self._hub.get(f"/v1/dossiers/{self.played.codes[number, 0]}")
        code = whole["handling"]["parts"][part - 1]["code"]
        if code is None:
            raise RefusedError(f"part {part} was not opened")
        self.played.codes[number, part] = str(code)
        return str(code)


def expected(plan: Sequence[History], played: Played) -> dict[str, Status]:
    """Return where each dossier whose code is known should stand, parts that were acted on too."""
    stand: dict[str, Status] = {}
    for (number, part), code in played.codes.items():
        history = plan[number]
        status = history.parts[part - 1] if part else history.status
        if status is not None:
            stand[code] = status
    return stand
