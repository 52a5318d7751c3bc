"""Many connections send at the same moment; who waits for another is sent with it."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection, select

from app.documents.domain.documents import Document
from app.documents.tables import documents
from app.documents.use_cases.sending_together import Asked, send_together
from app.exchange.tables import outbox
from app.platform.together import Together
from tests.bench.packets import HEAD, TAIL
from tests.builders import evidence_of
from tests.documents.packets import a_packet
from tests.facades.systems import Systems
from tests.gateway import Gateway

_PACKETS, _TIMES, _CONNECTIONS = 24, 3, 12


def kept(connection: Connection) -> tuple[list[str], Counter[str]]:
    """Return the ids of all documents, and how many messages are owed about each."""
    owed = Counter(body["document"] for body in connection.scalars(select(outbox.c.body)))
    return sorted(connection.scalars(select(documents.c.id))), owed


def test_each_packet_is_one_document_however_often_it_comes_at_once(
    knowing: Gateway, systems: Systems
) -> None:
    sender = systems.connect("000.00.12.H38", member="H38.12")
    packets = [a_packet("H53.71", "G22", number=str(9100 + n)) for n in range(_PACKETS)]
    with ThreadPoolExecutor(_CONNECTIONS) as connections:
        answers = list(connections.map(sender.sent, packets * _TIMES))
    ids = answers[:_PACKETS]
    assert answers == ids * _TIMES
    assert knowing.transact(kept) == (sorted(ids), Counter(dict.fromkeys(ids, 2)))
    for document in ids:
        acts = [entry.act for entry in evidence_of(knowing, f"document:{document}")]
        assert acts == ["document.send"]


def test_those_beyond_and_those_of_ours_may_come_at_once(
    knowing: Gateway, systems: Systems
) -> None:
    sender = systems.connect("000.00.12.H38", member="H38.12")
    commune = systems.connect("000.00.61.H38", member="H38.61")
    to = ["H53.71", "H38.61"]
    packets = [a_packet(to[n % 2], number=str(9200 + n)) for n in range(_PACKETS)]
    with ThreadPoolExecutor(_CONNECTIONS) as connections:
        ids = list(connections.map(sender.sent, packets))
    assert len(set(ids)) == _PACKETS
    assert len(commune.inbox()) == _PACKETS // 2
    assert knowing.transact(kept) == (sorted(ids), Counter(dict.fromkeys(ids[::2], 1)))


def test_small_documents_go_by_common_acts_and_large_ones_alone(
    knowing: Gateway, systems: Systems
) -> None:
    sender = systems.connect("000.00.12.H38", member="H38.12")
    acts: list[int] = []

    def act(connection: Connection, several: Sequence[Asked]) -> Sequence[Document | None]:
        acts.append(len(several))
        return send_together(connection, knowing.clock, several)

    state = knowing.http.app.state  # type: ignore[attr-defined]
    state.sendings = Together(knowing.context.database, act)
    small = sender.sent(a_packet("H53.71", number="9301"))
    assert acts == [1]
    large = sender.sent(HEAD + b"QUJD" * 100_000 + TAIL)
    assert acts == [1]
    assert knowing.transact(kept)[0] == sorted([small, large])
