"""`lgsp destination …`: where calls to `…/RestService/forward` may go."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from app.cli.acting import act
from app.cli.failing import read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.facades.forwarding import store, use_cases
from app.facades.forwarding.domain import Destination, UnsafePathError, check_path
from app.platform.clock import SystemClock

app = typer.Typer(help="Điểm đến dịch vụ. / Destinations of services.", no_args_is_help=True)

_DSTCODE: Final = re.compile(r"[!-~]{1,200}", re.ASCII)


@app.command("add")
def add(
    dstcode: Annotated[str, typer.Argument(help="How callers name it, VN:GOV:…:subsystem.")],
    *,
    url: Annotated[str, typer.Option(help="Where it is; calls go there or below, nowhere else.")],
) -> None:
    """Đăng ký một điểm đến. / Register a destination."""
    if _DSTCODE.fullmatch(dstcode) is None:
        raise typer.BadParameter("1-200 visible ASCII characters", param_hint="DSTCODE")
    if not _is_address(url):
        raise typer.BadParameter("http(s)://host[:port][/path], nothing else", param_hint="--url")
    act(read_settings(), use_cases.register, SystemClock(), dstcode=dstcode, url=url)
    typer.echo(f"{dstcode} registered")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê điểm đến. / List destinations, closed ones too."""
    rows = [_row(one) for one in act(read_settings(), store.every)]
    if as_json:
        print_json(rows)
    else:
        print_rows(("dstcode", "url", "created_at", "closed_at"), rows)


@app.command("close")
def close(dstcode: Annotated[str, typer.Argument()]) -> None:
    """Đóng một điểm đến. / Let nobody reach a destination any more."""
    act(read_settings(), use_cases.close, SystemClock(), dstcode=dstcode)
    typer.echo(f"{dstcode} closed")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
        check_path(parts.path)
    except (ValueError, UnsafePathError):
        return False
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    is_clean = url.isascii() and url.isprintable() and " " not in url
    return is_plain and is_clean and has_port and bool(parts.hostname) and parts.scheme in _SCHEMES


_SCHEMES: Final = ("http", "https")


def _row(destination: Destination) -> dict[str, object]:
    return {
        "dstcode": destination.dstcode,
        "url": destination.url,
        "created_at": destination.created_at.isoformat(),
        "closed_at": destination.closed_at and destination.closed_at.isoformat(),
    }
