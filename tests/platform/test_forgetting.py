from datetime import timedelta

from sqlalchemy import Connection, func, select

from app.platform import idempotency
from app.platform.clock import FrozenClock
from app.platform.idempotency import Answer, first_answers
from tests.gateway import Gateway


def keep(connection: Connection, clock: FrozenClock, number: int) -> None:
    def act(_connection: Connection) -> Answer:
        return Answer(201, b"{}", f"dossier:{number}")

    idempotency.once(connection, clock, f"scope-{number}", "digest", act)


def kept(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(first_answers)).scalar_one())


def test_old_answers_go_in_small_steps_and_young_ones_stay(gateway: Gateway) -> None:
    for number in range(5):
        gateway.transact(keep, gateway.clock, number)
    gateway.clock.advance(timedelta(days=31))
    gateway.transact(keep, gateway.clock, 9)
    limit = gateway.clock.now()
    gone = [gateway.transact(idempotency.forget_before, limit, at_most=2) for _ in range(4)]
    assert gone == [2, 2, 1, 0]
    assert gateway.transact(kept) == 1


def test_an_answer_goes_with_its_record(gateway: Gateway) -> None:
    for number in range(3):
        gateway.transact(keep, gateway.clock, number)
    gateway.transact(idempotency.forget_subject, "dossier:1")
    assert gateway.transact(kept) == 2
