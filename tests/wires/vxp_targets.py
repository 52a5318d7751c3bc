"""What the vendor's client can be pointed at, and what a scene must know of it."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from tests.wires.vxp_kit import Kit

_SECRET = "A{}kZ0b3Jnb3R0ZW4gaW52ZW50ZWQgc2VjcmV0IG9m{}="


@dataclass(frozen=True, slots=True)
class Connected:
    """One connected system: its id and secret, and two units it speaks for."""

    system_id: str
    secret: str
    unit: str
    second: str


class Target(Protocol):
    """An axis with two connected systems; a scene finds it in any state and tidies nothing up."""

    @property
    def bases(self) -> Sequence[str]:
        """Every address under which the operations stand."""

    @property
    def here(self) -> Connected:
        """The system that mostly sends."""

    @property
    def there(self) -> Connected:
        """The system that mostly receives."""

    @property
    def stranger(self) -> str:
        """A unit that neither system speaks for."""


def kit_of(target: Target, who: Connected, *, base: int = 0, secret: str = "") -> Kit:
    """A client of one of the systems, as fresh as after its start."""
    return Kit(target.bases[base], who.system_id, secret or who.secret)


@dataclass(frozen=True, slots=True)
class Axis:
    """A target whose systems are known."""

    bases: tuple[str, ...]
    here: Connected
    there: Connected
    stranger: str


@contextmanager
def mock_axis(*settings: str) -> Iterator[Target]:
    """The mock in a process of its own, with a unit's system and a centre's."""
    here = Connected("000.00.00.H38", _SECRET.format("h", "H38"), "000.00.12.H38", "000.00.13.H38")
    there = Connected("00.53.W00", _SECRET.format("t", "H53"), "000.00.71.H53", "000.00.12.H53")
    command = [sys.executable, "-m", "mock_ngsp", "serve", "--port", "0"]
    for system in (here, there):
        command += ["--system", f"{system.system_id}={system.secret}"]
    for setting in settings:
        command += ["--set", setting]
    with subprocess.Popen(  # noqa: S603 -- the command is this module's own
        command, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            url: str = json.loads(process.stdout.readline())["url"]
            yield Axis((f"{url}/XrdAdapter/adapter", url), here, there, "000.00.00.G22")
        finally:
            process.terminate()
