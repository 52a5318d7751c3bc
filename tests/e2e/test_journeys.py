"""The demo's journey, whole and with each hop broken in turn."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.cli.demo.command import AWAY, HOME, MESSAGES, set_out, travel
from app.cli.demo.journey import Journey
from app.cli.demo.telling import Teller
from app.cli.processes import Processes
from app.cli.staging import start_gateway
from tests.e2e.stage import Unmeasured

FILES = (MESSAGES / "dossier.json", MESSAGES / "edoc_new.edxml")
NEEDED = {
    "submit-dossier": f"gateway-{HOME}",
    "move-dossier": f"gateway-{HOME}",
    "nation-has-dossier": "nation",
    "nation-has-progress": "nation",
    "send-document": f"gateway-{HOME}",
    "axis-has-document": "nation",
    "document-arrives": f"gateway-{AWAY}",
    "status-01": f"gateway-{HOME}",
    "clerk-accepts": f"gateway-{AWAY}",
    "status-03": f"gateway-{HOME}",
    "citizen-looks": f"gateway-{HOME}",
    "parties-agree": f"gateway-{AWAY}",
}
"""Which process each hop cannot do without."""


class Scene:
    """Processes of one demo run, and its journey."""

    def __init__(self, stack: ExitStack, folder: Path, kind: type[Processes] = Processes) -> None:
        self.folder = folder
        self.processes = stack.enter_context(kind(folder))
        self.journey: Journey = set_out(stack, self.processes, folder, FILES, patience=5)

    def go(self) -> str | None:
        return travel(self.journey.hops(), Teller())

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Have a gateway killed meanwhile, or the nation stopped: killed it would forget."""
        if name == "nation":
            pid = self.processes[name].pid
            os.kill(pid, signal.SIGSTOP)
            try:
                yield
            finally:
                os.kill(pid, signal.SIGCONT)
            return
        self.processes[name].kill()
        yield
        hub = next(h for h in (self.journey.home, self.journey.away) if name.endswith(h.code))
        start_gateway(self.processes, hub.province)
        self.processes[name].wait_ready()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with ExitStack() as stack:
        yield Scene(stack, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def end(scene: Scene) -> str | None:
    """Return where the journey failed, after it was made."""
    return scene.go()


def test_every_party_holds_what_it_should(scene: Scene, end: str | None) -> None:
    assert end is None
    held = scene.journey.parties
    assert held["national portal"] == {"dossier": "9", "progress": ["1", "2", "4", "9"]}
    assert held[f"gateway {HOME}"]["dossier"] == "finished"
    assert held["document axis"]["document"] == ["000.00.00.G22", "000.00.71.H53"]


def test_logs_are_json_with_request_ids_and_name_nobody(scene: Scene, end: str | None) -> None:
    assert end is None
    logs = [scene.folder / f"gateway-{code}.log" for code in (HOME, AWAY)]
    lines = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    assert all(line["request_id"] for line in lines if line["event"] == "request")
    assert {"request"} <= {line["event"] for line in lines}
    written = "".join(log.read_text(encoding="utf-8") for log in scene.folder.glob("*.log"))
    for personal in ("Giả Định", "Gi\\u1ea3", "000000000001", "0000000001", "gia.dinh", "Ví Dụ"):
        assert personal not in written


def test_each_hop_is_named(scene: Scene) -> None:
    assert [hop.name for hop in scene.journey.hops()] == list(NEEDED)


def test_a_broken_hop_is_named_and_is_made_once_mended(tmp_path: Path) -> None:
    with ExitStack() as stack:
        scene = Scene(stack, tmp_path, Unmeasured)
        hops = scene.journey.hops()
        named = []
        for place, hop in enumerate(hops):
            with scene.without(NEEDED[hop.name]):
                named.append(travel(hops[place:], Teller()))
            assert travel([hop], Teller()) is None
    assert named == list(NEEDED)
