"""`lgsp worker`: the process that delivers."""

import asyncio
import os
import signal

from app.cli.acting import open_from
from app.cli.beginning import begin
from app.cli.failing import SettingsError
from app.cli.printing import print_json
from app.exchange.signatures.roots import TrustRootsError
from app.platform.clock import SystemClock
from app.platform.settings import SecretFileError, Settings
from app.worker import build_worker


def worker() -> None:
    """Chạy bộ chuyển. / Run a worker; prints one JSON line when it has begun."""
    settings = begin()
    asyncio.run(_work_with(settings))


async def _work_with(settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with open_from(settings) as database:
        try:
            working = build_worker(settings, clock=SystemClock(), database=database)
        except (SecretFileError, TrustRootsError, ValueError) as error:
            raise SettingsError(str(error)) from error
        print_json({"ready": True, "url": None, "pid": os.getpid()})
        await working.run(stopping)
