"""`lgsp catalogue sync members`: the axis's directory into our catalogue."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import typer

from app.catalogue.domain import Change, DirectoryDifference
from app.catalogue.sync.directory import Directory, read_directory
from app.catalogue.use_cases import find_difference, sync_members
from app.cli.acting import act
from app.cli.failing import CommandError, SettingsError, read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.connecting import axis_of
from app.evidence.domain import SystemActor
from app.exchange.transport import build_client
from app.exchange.vxp.client import AxisUnavailableError
from app.platform.clock import SystemClock
from app.platform.settings import SecretFileError, Settings

_COLUMNS = ("change", "code", "name", "before", "valid_to", "successor")


def members(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what differs and change nothing.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Đồng bộ đơn vị từ trục. / Take over new, renamed and closed codes; deletes nothing."""
    settings, clock = read_settings(), SystemClock()
    directory = asyncio.run(_read(settings, clock))
    if dry_run:
        found = act(settings, find_difference, clock, directory.listed)
    else:
        actor = SystemActor("system:administrator", settings.province)
        listed, digest = directory.listed, directory.digest
        found = act(settings, sync_members, clock, actor, listed, digest=digest)
    told = _Told(found, directory, is_done=not dry_run)
    if as_json:
        print_json(told.facts())
    else:
        told.show()


async def _read(settings: Settings, clock: SystemClock) -> Directory:
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    try:
        axis = axis_of(settings, clock, http)
        if axis is None:
            raise SettingsError(
                "LGSP_VXP_URL, LGSP_VXP_SYSTEM_ID and LGSP_VXP_SECRET_FILE say whom to ask"
            )
        return await read_directory(axis, clock)
    except SecretFileError as error:
        raise SettingsError(str(error)) from None
    except AxisUnavailableError as error:
        raise CommandError(f"nothing was changed: {error.detail_en}") from error
    finally:
        await http.aclose()


@dataclass(frozen=True, slots=True)
class _Told:
    found: DirectoryDifference
    directory: Directory
    is_done: bool

    def facts(self) -> dict[str, object]:
        return {
            "done": self.is_done,
            "changes": [_row(change) for change in self.found.changes],
            "skipped": [{"code": one.code, "reason": one.reason} for one in self.found.skipped],
            "unchanged": self.found.unchanged,
            "absent": self.found.absent,
            "unusable": self.directory.unusable,
        }

    def show(self) -> None:
        print_rows(_COLUMNS, map(_row, self.found.changes))
        for one in self.found.skipped:
            console.print(f"skipped  {one.code}  {one.reason}")
        console.print(
            f"{len(self.found.changes)} {'changed' if self.is_done else 'would change'}, "
            f"{self.found.unchanged} unchanged, {self.found.absent} ours alone, "
            f"{len(self.found.skipped) + self.directory.unusable} not taken over"
        )


def _row(change: Change) -> dict[str, object]:
    after, before = change.after, change.before
    return {
        "change": change.kind.value,
        "code": str(after.code),
        "name": after.name,
        "before": _before(change) if before else None,
        "valid_to": after.valid_to and after.valid_to.isoformat(),
        "successor": after.successor and str(after.successor),
    }


def _before(change: Change) -> str | None:
    if change.before is None or change.after.valid_to != change.before.valid_to:
        return None
    renamed = change.before.name != change.after.name
    return change.before.name if renamed else change.before.qcvn
