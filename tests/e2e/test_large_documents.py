"""Large documents through real processes, whose memory is watched meanwhile."""

import base64
import hashlib
import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
import pytest

from app.cli.processes import Processes
from tests.conftest import Tell
from tests.documents.packets import a_draft, a_packet
from tests.e2e.large_axis import LargeAxis, Stream, await_until
from tests.e2e.stage import MakeStage, Stage

MIB = 1024 * 1024
PIECE = 3 * 256 * 1024
PATIENCE = 900.0
_CLOSE = b"</edXML:ContentTransferEncoded>"


@dataclass(frozen=True)
class File:
    """A file of so many MiB that is never in one piece; no two numbers give the same."""

    number: int
    size: int

    def pieces(self) -> Iterator[bytes]:
        block = b"%PDF" + random.Random(self.number).randbytes(PIECE - 12)
        for at in range(0, self.size, PIECE):
            yield (block + at.to_bytes(8, "big"))[: self.size - at]

    @property
    def sha256(self) -> str:
        return digest(self.pieces())

    def packet(self) -> Iterator[bytes]:
        whole = a_packet("000.00.00.H53", number=str(self.number))
        end = whole.rindex(_CLOSE)
        yield whole[: whole.rindex(b">", 0, end) + 1]
        for piece in self.pieces():
            yield base64.b64encode(piece)
        yield whole[end:]

    def form(self) -> Iterator[bytes]:
        draft = a_draft(to=["000.00.00.H53"], number=str(self.number))
        yield b"--b\r\nContent-Disposition: form-data; name=metadata\r\n\r\n"
        yield json.dumps(draft).encode()
        yield b"\r\n--b\r\nContent-Disposition: form-data; name=files; filename=a.pdf\r\n\r\n"
        yield from self.pieces()
        yield b"\r\n--b--\r\n"


def digest(pieces: Iterator[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


class Watch:
    """The most resident memory that each process had since it began, above what it had then."""

    def __init__(self, processes: Processes) -> None:
        self._processes = {name: psutil.Process(pid) for name, pid in processes.pids().items()}
        self._before = self._now()
        self._most = dict(self._before)
        self._ended = threading.Event()

    def _now(self) -> dict[str, int]:
        return {name: one.memory_info().rss for name, one in self._processes.items()}

    @property
    def growth(self) -> dict[str, float]:
        return {
            name.partition("-")[0]: round((most - self._before[name]) / MIB, 1)
            for name, most in self._most.items()
        }

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look)
        thread.start()
        yield
        self._ended.set()
        thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.01):
            for name, rss in self._now().items():
                self._most[name] = max(self._most[name], rss)


class Counter:
    """A client of the province that sends and reads in pieces."""

    def __init__(self, stage: Stage) -> None:
        token = {"Authorization": f"Bearer {stage.token()}"}
        self.http = httpx.Client(
            base_url=stage.province.url, headers=token, timeout=PATIENCE, trust_env=False
        )

    def close(self) -> None:
        self.http.close()

    def send(self, body: Stream, kind: str, key: str) -> dict[str, Any]:
        headers = {"Content-Type": kind, "Idempotency-Key": key}
        answer = self.http.post("/v1/documents", content=body(), headers=headers)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def send_packet(self, file: File) -> dict[str, Any]:
        return self.send(file.packet, "application/xml", f"p{file.number}")

    def send_form(self, file: File) -> dict[str, Any]:
        return self.send(file.form, "multipart/form-data; boundary=b", f"f{file.number}")

    def download(self, path: str) -> str:
        with self.http.stream("GET", path) as answer:
            assert answer.status_code == 200
            found = digest(answer.iter_bytes())
            assert answer.headers["etag"] == f'"{found}"'
        return found

    def listed(self, box: str) -> list[dict[str, Any]]:
        return list(self.http.get(f"/v1/documents/{box}").json()["items"])


Act = Callable[[File], Any]


