"""`lgsp calendar …`: the days that deadlines are counted on."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.calendars.domain import NamedDay
from app.calendars.schemas import read_calendar
from app.calendars.use_cases import Days, import_calendar, show_calendar
from app.cli.acting import act
from app.cli.failing import FileRefusedError, read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.errors import ProblemError

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

app = typer.Typer(help="Lịch làm việc. / The working calendar.", no_args_is_help=True)


@app.callback()
def calendar() -> None:
    """Lịch làm việc. / The working calendar."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Nạp ngày hoán đổi từ tệp JSON. / Take over {days: [{day, is_working, note}]} of a file."""
    settings = read_settings()
    actor = SystemActor("system:administrator", settings.province)
    try:
        parsed = Days(*read_calendar(file.read_bytes()))
        done = act(settings, import_calendar, SystemClock(), actor, parsed)
    except ProblemError as problem:
        raise FileRefusedError(file, problem) from problem
    if as_json:
        print_json(asdict(done))
    else:
        console.print(f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged")


@app.command("show")
def show(
    year: Annotated[int, typer.Argument(min=2000, max=2199)], *, as_json: JsonFlag = False
) -> None:
    """Ngày nghỉ và ngày làm bù của một năm. / Weekdays off and weekends worked in a year."""
    settings = read_settings()
    days = act(settings, show_calendar, year)
    if as_json:
        print_json([asdict(one) for one in days])
    else:
        print_rows(("day", "weekday", "work", "note"), [_row(one) for one in days])


def _row(one: NamedDay) -> dict[str, str]:
    return {
        "day": one.day.isoformat(),
        "weekday": _WEEKDAYS[one.day.weekday()],
        "work": "làm việc" if one.is_working else "nghỉ",
        "note": one.note,
    }
