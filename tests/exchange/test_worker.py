import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.connecting import Links, links_of
from app.documents import callbacks
from app.dossiers.use_cases import TOPIC
from app.exchange import heartbeat
from app.exchange.messages import Message
from app.platform.idempotency import Answer, once
from app.platform.settings import SecretFileError, Settings
from app.worker import Worker, build_worker
from tests.exchange.post import Nation, Post

AXIS = {"vxp_url": "http://127.0.0.1:9", "vxp_system_id": "000.00.00.H38"}
PORTAL = {"dvcqg_url": "http://127.0.0.1:9", "dvcqg_username": "lgsp"}


@dataclass
class Inbox:
    """Something to receive; fails the first time."""

    turns: int = 0
    released: int = 0
    emptied: asyncio.Event = field(default_factory=asyncio.Event)

    async def turn(self) -> int:
        self.turns += 1
        if self.turns == 1:
            raise LookupError("a citizen's name")
        self.emptied.set()
        return 1

    async def release(self) -> None:
        self.released += 1


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    task = asyncio.create_task(worker.run(stopping))
    async with asyncio.timeout(60):
        yield
        stopping.set()
        await task


def worker_of(post: Post, links: Links, **changes: float) -> Worker:
    settings = Settings(**changes)  # type: ignore[arg-type]
    return Worker(
        settings, clock=post.clock, database=post.database, links=links, worker_id="worker"
    )


def test_a_worker_tells_that_it_lives_while_it_works(post: Post) -> None:
    async def scene() -> None:
        worker = build_worker(Settings(), clock=post.clock, database=post.database)
        async with working(worker):
            while await post.database.read(heartbeat.last) != post.clock.now():
                await asyncio.sleep(0)
        assert await post.database.read(heartbeat.last) is None

    post.run(scene())


def test_a_worker_delivers_what_is_owed(post: Post) -> None:
    async def scene() -> None:
        sent = asyncio.Event()

        async def before(_messages: Sequence[Message]) -> None:
            sent.set()

        nation = Nation(before=before)
        async with working(worker_of(post, Links({"t": nation.handler()}))):
            await sent.wait()

    post.owe("1")
    post.run(scene())
    assert post.states() == {"1": "delivered"}


def test_a_receiver_that_fails_is_tried_again_and_gives_its_lease_back(post: Post) -> None:
    inbox, closed = Inbox(), []

    async def close() -> None:
        closed.append(True)

    async def scene() -> None:
        worker = worker_of(post, Links({}, [inbox], close), vxp_poll_seconds=0.01)
        async with working(worker):
            await inbox.emptied.wait()

    with capture_logs() as logs:
        post.run(scene())
    assert inbox.released == 1
    assert closed
    assert "citizen" not in str(logs)


def test_a_topic_that_is_not_connected_stays_owed_and_is_named(post: Post) -> None:
    post.owe("1", topic=TOPIC)
    with capture_logs() as logs:
        post.run(worker_of(post, Links({})).beat())
    assert [(log["event"], log["topic"]) for log in logs] == [("topic_not_connected", TOPIC)]
    assert post.states() == {"1": "owed"}


def test_only_national_systems_with_complete_settings_are_connected(
    post: Post, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("invented")

    def topics(**given: object) -> list[str]:
        settings = Settings(**given)  # type: ignore[arg-type]
        links = links_of(settings, post.clock, post.database, worker_id="w")
        return sorted(links.handlers)

    assert topics() == topics(**AXIS) == topics(**PORTAL) == []
    assert topics(**AXIS, vxp_secret_file=secret) == ["documents.packet", "documents.status"]
    assert topics(**PORTAL, dvcqg_password_file=secret) == [TOPIC]


def test_an_unreadable_secret_is_named(post: Post, tmp_path: Path) -> None:
    settings = Settings(**AXIS, vxp_secret_file=tmp_path / "absent")  # type: ignore[arg-type]
    with pytest.raises(SecretFileError, match="LGSP_VXP_SECRET_FILE"):
        build_worker(settings, clock=post.clock, database=post.database)


def test_each_system_of_ours_at_the_axis_has_an_inbox_that_is_emptied(
    post: Post, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("invented")

    def inboxes(*rows: str) -> int:
        given = {**AXIS, "vxp_secret_file": secret, "vxp_systems": rows}
        links = links_of(Settings(**given), post.clock, post.database, worker_id="w")  # type: ignore[arg-type]
        return len([one for one in links.receivers if isinstance(one, callbacks.Receiver)])

    assert inboxes() == 1
    assert inboxes(f"K38=000.00.00.K38={secret}", f"0100000001=0002-0100000001={secret}") == 3
    with pytest.raises(SecretFileError, match="LGSP_VXP_SYSTEMS"):
        inboxes(f"K38=000.00.00.K38={tmp_path / 'absent'}")


def test_what_is_kept_no_longer_is_deleted(post: Post) -> None:
    post.owe("old", key="a")
    post.deliver(post.claim())
    post.do(once, post.clock, "scope", "digest", lambda _connection: Answer(201, b"", ""))
    post.do(heartbeat.beat, post.clock, worker_id="gone")
    post.clock.advance(timedelta(days=32))
    post.owe("new", key="b")
    post.run(worker_of(post, Links({})).tidy())
    assert post.states() == {"new": "owed"}
    assert post.do(heartbeat.last) is None
