"""`lgsp catalogue sync procedures`: fetches them all, and tells people what changed."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

from rich.console import Console
from rich.progress import Progress

from app.catalogue.domain import Difference, Named
from app.catalogue.sync.procedures import Told
from app.cli.acting import open_from
from app.cli.failing import SettingsError, read_settings
from app.cli.printing import JsonFlag, console, print_json
from app.connecting import procedure_sync_of
from app.evidence.domain import SystemActor
from app.exchange.transport import build_client
from app.platform.clock import SystemClock
from app.platform.logging import configure_logging
from app.platform.settings import SecretFileError, Settings


def procedures(*, as_json: JsonFlag = False) -> None:
    """Đồng bộ thủ tục từ Cổng quốc gia. / Take the national procedures over; deletes nothing."""
    settings = read_settings()
    configure_logging("WARNING")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("procedures", total=None)
        found = asyncio.run(
            _synchronised(
                settings, lambda done, every: progress.update(task, completed=done, total=every)
            )
        )
    if as_json:
        print_json(asdict(found))
    else:
        for line in _told(found):
            console.print(line, markup=False, highlight=False)


async def _synchronised(settings: Settings, told: Told) -> Difference:
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    async with open_from(settings) as database, http:
        try:
            sync = procedure_sync_of(settings, SystemClock(), database, http)
        except (SecretFileError, ValueError) as error:
            raise SettingsError(str(error)) from error
        if sync is None:
            raise SettingsError(
                "LGSP_DVCQG_URL, LGSP_DVCQG_USERNAME and LGSP_DVCQG_PASSWORD_FILE must be set"
            )
        return await sync.run(SystemActor("system:administrator", settings.province), told)


def _told(found: Difference) -> Iterator[str]:
    for sign, every in (("+", found.new), ("~", found.changed), ("-", found.withdrawn)):
        yield from (_line(sign, named) for named in every)
    yield from (f"? {code}" for code in found.unreadable)
    yield (
        f"{len(found.new)} new, {len(found.changed)} changed, {len(found.withdrawn)} switched off, "
        f"{found.unchanged} unchanged, {len(found.unreadable)} unreadable"
    )


def _line(sign: str, named: Named) -> str:
    changes = [
        one.field if one.before is None and one.after is None
        else f"{one.field}: {one.before!r} → {one.after!r}"
        for one in named.altered
    ]  # fmt: skip
    return f"{sign} {named.code} {named.name}" + (f" ({'; '.join(changes)})" if changes else "")
