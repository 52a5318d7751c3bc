"""`lgsp notices …`: what owners and followers were told."""

from typing import Annotated, Any

import typer

from app.cli.acting import act
from app.cli.failing import CommandError, read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.cli.systems import sealer_from
from app.codes import AgencyCode
from app.notices.domain.notices import Notice
from app.notices.store import notices as store
from app.notices.use_cases import resealing
from app.platform.sealing import UnopenableError

app = typer.Typer(help="Tin nhắn. / Notices to owners and followers.", no_args_is_help=True)
_COLUMNS = (
    "notice_id", "dossier", "kind", "state", "channel", "recipient", "attempts", "reason", "due_at",
)  # fmt: skip


@app.command("list")
def list_(
    *,
    dossier: Annotated[str | None, typer.Option(help="Only of this dossier.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: JsonFlag = False,
) -> None:
    """Liệt kê tin. / List notices, the newest first; recipients are masked."""
    settings = read_settings()
    member = AgencyCode(settings.province)
    found = act(settings, store.page, member, dossier=dossier, before=None, limit=limit)
    rows = [_row(notice) for _, notice in found]
    if as_json:
        print_json(rows)
    else:
        print_rows(_COLUMNS, rows)


@app.command("reseal")
def reseal() -> None:
    """Mã hoá lại nơi nhận. / Keep addresses and user ids under the present encryption key."""
    settings = read_settings()
    try:
        number = act(settings, resealing.reseal, sealer_from(settings))
    except UnopenableError as error:
        raise CommandError(str(error)) from error
    typer.echo(f"{number} resealed")


def _row(notice: Notice) -> dict[str, Any]:
    plain = {name: getattr(notice, name) for name in _COLUMNS}
    return plain | {"due_at": notice.due_at.isoformat()}
