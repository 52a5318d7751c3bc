"""The demo's journey, whole and with each hop broken in turn."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.cli.demo.command import AWAY, HOME, MESSAGES, set_out, travel
from app.cli.demo.hop import Hop
from app.cli.demo.journey import Journey
from app.cli.demo.telling import Teller
from app.cli.processes import Processes

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

    def __init__(self, stack: ExitStack, folder: Path, patience: float) -> None:
        self.processes = stack.enter_context(Processes(folder))
        self.journey: Journey = set_out(stack, self.processes, folder, FILES, patience)

    def go(self, before: Callable[[Hop], None] = lambda _hop: None) -> str | None:
        return travel(self.journey, Teller(), before)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with ExitStack() as stack:
        yield Scene(stack, tmp_path, patience=5)


def test_every_party_holds_what_it_should(scene: Scene) -> None:
    assert scene.go() is None
    held = scene.journey.parties
    assert held["national portal"] == {"dossier": "9", "progress": ["1", "2", "4", "9"]}
    assert held[f"gateway {HOME}"]["dossier"] == "finished"
    assert held["document axis"]["document"] == ["000.00.00.G22", "000.00.71.H53"]


def test_logs_are_json_with_request_ids_and_name_nobody(scene: Scene, tmp_path: Path) -> None:
    assert scene.go() is None
    logs = [tmp_path / f"gateway-{code}.log" for code in (HOME, AWAY)]
    lines = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    assert all(line["request_id"] for line in lines if line["event"] == "request")
    assert {"request"} <= {line["event"] for line in lines}
    written = "".join(log.read_text(encoding="utf-8") for log in tmp_path.glob("*.log"))
    for personal in ("Giả Định", "Gi\\u1ea3", "000000000001", "0000000001", "gia.dinh", "Ví Dụ"):
        assert personal not in written


def test_each_hop_is_named(scene: Scene) -> None:
    assert [hop.name for hop in scene.journey.hops()] == list(NEEDED)


@pytest.mark.parametrize("broken", NEEDED)
def test_a_broken_hop_is_named(scene: Scene, broken: str) -> None:
    def before(hop: Hop) -> None:
        if hop.name == broken:
            scene.processes[NEEDED[broken]].kill()

    assert scene.go(before) == broken
