"""`lgsp filing-page …`: where the national portal's link may lead citizens to."""

from typing import Annotated

import typer

from app.cli.acting import act
from app.cli.failing import CommandError, read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.codes import AgencyCode
from app.facades.dvcqg import store
from app.facades.dvcqg.domain.linking import FilingPage
from app.facades.dvcqg.use_cases.linking import forget_page, register_page
from app.platform.clock import SystemClock

app = typer.Typer(help="Trang nộp hồ sơ. / Pages where one files.", no_args_is_help=True)


@app.command("add")
def add(
    agency: Annotated[str, typer.Argument(help="For this agency and all below it.")],
    *,
    url: Annotated[str, typer.Option(help="https://host[:port][/path], nothing else.")],
) -> None:
    """Đăng ký trang nộp hồ sơ. / Register a page in place of the one there was."""
    code = _code(agency)
    page = act(read_settings(), register_page, SystemClock(), agency=code, url=url)
    typer.echo(f"{page.agency} files at {page.url}")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê trang nộp hồ sơ. / List the pages."""
    rows = [_row(one) for one in act(read_settings(), store.pages)]
    if as_json:
        print_json(rows)
    else:
        print_rows(("agency", "url", "registered_at"), rows)


@app.command("remove")
def remove(agency: Annotated[str, typer.Argument()]) -> None:
    """Bỏ trang nộp hồ sơ. / Lead nobody to a page any more."""
    act(read_settings(), forget_page, SystemClock(), agency=_code(agency))
    typer.echo(f"{agency} has no page of its own any more")


def _code(text: str) -> AgencyCode:
    try:
        return AgencyCode(text)
    except ValueError:
        raise CommandError(f"{text} is no agency's code") from None


def _row(page: FilingPage) -> dict[str, object]:
    return {
        "agency": page.agency,
        "url": page.url,
        "registered_at": page.registered_at.isoformat(),
    }
