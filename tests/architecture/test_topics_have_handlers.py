"""What a use case owes, somebody delivers; and nobody waits for what is never owed."""

import ast
import asyncio
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import app
from app.cli.staging import write_secret
from app.connecting import links_of
from app.exchange.messages import Owed
from app.platform.clock import SystemClock
from app.platform.database import open_database
from app.platform.sealing import new_sealing_key
from app.platform.settings import Settings

SLICES = (
    "app.dossiers", "app.documents", "app.errands", "app.notices", "app.reports", "app.webhooks",
)  # fmt: skip
TOPIC_PLACE = 1
"""Place of the topic among the arguments of `Owed`."""


def modules(*packages: str) -> Iterator[ModuleType]:
    for package in packages:
        root = import_module(package)
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            yield import_module(found.name)


def topics_named(module: Any) -> set[str]:
    return {value for name, value in vars(module).items() if name.startswith("TOPIC")}


def is_owing(call: ast.Call, module: Any) -> bool:
    name = ast.unparse(call.func)
    return name.rpartition(".")[2] == "Owed" and attrgetter(name)(module) is Owed


def topics_owed(source: str, module: Any) -> Iterator[str]:
    """Read the topic of each message that this source owes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and is_owing(node, module):
            named = (keyword.value for keyword in node.keywords if keyword.arg == "topic")
            given = next(named, None) or node.args[TOPIC_PLACE]
            if isinstance(given, ast.Constant):
                yield str(given.value)
            elif isinstance(given, ast.Subscript):
                yield from attrgetter(ast.unparse(given.value))(module).values()
            else:
                yield attrgetter(ast.unparse(given))(module)


def owed_in(folder: Path) -> set[str]:
    return {
        topic
        for path in folder.rglob("*.py")
        if "Owed(" in (source := path.read_text(encoding="utf-8"))
        for topic in topics_owed(source, import_module(module_name(path, folder)))
    }


def module_name(path: Path, folder: Path) -> str:
    return ".".join(path.relative_to(folder.parent).with_suffix("").parts)


def topics_handled(folder: Path) -> set[str]:
    """Return what a worker delivers that is connected to everything."""
    secret = write_secret(folder / "secret", "bi-mat-thu")
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{folder / 'lgsp.db'}",
            "vxp_url": "http://127.0.0.1:1",
            "vxp_system_id": "000.00.00.H38",
            "vxp_secret_file": secret,
            "dvcqg_url": "http://127.0.0.1:1",
            "dvcqg_username": "tinh-vi-du",
            "dvcqg_password_file": secret,
            "ngsp_url": "http://127.0.0.1:1",
            "ngsp_key": "tinh-vi-du",
            "ngsp_secret_file": secret,
            "postal_customer": "VI-DU",
            "emc_url": "http://127.0.0.1:1",
            "judicial_generation": 1,
            "judicial_return_address": "v2/lyLichTuPhap/traKetQuaHoSoLLTP",
            "land_url": "http://127.0.0.1:1",
            "ministry_statistics_url": "http://127.0.0.1:1",
            "sms_url": "http://127.0.0.1:1",
            "encryption_key_file": write_secret(folder / "key", new_sealing_key()),
        }
    )

    async def run() -> set[str]:
        async with open_database(settings.database_url) as database:
            links = links_of(settings, SystemClock(), database, worker_id="worker-1")
            assert links.close is not None
            await links.close()
            return set(links.handlers)

    return asyncio.run(run())


def test_every_topic_has_a_handler_and_every_handler_a_topic(tmp_path: Path) -> None:
    named = {topic for module in modules(*SLICES) for topic in topics_named(module)}
    assert len(named) > 1
    assert topics_handled(tmp_path) == named


def test_every_message_owed_has_a_known_topic(tmp_path: Path) -> None:
    assert owed_in(Path(app.__path__[0])) == topics_handled(tmp_path)


def test_a_forgotten_handler_would_be_seen(tmp_path: Path) -> None:
    other = SimpleNamespace(TOPIC="forgotten.two", Owed=tuple)
    module = SimpleNamespace(TOPIC="forgotten.one", Owed=Owed, other=other)
    source = (
        "Owed('1', TOPIC, 'k', {})\n"
        "Owed(message_id='2', topic=other.TOPIC, key='k', body={})\n"
        "Owed('3', 'forgotten.three', 'k', {})\n"
        "other.Owed('4', 'not a message')\n"
    )
    found = list(topics_owed(source, module))
    assert found == ["forgotten.one", "forgotten.two", "forgotten.three"]
    assert topics_named(module) == {"forgotten.one"}
    assert not topics_handled(tmp_path) & set(found)
