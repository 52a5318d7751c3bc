import asyncio
from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete
from typing_extensions import override

from app.exchange import administration
from app.exchange.administration import MessageUnderWayError
from app.exchange.claims import LostClaimError
from app.exchange.messages import Batch, State
from app.exchange.tables import outbox
from app.platform.clock import FrozenClock
from app.platform.database import open_database
from tests.exchange.post import LEASE, Post, ids
from tests.gateway import START

KEYS = st.sampled_from("abc")
ACTS = st.sampled_from(["retry", "park", "drop"])
CHANGES: dict[str, State] = {
    "retry": State.OWED,
    "park": State.PARKED,
    "drop": State.DROPPED,
}
OPEN = {State.OWED, State.PARKED}


class Interleavings(RuleBasedStateMachine):
    """Acts, workers, crashes and administrators in any order, against a model in memory."""

    post: Post

    def __init__(self) -> None:
        super().__init__()
        self.post.do(lambda connection: connection.execute(delete(outbox)))
        self.keys: dict[str, list[str]] = {key: [] for key in "abc"}
        self.states: dict[str, State] = {}
        self.holders: dict[str, str] = {}
        self.claims: list[Batch] = []
        self.delivered: list[str] = []

    def waiting(self, key: str) -> list[str]:
        return [name for name in self.keys[key] if self.states[name] in OPEN]

    def is_held(self, name: str) -> bool:
        until = self.post.entry(name).claimed_until
        return until is not None and until > self.post.clock.now()

    @rule(key=KEYS)
    def owe(self, key: str) -> None:
        name = f"{key}{len(self.keys[key])}"
        self.post.owe(name, key=key)
        self.keys[key].append(name)
        self.states[name] = State.OWED

    @rule(key=KEYS)
    def owe_again(self, key: str) -> None:
        self.post.owe(*self.keys[key][-1:], key=key)

    @rule(batch=st.sampled_from([1, 3]))
    def claim(self, batch: int) -> None:
        for claimed in self.post.claim(batch=batch):
            names = [message.message_id for message in claimed.messages]
            assert names == self.waiting(claimed.first.key)[: len(names)]
            assert {self.states[name] for name in names} == {State.OWED}
            self.holders |= dict.fromkeys(names, claimed.claim)
            self.claims.append(claimed)

    @rule(by=st.sampled_from([1, 60, 120]))
    def time_passes(self, by: int) -> None:
        self.post.clock.advance(timedelta(seconds=by))

    @rule(number=st.integers(0, 5), state=st.sampled_from([*OPEN, State.DELIVERED]))
    def settle(self, number: int, state: State) -> None:
        """Settle any claim ever made: those of crashed workers come late, some come twice."""
        if not self.claims:
            return
        claimed = self.claims[number % len(self.claims)]
        names = [message.message_id for message in claimed.messages]
        is_mine = all(self.holders.get(name) == claimed.claim for name in names)
        due_at = self.post.clock.now() + timedelta(seconds=1)
        try:
            self.post.settle(claimed, state, due_at=due_at if state is State.OWED else None)
        except LostClaimError:
            assert not is_mine
            return
        assert is_mine
        for name in names:
            del self.holders[name]
        if state is State.DELIVERED:
            self.delivered += names
        changed = names if state is State.DELIVERED else names[:1]
        self.states |= dict.fromkeys(changed, state)

    @rule(key=KEYS, number=st.integers(0, 3), word=ACTS)
    def administer(self, key: str, number: int, word: str) -> None:
        if not (waiting := self.waiting(key)):
            return
        name = waiting[number % len(waiting)]
        is_held = self.is_held(name)
        act: Callable[..., object] = getattr(administration, word)
        try:
            self.post.do(act, self.post.clock, message_id=name)
        except MessageUnderWayError:
            assert is_held
            return
        assert not is_held
        self.states[name] = CHANGES[word]
        self.holders.pop(name, None)

    @invariant()
    def the_database_agrees(self) -> None:
        assert self.post.states() == {name: state.value for name, state in self.states.items()}

    @override
    def teardown(self) -> None:
        """Whatever happened: nothing is lost, nothing delivered twice, each key in order."""
        for name, state in self.states.items():
            if state is State.PARKED:
                self.post.clock.advance(LEASE)
                self.post.do(administration.retry, self.post.clock, message_id=name)
        self.post.clock.advance(LEASE)
        while claimed := self.post.claim(batch=3):
            self.delivered += [name for names in ids(claimed) for name in names]
            self.post.deliver(claimed)
        dropped = {name for name, state in self.states.items() if state is State.DROPPED}
        for key, names in self.keys.items():
            of_key = [name for name in self.delivered if name.startswith(key)]
            assert of_key == [name for name in names if name not in dropped]


def test_nothing_is_lost_overtaken_or_settled_twice(database_url: str) -> None:
    with asyncio.Runner() as runner:
        database = open_database(database_url)

        class Machine(Interleavings):
            post = Post(runner, database, FrozenClock(START))

        limits = settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(Machine, settings=limits)
        runner.run(database.close())