@dataclass(frozen=True)
class Scene:
    counter: Counter
    axis: LargeAxis
    at_once: int
    size: int

    def all(self, act: Act, first: int) -> list[Any]:
        files = [File(first + n, self.size) for n in range(self.at_once)]
        with ThreadPoolExecutor(self.at_once) as pool:
            return list(pool.map(act, files))

    def send_and_read(self, act: Act, first: int) -> None:
        """Send documents at once, see them arrive at the axis, and read them back at once."""
        already = len(self.axis.taken)
        sent = self.all(act, first)
        wanted = already + self.at_once
        await_until(lambda: len(self.axis.taken) == wanted, PATIENCE)

        def read(file: File) -> None:
            document = sent[file.number - first]
            n = len(document["attachments"])
            path = f"/v1/documents/{document['id']}"
            assert self.counter.download(f"{path}/attachments/{n}") == file.sha256
            assert self.counter.download(f"{path}/edxml") in self.axis.taken

        self.all(read, first)

    def receive_and_read(self, first: int) -> None:
        """Let the axis offer documents to us, and read them back at once."""
        for n in range(self.at_once):
            file = File(first + n, self.size)
            self.axis.waiting[f"d{n}"] = incoming(file)
        await_until(lambda: len(self.axis.done) == self.at_once, PATIENCE)
        assert set(self.axis.done.values()) == {"done"}
        assert {one.partition(" ")[0] for one in self.axis.asked[-1:]} == {"downloadEdoc"}
        found = {one["number"]: one["id"] for one in self.counter.listed("inbox")}

        def read(file: File) -> None:
            path = f"/v1/documents/{found[str(file.number)]}"
            n = len(self.counter.http.get(path).json()["attachments"])
            assert self.counter.download(f"{path}/attachments/{n}") == file.sha256
            assert self.counter.download(f"{path}/edxml") == digest(incoming(file)())

        self.all(read, first)


def incoming(file: File) -> Stream:
    """Return a packet of another province to one of our communes."""

    def packet() -> Iterator[bytes]:
        first, *rest = file.packet()
        changed = first.replace(b"000.00.12.H38", b"000.00.12.H53")
        yield changed.replace(
            b"<edXML:To><edXML:OrganId>000.00.00.H53", b"<edXML:To><edXML:OrganId>000.00.61.H38"
        )
        yield from rest

    return packet


@pytest.fixture
def axis() -> Iterator[LargeAxis]:
    with LargeAxis() as running:
        yield running


@pytest.mark.parametrize(("at_once", "bound"), [(1, 32), (8, 128)])
def test_large_documents_pass_with_little_memory(
    make_stage: MakeStage, axis: LargeAxis, request: pytest.FixtureRequest, tell: Tell,
    at_once: int, bound: int,
) -> None:  # fmt: skip
    size = int(request.config.getoption("--large-mib")) * MIB
    size = size if at_once == 1 else size // int(request.config.getoption("--at-once-part"))
    stage = make_stage(vxp_url=axis.url, vxp_poll_seconds="0.2")
    with closing(Counter(stage)) as counter:
        growth = pass_through(stage, Scene(counter, axis, at_once, size))
    tell(f"{at_once} x {size // MIB} MiB at once: growth in MiB {growth}")
    assert max(growth["gateway"], growth["worker"]) <= bound


def pass_through(stage: Stage, scene: Scene) -> dict[str, float]:
    """Send, relay, fetch and read; return by how many MiB each process grew at most."""
    small = Scene(scene.counter, scene.axis, 1, 4 * MIB)
    small.send_and_read(small.counter.send_packet, 10)
    small.send_and_read(small.counter.send_form, 20)
    watch = Watch(stage.processes)
    with watch.watching():
        scene.send_and_read(scene.counter.send_packet, 100)
        scene.send_and_read(scene.counter.send_form, 200)
        scene.receive_and_read(300)
    return watch.growth
